/** Waiting for something that nobody announces. */

/** Waits until `condition` holds, looking often, for at most 30 seconds. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  for (let round = 0; round < 3_000; round++) {
    if (condition()) return;
    await new Promise((next) => setTimeout(next, 10));
  }
  throw new Error(`${what} did not happen within 30 s`);
}
