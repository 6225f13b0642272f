/**
 * Runs that are killed at many points: the CLI, the provider process, or both; while topics, and the community that they
 * are in, are made or destroyed, with and without checkpoints. The provider process ends with its engine, so that nothing
 * of the old run is written once the next one makes calls, and that one reaches the same end state. The programs are in
 * `kills/`.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../provider/emulator/index.js";
import { amount, SOAK, tellCount } from "../proof.js";
import { calls, liveIds } from "./chat-rest.js";
import { PARALLEL, SHAPES } from "./kills/shapes.js";
import { isProviderProcess, processesIn } from "./processes.js";
import { Stack } from "./stack.js";
import { until } from "./waiting.js";

const VICTIMS = ["the CLI", "the provider process", "both"] as const;
const POINTS = amount(1, 30);

let emulator: Emulator;
let survived = 0;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(async () => {
  await emulator.close();
  tellCount(survived, "kills survived");
});

/** A number from 0 to `most` that looks random and is the same in every run. */
function point(index: number, most: number): number {
  return (index * 7919 + 104_729) % (most + 1);
}

function providersOf(stack: Stack): number[] {
  return processesIn(stack.folder)
    .filter(isProviderProcess)
    .map(({ pid }) => pid);
}

/** Runs `verb` and kills `victim` once `after` calls were made. Gives the provider processes that were at work. */
async function kill(stack: Stack, verb: "up" | "destroy", victim: string, after: number): Promise<number[]> {
  emulator.clearRequests();
  emulator.changeRules({ latencyMs: 30 });
  const cli = stack.start(verb, "--yes", "--skip-preview", "--parallel", String(PARALLEL));
  let isOver = false;
  const over = new Promise<void>((done) => {
    cli.once("close", () => {
      isOver = true;
      done();
    });
  });
  const isReached = () => calls(emulator).length >= after && providersOf(stack).length > 0;
  await until(() => isOver || isReached(), `call ${after} of ${verb}`);
  expect(isOver, "the run ended before it was killed").toBe(false);
  const providers = providersOf(stack);
  if (victim !== "the CLI") for (const pid of providers) process.kill(pid, "SIGKILL");
  if (victim !== "the provider process") cli.kill("SIGKILL");
  await over;
  emulator.restoreRules();
  // One that was never called knows nothing of ours: Pulumi leaves it behind, idle.
  return after === 0 ? [] : providers;
}

/** Runs `verb` once more, which must succeed. None of `former` lives when it makes its first call. */
async function runAgain(stack: Stack, verb: "up" | "destroy", former: readonly number[]): Promise<void> {
  emulator.clearRequests();
  let isOver = false;
  const run = stack.run(verb, "--yes", "--skip-preview").finally(() => {
    isOver = true;
  });
  await until(() => isOver || calls(emulator).length > 0, `the first call of the next ${verb}`);
  expect(providersOf(stack).filter((pid) => former.includes(pid))).toEqual([]);
  const { exitCode, output } = await run;
  expect(exitCode, output).toBe(0);
}

/** The short run takes each shape once, in turn made and destroyed, with and without checkpoints. */
const CASES = SHAPES.flatMap((shape, row) =>
  (["up", "destroy"] as const).flatMap((verb, column) =>
    ["false", "true"]
      .map((skip, index) => ({ shape, verb, skip, number: 4 * row + 2 * column + index }))
      .filter((_, index) => SOAK || (row % 2 === column && Math.floor(row / 2) === index)),
  ),
);

describe.each(CASES)("$verb of $shape.name with PULUMI_SKIP_CHECKPOINTS=$skip", ({ shape, verb, skip, number }) => {
  test(`killed at ${POINTS} points reaches the same end state in the next run`, {
    timeout: POINTS * 120_000,
  }, async () => {
    for (let index = 0; index < POINTS; index++) {
      await emulator.reset(shape.seed);
      const given = liveIds(emulator);
      await using stack = await Stack.create(emulator, { environment: { PULUMI_SKIP_CHECKPOINTS: skip } });
      await stack.declareAll(shape.declared);
      if (verb === "destroy") await stack.up();

      const victim = VICTIMS[(index + number) % VICTIMS.length] ?? "both";
      const former = await kill(stack, verb, victim, point(index + number, shape.calls[verb]));
      await stack.unlock();
      await runAgain(stack, verb, former);

      const ids = verb === "up" ? [...shape.ids].sort() : [];
      expect(liveIds(emulator)).toEqual([...given, ...ids].sort());
      expect(await stack.ids()).toEqual(ids);
      if (verb === "up") {
        await stack.refresh("--clear-pending-creates");
        await stack.up("--expect-no-changes");
      }
      survived++;
    }
  });
});
