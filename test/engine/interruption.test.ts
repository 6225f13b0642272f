/** A run that is killed: the provider process ends with the engine, and the next run makes everything right. */
import { expect, test } from "vitest";
import type { Emulator } from "../../provider/emulator/index.js";
import { longRunTest } from "../proof.js";
import { calls, GROUP, liveTopics } from "./chat-rest.js";
import { withFreshStack } from "./fresh-stack.js";
import { isProviderProcess, processesIn } from "./processes.js";
import type { Stack } from "./stack.js";
import { until } from "./waiting.js";

const TOPICS = Array.from({ length: 40 }, (_, index) => ({
  name: `topic-${index}`,
  groupId: GROUP,
  topicName: `Topic ${index}`,
}));
const NAMES = TOPICS.map(({ name }) => name).sort();

let emulator: Emulator;
let stack: Stack;

withFreshStack(async (fresh) => {
  ({ emulator, stack } = fresh);
  await stack.declare(...TOPICS);
});

/** Kills the CLI once it has imported a few topics, and waits for its provider process to end by itself. */
async function killedUp(): Promise<void> {
  emulator.changeRules({ latencyMs: 300 });
  const cli = stack.start("up", "--yes", "--skip-preview");
  const ended = new Promise((done) => cli.once("close", done));
  await until(() => calls(emulator).length >= 10, "the tenth import");
  expect(processesIn(stack.folder).filter(isProviderProcess)).not.toEqual([]);
  cli.kill("SIGKILL");
  await ended;
  await until(() => !processesIn(stack.folder).some(isProviderProcess), "the end of the provider process");
  emulator.restoreRules();
}

for (const skip of ["true", "false"]) {
  longRunTest(
    `a killed CLI leaves no writer behind, and the next up completes the topics (PULUMI_SKIP_CHECKPOINTS=${skip})`,
    async () => {
      stack = stack.with({ PULUMI_SKIP_CHECKPOINTS: skip });
      await killedUp();
      const made = Object.keys(liveTopics(emulator)).length;
      expect(made).toBeGreaterThan(0);
      expect(made).toBeLessThan(TOPICS.length);

      await stack.unlock();
      await stack.up();
      expect(Object.keys(liveTopics(emulator)).sort()).toEqual(NAMES);
      expect(Object.keys(await stack.topics()).sort()).toEqual(NAMES);
      await stack.refresh("--clear-pending-creates");
      await stack.up("--expect-no-changes");
    },
  );
}

test("an interrupt lets the running imports end, saves them, and the next up does the rest", async () => {
  emulator.changeRules({ latencyMs: 300 });
  const cli = stack.start("up", "--yes", "--skip-preview");
  const ended = new Promise((done) => cli.once("close", done));
  await until(() => calls(emulator).length >= 10, "the tenth import");
  cli.kill("SIGINT");
  await ended;
  emulator.restoreRules();
  const saved = Object.keys(await stack.topics()).sort();
  expect(saved.length).toBeLessThan(TOPICS.length);
  expect(Object.keys(liveTopics(emulator)).sort()).toEqual(saved);
  await stack.up();
  expect(Object.keys(liveTopics(emulator)).sort()).toEqual(NAMES);
});

test("a second interrupt abandons the running imports, and the next up repairs what they left", async () => {
  emulator.changeRules({ latencyMs: 300 });
  const cli = stack.start("up", "--yes", "--skip-preview");
  const ended = new Promise((done) => cli.once("close", done));
  await until(() => calls(emulator).length >= 10, "the tenth import");
  cli.kill("SIGINT");
  await new Promise((done) => cli.stdout.once("data", done));
  cli.kill("SIGINT");
  await ended;
  await until(() => !processesIn(stack.folder).some(isProviderProcess), "the end of the provider process");
  emulator.restoreRules();
  await stack.unlock();
  await stack.up();
  expect(Object.keys(liveTopics(emulator)).sort()).toEqual(NAMES);
  expect(Object.keys(await stack.topics()).sort()).toEqual(NAMES);
});
