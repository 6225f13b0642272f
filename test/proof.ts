/**
 * How much of the proof a run takes: a representative part in the normal tests, all of it in `npm run test:soak`; and the
 * counts that it ends with.
 */

/** Is this the long run? */
export const SOAK = process.env.SOAK === "1";

/** `part` in the normal run, `all` in the long one. */
export function amount(part: number, all: number): number {
  return SOAK ? all : part;
}

/** Tells a count of the proof, in a line of its own that is easy to find: `proof: 30 kills survived, 0 failures`. */
export function tellCount(count: number, what: string): void {
  console.log(`proof: ${count} ${what}`);
}
