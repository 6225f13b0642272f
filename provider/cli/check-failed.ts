/** Ends a command with exit code 1: it ran to its end, has printed what it found, and something is not as it should be. */
export class CheckFailed extends Error {}
