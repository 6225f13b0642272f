/**
 * What most engine tests begin with: an emulator as it was started, and a stack on which nothing was run. Both are made once
 * for a file and set back before each of its tests, which spares these a `pulumi stack init`.
 */
import { beforeAll, beforeEach } from "vitest";
import { type Emulator, type Seed, startEmulator } from "../../provider/emulator/index.js";
import { Stack, type StackOptions } from "./stack.js";

export interface Fresh {
  readonly emulator: Emulator;
  readonly stack: Stack;
}

export function withFreshStack(
  begin: (fresh: Fresh) => void | Promise<void>,
  { seed, ...options }: StackOptions & { readonly seed?: Seed } = {},
): void {
  let fresh: Fresh;
  beforeAll(async () => {
    const emulator = await startEmulator(seed && { seed });
    const stack = await Stack.create(emulator, options);
    fresh = { emulator, stack };
    await stack.save();
    return async () => {
      await stack[Symbol.asyncDispose]();
      await emulator.close();
    };
  });
  beforeEach(async () => {
    await fresh.emulator.reset();
    fresh.emulator.restoreRules();
    await fresh.stack.restore();
    await begin(fresh);
  });
}
