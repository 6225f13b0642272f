/**
 * What most engine tests begin with: an emulator as it was started, and a stack on which nothing was run. Both are made once
 * for a file and set back before each of its tests.
 */
import { beforeAll, beforeEach } from "vitest";
import { type Emulator, type Seed, startEmulator } from "../../provider/emulator/index.js";
import { type Declared, Stack, type StackOptions } from "./stack.js";

export interface Fresh {
  readonly emulator: Emulator;
  readonly stack: Stack;
  /**
   * Brings up what is declared, and empties the emulator's log. Tests that begin alike share the run: what the first of
   * them has brought up, the others take from a copy.
   */
  readonly begin: (declared: Declared) => Promise<void>;
}

export function withFreshStack(
  start: (fresh: Fresh) => void | Promise<void>,
  { seed, ...options }: StackOptions & { readonly seed?: Seed } = {},
): void {
  let fresh: Fresh;
  beforeAll(async () => {
    const emulator = await startEmulator(seed && { seed });
    const stack = await Stack.create(emulator, options);
    await stack.save();
    fresh = { emulator, stack, begin: beginner(emulator, stack) };
    return async () => {
      await stack[Symbol.asyncDispose]();
      await emulator.close();
    };
  });
  beforeEach(async () => {
    await fresh.emulator.reset();
    fresh.emulator.restoreRules();
    await fresh.stack.restore();
    await start(fresh);
  });
}

function beginner(emulator: Emulator, stack: Stack): Fresh["begin"] {
  /** What an app holds after it, by what it held before and what is declared. */
  const begun = new Map<string, { readonly name: string; readonly seed: Seed }>();
  return async (declared) => {
    const key = JSON.stringify([emulator.state(), declared]);
    const known = begun.get(key);
    if (known !== undefined) {
      await emulator.reset(known.seed);
      await stack.restore(known.name);
    } else {
      await stack.declareAll(declared);
      await stack.up();
      const name = `begun-${begun.size}`;
      await stack.save(name);
      begun.set(key, { name, seed: emulator.state() });
    }
    emulator.clearRequests();
  };
}
