/**
 * Hundreds of single topics and a thousand in sets, in five communities, against an emulator that enforces the API's call
 * frequency.
 */
import { stat } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_SEED, type Emulator, startEmulator } from "../../provider/emulator/index.js";
import { amount } from "../proof.js";
import { Stack } from "./stack.js";

const GROUPS = ["a", "b", "c", "d", "e"].map((letter) => `@TGS#_${letter}`);
const SINGLES = GROUPS.flatMap((groupId, group) =>
  Array.from({ length: amount(50, 200) }, (_, index) => ({
    name: `topic-${group}-${index}`,
    groupId,
    topicName: `Topic ${index}`,
  })),
);
/** Codes by which the service says that it is called too often. */
const THROTTLED = [60007, 60011, 60018, 60019, 10006];

const SETS = GROUPS.map((groupId, group) => ({
  name: `set-${group}`,
  groupId,
  topics: Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`topic-${index}`, { topicName: `Topic ${index}` }]),
  ),
}));

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  const communities = GROUPS.map((groupId) => ({ groupId, name: groupId, supportTopic: true, topics: [] }));
  const app = DEFAULT_SEED.apps[0] as (typeof DEFAULT_SEED.apps)[number];
  emulator = await startEmulator({ seed: { apps: [{ ...app, communities }] } });
});
afterAll(() => emulator?.close());

function throttledCalls(): unknown[] {
  return emulator.requests().filter(({ code }) => code !== null && THROTTLED.includes(code));
}

function calledCommands(): string[] {
  return emulator.requests().map(({ command }) => command);
}

async function stateBytesPerTopic(count: number): Promise<number> {
  const { size } = await stat(stack.stateFile);
  return size / count;
}

describe(`${SINGLES.length} single topics`, () => {
  beforeAll(async () => {
    stack = await Stack.create(emulator, { environment: { PULUMI_SKIP_CHECKPOINTS: "true" } });
    await stack.declare(...SINGLES);
    await stack.up();
    return () => stack[Symbol.asyncDispose]();
  });

  test("are imported by one call each, none of them throttled", () => {
    expect(throttledCalls()).toEqual([]);
    expect(calledCommands()).toEqual(SINGLES.map(() => "import_topic"));
  });

  test("take at most 1.6 KB of state each", async () => {
    console.log(`state: ${Math.round(await stateBytesPerTopic(SINGLES.length))} bytes a single topic`);
    expect(await stateBytesPerTopic(SINGLES.length)).toBeLessThanOrEqual(1_600);
  });

  test("are refreshed by at most five calls, and found without drift", async () => {
    emulator.clearRequests();
    await stack.refresh("--expect-no-changes");
    expect(new Set(calledCommands())).toEqual(new Set(["get_topic"]));
    expect(calledCommands().length).toBeLessThanOrEqual(5);
  });

  test("need no call at all when nothing changes", async () => {
    emulator.clearRequests();
    await stack.up("--expect-no-changes");
    expect(calledCommands()).toEqual([]);
  });

  test("are destroyed by calls that share what arrives together, none of them throttled", async () => {
    emulator.clearRequests();
    await stack.destroy();
    expect(throttledCalls()).toEqual([]);
    expect(emulator.state().apps[0]?.communities?.flatMap(({ topics }) => topics)).toEqual([]);
    console.log(`destroy: ${calledCommands().length} calls for single topics`);
    expect(calledCommands().length).toBeLessThan(2 * SINGLES.length);
  });
});

describe("a thousand topics in five sets", () => {
  beforeAll(async () => {
    emulator.clearRequests();
    stack = await Stack.create(emulator);
    await stack.declareAll({ sets: SETS });
    await stack.up();
    return () => stack[Symbol.asyncDispose]();
  });

  test("are imported by one call each and a look at each community, none of them throttled", () => {
    expect(throttledCalls()).toEqual([]);
    expect(calledCommands().filter((command) => command === "import_topic")).toHaveLength(1_000);
    expect(calledCommands().filter((command) => command !== "import_topic")).toEqual(GROUPS.map(() => "get_topic"));
  });

  test("take at most 0.5 KB of state each beside their own text, which is stored twice", async () => {
    const text = SETS.flatMap(({ topics }) => Object.values(topics)).reduce(
      (sum, topic) => sum + topic.topicName.length,
      0,
    );
    const bytes = (await stateBytesPerTopic(1_000)) - (2 * text) / 1_000;
    console.log(`state: ${Math.round(bytes)} bytes a topic of a set, beside its text`);
    expect(bytes).toBeLessThanOrEqual(500);
  });

  test("are refreshed by five calls, and need none when nothing changes", async () => {
    emulator.clearRequests();
    await stack.refresh("--expect-no-changes");
    expect(calledCommands()).toEqual(GROUPS.map(() => "get_topic"));
    emulator.clearRequests();
    await stack.up("--expect-no-changes");
    expect(calledCommands()).toEqual([]);
  });

  test("are destroyed by twenty calls and a look at each community", async () => {
    emulator.clearRequests();
    await stack.destroy();
    expect(throttledCalls()).toEqual([]);
    expect(calledCommands().sort()).toEqual([
      ...Array.from({ length: 20 }, () => "destroy_topic"),
      ...GROUPS.map(() => "get_topic"),
    ]);
  });
});
