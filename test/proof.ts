/**
 * How much of the proof a run takes: a representative part in the normal tests, all of it in `npm run test:soak`; and the
 * counts that it ends with.
 */

import { test } from "vitest";

/** Is this the long run? */
export const SOAK = process.env.SOAK === "1";

/** `part` in the normal run, `all` in the long one. */
export function amount(part: number, all: number): number {
  return SOAK ? all : part;
}

/**
 * A test of the long run alone, through the whole engine: in the normal run the same behaviour is held by the tests of the
 * lifecycle, or of another resource with the same code.
 */
export const longRunTest: typeof test = SOAK ? test : (Object.assign(() => {}, test) as unknown as typeof test);

/** Tells a count of the proof, in a line of its own that is easy to find: `proof: 30 kills survived, 0 failures`. */
export function tellCount(count: number, what: string): void {
  console.log(`proof: ${count} ${what}`);
}
