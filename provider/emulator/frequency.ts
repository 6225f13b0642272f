/**
 * Counts calls in a sliding window of one second, separately for each app and command. A refused call does not count:
 * otherwise a client that always tries again at once would never get through.
 */

import { COMMANDS, type Command } from "../chat/commands.js";
import type { Rules } from "./rules.js";

const WINDOW_MS = 1000;

/** The documented frequency of a command that the table does not list. */
const USUAL_CALLS_PER_SECOND = 200;

export class Frequency {
  /** By app and command: when the calls of the last second came, oldest first. */
  private readonly calls = new Map<string, number[]>();

  /** `now` is a clock in milliseconds that never goes back. */
  constructor(private readonly now: () => number) {}

  /** Takes a call's place in the window; false if the window is full. */
  admit(sdkAppId: number, command: string, callsPerSecond: number): boolean {
    const now = this.now();
    const key = `${sdkAppId}/${command}`;
    const recent = (this.calls.get(key) ?? []).filter((time) => time > now - WINDOW_MS);
    this.calls.set(key, recent);
    if (recent.length >= callsPerSecond) return false;
    recent.push(now);
    return true;
  }

  /** Forgets all calls. */
  clear(): void {
    this.calls.clear();
  }
}

/** The calls per second that the rules allow for a command. */
export function callsPerSecondOf(command: string, rules: Rules): number {
  if (typeof rules.callsPerSecond === "number") return rules.callsPerSecond;
  const known = Object.hasOwn(COMMANDS, command) ? (command as Command) : undefined;
  if (known === undefined) return USUAL_CALLS_PER_SECOND;
  return rules.callsPerSecond[known] ?? COMMANDS[known].callsPerSecond;
}
