/**
 * One emulator for all tests of a file, brought back to its start before each.
 */

import { afterAll, beforeAll, beforeEach } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../provider/emulator/index.js";

/** Returns a function that gives the emulator to a test. */
export function sharedEmulator(options: EmulatorOptions = {}): () => Emulator {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator(options);
  });
  beforeEach(async () => {
    emulator.restoreRules();
    await emulator.reset();
  });
  afterAll(() => emulator.close());
  return () => emulator;
}
