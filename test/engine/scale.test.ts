/** A thousand single topics in five communities, against an emulator that enforces the API's call frequency. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_SEED, type Emulator, startEmulator } from "../../provider/emulator/index.js";
import { Stack } from "./stack.js";

const GROUPS = ["a", "b", "c", "d", "e"].map((letter) => `@TGS#_${letter}`);
const TOPICS = GROUPS.flatMap((groupId, group) =>
  Array.from({ length: 200 }, (_, index) => ({
    name: `topic-${group}-${index}`,
    groupId,
    topicName: `Topic ${index}`,
  })),
);
/** Codes by which the service says that it is called too often. */
const THROTTLED = [60007, 60011, 60018, 60019, 10006];

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  const communities = GROUPS.map((groupId) => ({ groupId, name: groupId, supportTopic: true, topics: [] }));
  const app = DEFAULT_SEED.apps[0] as (typeof DEFAULT_SEED.apps)[number];
  emulator = await startEmulator({ seed: { apps: [{ ...app, communities }] } });
  stack = await Stack.create(emulator, { environment: { PULUMI_SKIP_CHECKPOINTS: "true" } });
  await stack.declare(...TOPICS);
  await stack.up();
});
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
  await emulator?.close();
});

describe("a thousand topics", () => {
  test("are imported by one call each, none of them throttled", () => {
    const requests = emulator.requests();
    expect(requests.filter(({ code }) => code !== null && THROTTLED.includes(code))).toEqual([]);
    expect(requests.map(({ command }) => command)).toEqual(TOPICS.map(() => "import_topic"));
  });

  test("take at most 1.6 KB of state each", async () => {
    const { size } = await stat(join(stack.folder, "state/.pulumi/stacks/test/dev.json"));
    console.log(`state: ${Math.round(size / TOPICS.length)} bytes a topic`);
    expect(size / TOPICS.length).toBeLessThanOrEqual(1_600);
  });

  test("are refreshed by at most five calls, and found without drift", async () => {
    emulator.clearRequests();
    await stack.refresh("--expect-no-changes");
    const commands = emulator.requests().map(({ command }) => command);
    expect(new Set(commands)).toEqual(new Set(["get_topic"]));
    expect(commands.length).toBeLessThanOrEqual(5);
  });

  test("need no call at all when nothing changes", async () => {
    emulator.clearRequests();
    await stack.up("--expect-no-changes");
    expect(emulator.requests()).toEqual([]);
  });

  test("are destroyed by calls that share what arrives together, none of them throttled", async () => {
    emulator.clearRequests();
    await stack.destroy();
    const requests = emulator.requests();
    expect(requests.filter(({ code }) => code !== null && THROTTLED.includes(code))).toEqual([]);
    expect(emulator.state().apps[0]?.communities?.flatMap(({ topics }) => topics)).toEqual([]);
    console.log(`destroy: ${requests.length} calls`);
    expect(requests.length).toBeLessThan(2 * TOPICS.length);
  });
});
