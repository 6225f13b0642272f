/**
 * Runs that are killed at many points: the CLI, the provider process, or both; while topics are imported or destroyed, as
 * a set or one by one, with and without checkpoints. The provider process ends with its engine, nothing is written after
 * it, and the next run reaches the same end state.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../provider/emulator/index.js";
import { amount, tellCount } from "../proof.js";
import { calls, GROUP, idOf, liveTopics } from "./chat-rest.js";
import { isProviderProcess, processesIn } from "./processes.js";
import { type DeclaredResource, Stack } from "./stack.js";
import { until } from "./waiting.js";

const VICTIMS = ["the CLI", "the provider process", "both"] as const;
const POINTS = amount(1, 30);

function topicsOf(count: number): Record<string, { topicName: string }> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`topic-${index}`, { topicName: `Topic ${index}` }]),
  );
}

interface Shape {
  readonly name: string;
  readonly count: number;
  readonly declared: { topics?: DeclaredResource[]; sets?: DeclaredResource[] };
}

const SHAPES: Shape[] = [
  {
    name: "200 topics of a set",
    count: 200,
    declared: { sets: [{ name: "set", groupId: GROUP, topics: topicsOf(200) }] },
  },
  {
    name: "50 single topics",
    count: 50,
    declared: { topics: Object.entries(topicsOf(50)).map(([name, topic]) => ({ name, groupId: GROUP, ...topic })) },
  },
];

let emulator: Emulator;
let survived = 0;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(async () => {
  await emulator.close();
  tellCount(survived, "kills survived");
});

/** A number from 1 to `most` that looks random and is the same in every run. */
function point(index: number, most: number): number {
  return 1 + ((index * 7919 + 104_729) % most);
}

/** Runs `verb` and kills `victim` when the emulator has answered `after` calls. */
async function kill(stack: Stack, verb: "up" | "destroy", victim: string, after: number): Promise<void> {
  emulator.clearRequests();
  emulator.changeRules({ latencyMs: 30 });
  const cli = stack.start(verb, "--yes", "--skip-preview");
  let isOver = false;
  const over = new Promise<void>((done) => {
    cli.once("close", () => {
      isOver = true;
      done();
    });
  });
  await until(() => calls(emulator).length >= after || isOver, `call ${after} of ${verb}`);
  if (victim !== "the CLI") {
    for (const { pid } of processesIn(stack.folder).filter(isProviderProcess)) process.kill(pid, "SIGKILL");
  }
  if (victim !== "the provider process") cli.kill("SIGKILL");
  await over;
  await until(() => !processesIn(stack.folder).some(isProviderProcess), "the end of the provider process");
  emulator.restoreRules();
}

async function idsInState(stack: Stack): Promise<string[]> {
  return Object.values(await stack.topics())
    .flatMap(({ id, outputs = {} }) => (outputs.topicIds ? Object.values(outputs.topicIds as object) : [id]))
    .sort();
}

const CASES = SHAPES.flatMap((shape) =>
  ["false", "true"].flatMap((skip) => (["up", "destroy"] as const).map((verb) => ({ shape, skip, verb }))),
);

describe.each(CASES)("$verb of $shape.name with PULUMI_SKIP_CHECKPOINTS=$skip", ({ shape, skip, verb }) => {
  test(`killed at ${POINTS} points reaches the same end state in the next run`, {
    timeout: POINTS * 120_000,
  }, async () => {
    for (let index = 0; index < POINTS; index++) {
      await emulator.reset();
      await using stack = await Stack.create(emulator, { environment: { PULUMI_SKIP_CHECKPOINTS: skip } });
      await stack.declareAll(shape.declared);
      if (verb === "destroy") await stack.up();
      const callsOfRun = verb === "up" ? shape.count : shape.count === 200 ? 5 : shape.count;
      // The victim differs between the cases too, so that each is met in the short run.
      const victim =
        VICTIMS[(index + CASES.findIndex((other) => other.shape === shape && other.skip === skip)) % 3] ?? "both";
      await kill(stack, verb, victim, point(index, callsOfRun));

      const written = calls(emulator).length;
      await stack.unlock();
      expect(calls(emulator).length).toBe(written);

      if (verb === "up") {
        await stack.up();
        const keys = Object.keys(topicsOf(shape.count));
        expect(Object.keys(liveTopics(emulator)).sort()).toEqual(keys.sort());
        expect(await idsInState(stack)).toEqual(keys.map(idOf).sort());
        await stack.refresh("--clear-pending-creates");
        await stack.up("--expect-no-changes");
      } else {
        await stack.destroy();
        expect(liveTopics(emulator)).toEqual({});
        expect(await idsInState(stack)).toEqual([]);
      }
      survived++;
    }
  });
});
