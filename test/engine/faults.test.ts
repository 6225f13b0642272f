/**
 * The fault matrix: each resource, each command it uses, each way in which that can go wrong, through the real CLI. After
 * the fault is lifted, one more run makes everything right: live topics equal the declared ones, no topic exists twice,
 * the state names every live topic, and the failed run's error had said what to do.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Command } from "../../provider/chat/commands.js";
import { type Emulator, type Fault, startEmulator } from "../../provider/emulator/index.js";
import { SOAK, tellCount } from "../proof.js";
import { GROUP, idOf, liveTopics } from "./chat-rest.js";
import { Stack } from "./stack.js";

/** Every kind of fault. A finite `times` is ridden out by the run itself, the others last until they are lifted. */
const FAULTS: Record<string, Omit<Fault, "command">> = {
  "a throttled answer, ridden out": { kind: "throttle", times: 2 },
  "throttling that lasts": { kind: "throttle", times: 9_999 },
  "an accident of the service, ridden out": { kind: "error", code: 10002, times: 2 },
  "an accident of the service that lasts": { kind: "error", code: 10002, times: 9_999 },
  "an expired signature, renewed": { kind: "error", code: 70001, times: 1 },
  "a signature that is never accepted": { kind: "error", code: 70001, times: 9_999 },
  "a refusal for good": { kind: "error", code: 10007, times: 9_999 },
  "a refused parameter": { kind: "error", code: 10004, times: 9_999 },
  "missing rights": { kind: "error", code: 60010, times: 9_999 },
  "status 502": { kind: "http", status: 502, times: 9_999 },
  "a connection dropped before": { kind: "drop-before", times: 9_999 },
  "an answer lost after, once": { kind: "drop-after", times: 1 },
  "answers lost after, always": { kind: "drop-after", times: 9_999 },
  "an answer that comes too late": { kind: "delay", delayMs: 3_000, times: 9_999 },
  "a truncated answer": { kind: "garbage", truncated: true, times: 9_999 },
  "an answer that is not JSON": { kind: "garbage", times: 9_999 },
  "an answer of the wrong shape": { kind: "garbage", body: '{"ActionStatus":"OK"}', times: 9_999 },
};

interface Declared {
  readonly topics: Record<string, Record<string, unknown>>;
}

const BEFORE: Declared = { topics: { one: { topicName: "One", muteAllMember: true }, two: { topicName: "Two" } } };
const AFTER: Declared = {
  topics: { one: { topicName: "One, changed", muteAllMember: true }, three: { topicName: "Three" } },
};

/** How a declaration becomes resources. */
const RESOURCES = {
  ChatTopic: ({ topics }: Declared) => ({
    topics: Object.entries(topics).map(([name, topic]) => ({ name, groupId: GROUP, ...topic })),
  }),
  ChatTopicSet: ({ topics }: Declared) => ({ sets: [{ name: "topics", groupId: GROUP, topics }] }),
} as const;

/** The operations, and the commands that they use. */
const OPERATIONS: Record<string, readonly Command[]> = {
  create: ["import_topic", "modify_topic", "get_topic"],
  update: ["import_topic", "modify_topic", "get_topic", "destroy_topic"],
  refresh: ["get_topic"],
  destroy: ["get_topic", "destroy_topic"],
};

const CELLS = Object.keys(RESOURCES).flatMap((resource) =>
  Object.entries(OPERATIONS).flatMap(([operation, commands]) =>
    commands.flatMap((command) => Object.keys(FAULTS).map((fault) => ({ resource, operation, command, fault }))),
  ),
);
/** A step that shares no factor with the sizes of the table, so that every row and column is met. */
const EVERY = 29;
const CHOSEN = SOAK ? CELLS : CELLS.filter((_, index) => index % EVERY === 0);

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(async () => {
  await emulator.close();
  tellCount(CHOSEN.length, `cells of ${CELLS.length} of the fault matrix`);
});
beforeEach(async () => {
  await emulator.reset();
  // One second a call: faults that last end a run soon.
  stack = await Stack.create(emulator, { environment: { TENCENT_CHAT_TIMEOUT_SECONDS: "1" } });
});
afterEach(() => stack[Symbol.asyncDispose]());

/** The topic ids in the state, of whatever resource. */
async function idsInState(): Promise<string[]> {
  const resources = Object.values(await stack.topics());
  return resources
    .flatMap(({ id, outputs = {} }) => (outputs.topicIds ? Object.values(outputs.topicIds as object) : [id]))
    .sort();
}

async function expectExactly({ topics }: Declared): Promise<void> {
  const live = liveTopics(emulator);
  expect(Object.keys(live).sort()).toEqual(Object.keys(topics).sort());
  for (const [key, topic] of Object.entries(topics)) expect(live[key]).toMatchObject(topic);
  expect(await idsInState()).toEqual(Object.keys(topics).map(idOf).sort());
}

describe.each(CHOSEN)("$resource, $operation, $command with $fault", ({ resource, operation, command, fault }) => {
  const declaredAs = RESOURCES[resource as keyof typeof RESOURCES];

  test("is made good by the next run", async () => {
    if (operation !== "create") {
      await stack.declareAll(declaredAs(BEFORE));
      await stack.up();
    }
    const wanted = operation === "update" ? AFTER : BEFORE;
    await stack.declareAll(declaredAs(wanted));

    emulator.addFault({ ...FAULTS[fault], command } as Fault);
    const verb = operation === "create" || operation === "update" ? "up" : operation;
    const { exitCode, output } = await stack.run(verb, "--yes", "--skip-preview");
    if (exitCode !== 0) {
      expect(output).toContain("What to do");
      expect(output).not.toMatch(/\n\s+at /);
    }
    emulator.clearFaults();

    if (operation === "destroy") {
      await stack.destroy();
      expect(liveTopics(emulator)).toEqual({});
      expect(await stack.topics()).toEqual({});
    } else {
      await stack.up();
      await expectExactly(wanted);
      await stack.up("--expect-no-changes");
    }
  });
});
