/** The call frequency, against an emulator that enforces it: one process stays below it, and two share it. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DEFAULT_SEED, type Emulator, type Seed, startEmulator } from "../../provider/emulator/index.js";
import { amount, longRunTest, tellCount } from "../proof.js";
import { Stack } from "./stack.js";

const COMMUNITIES = amount(5, 25);
const GROUPS = Array.from({ length: COMMUNITIES }, (_, index) => `@TGS#_community-${index}`);
/** Codes by which the service says that it is called too often. */
const THROTTLED = [60007, 60011, 60018, 60019, 10006];

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(async () => {
  const communities = GROUPS.map((groupId) => ({ groupId, name: "Community", supportTopic: true, topics: [] }));
  await emulator.reset({ apps: [{ ...DEFAULT_SEED.apps[0], communities }] } as Seed);
});

function sets(groups: readonly string[]) {
  return groups.map((groupId, group) => ({
    name: `set-${group}`,
    groupId,
    topics: Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`topic-${index}`, { topicName: `Topic ${index}` }]),
    ),
  }));
}

function throttled(): number {
  return emulator.requests().filter(({ code }) => code !== null && THROTTLED.includes(code)).length;
}

function liveCount(): number {
  return (emulator.state().apps[0]?.communities ?? []).reduce((sum, { topics = [] }) => sum + topics.length, 0);
}

test(`one process makes ${COMMUNITIES * 200} imports, none of them throttled`, async () => {
  await using stack = await Stack.create(emulator);
  await stack.declareAll({ sets: sets(GROUPS) });
  await stack.up();
  expect(liveCount()).toBe(COMMUNITIES * 200);
  expect(throttled()).toBe(0);
  tellCount(COMMUNITIES * 200, "imports of one process, none throttled");
});

test("two processes that share an app's limit both finish without a failure", async () => {
  // Low enough that they meet on any machine: each of them alone would go beyond it.
  emulator.changeRules({ callsPerSecond: 120 });
  await using one = await Stack.create(emulator, { environment: { TENCENT_CHAT_TIMEOUT_SECONDS: "60" } });
  await using other = await Stack.create(emulator, { environment: { TENCENT_CHAT_TIMEOUT_SECONDS: "60" } });
  await one.declareAll({ sets: sets(GROUPS.slice(0, 1)) });
  await other.declareAll({ sets: sets(GROUPS.slice(1, 2)) });
  await Promise.all([one.up(), other.up()]);
  expect(liveCount()).toBe(400);
  expect(throttled()).toBeGreaterThan(0);
  emulator.restoreRules();
});

longRunTest("a burst of throttled answers is ridden out", async () => {
  emulator.addFault({ kind: "throttle", command: "import_topic", times: 50 });
  await using stack = await Stack.create(emulator, { environment: { TENCENT_CHAT_TIMEOUT_SECONDS: "60" } });
  await stack.declareAll({ sets: sets(GROUPS.slice(0, 1)) });
  await stack.up();
  expect(liveCount()).toBe(200);
});
