/** What can go wrong during a command of the engine, and what the client makes of it. */
import type { Fault } from "../../../provider/emulator/index.js";
import type { Kill } from "./provider-process.js";

export interface Accidents {
  readonly faults?: readonly Fault[];
  readonly kill?: Kill;
  /** Does the engine save the state after each step? Without, a kill loses all of the run. */
  readonly hasCheckpoints?: boolean;
}

/** Nothing is done, and the caller knows. */
export const REFUSALS: readonly Fault[] = [10004, 10007, 10016, 10037, 60010, 80001].map((code) => ({
  kind: "error",
  code,
}));
/** Nothing is done; the client tries again, as often as these come here. */
export const DELAYS: readonly Fault[] = [
  { kind: "throttle" },
  { kind: "drop-before" },
  { kind: "http", status: 502 },
  { kind: "error", code: 10002 },
];
/** It is done, and the caller does not know; the client tries again. */
export const LOST_ANSWERS: readonly Fault[] = [{ kind: "drop-after" }, { kind: "http", status: 502, done: true }];
/** The client tries these again a few times, and then gives up. */
export const GARBAGE: readonly Fault[] = [{ kind: "garbage" }, { kind: "error", code: 10008 }];
export const LOST_IN_GARBAGE: readonly Fault[] = [
  { kind: "garbage", done: true },
  { kind: "garbage", truncated: true },
];

/** Does the client overcome all of them? */
export function areOvercome(faults: readonly Fault[]): boolean {
  return faults.every((fault) => isOneOf(fault, [...DELAYS, ...LOST_ANSWERS]));
}

/** May the caller think that something may have been done? */
export function leaveDoubt(faults: readonly Fault[]): boolean {
  return faults.some((fault) => fault.kind !== "throttle" && !isOneOf(fault, REFUSALS));
}

/** May something have been done that the caller does not know of? */
export function loseAnswers(faults: readonly Fault[]): boolean {
  return faults.some((fault) => isOneOf(fault, [...LOST_ANSWERS, ...LOST_IN_GARBAGE]));
}

function isOneOf(fault: Fault, kinds: readonly Fault[]): boolean {
  return kinds.some(({ kind, code, done, truncated }) => {
    const isSame = fault.kind === kind && fault.code === code;
    return isSame && fault.done === done && fault.truncated === truncated;
  });
}
