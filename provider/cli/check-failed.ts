/** Ends a command with exit code 1: it did its work, and found what it looks for. It has said so already. */
export class CheckFailed extends Error {}
