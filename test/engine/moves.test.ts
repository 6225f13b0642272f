/**
 * The recipes of the README for moving topics between resources and stacks, and for renaming, step by step: on the way no
 * topic is destroyed, and those with messages keep them.
 */
import { describe, expect, test } from "vitest";
import type { Emulator } from "../../provider/emulator/index.js";
import { longRunTest } from "../proof.js";
import { calls, GROUP, idOf, liveTopics } from "./chat-rest.js";
import { type Fresh, withFreshStack } from "./fresh-stack.js";
import type { Declared, DeclaredResource, Stack } from "./stack.js";

let emulator: Emulator;
let stack: Stack;
let begin: Fresh["begin"];

withFreshStack((fresh) => {
  ({ emulator, stack, begin } = fresh);
});

const FIELDS = {
  general: { topicName: "General", introduction: "Everything that fits nowhere else" },
  rules: { topicName: "Rules", muteAllMember: true },
};
type Key = keyof typeof FIELDS;

const single = (key: Key, more: object = {}): DeclaredResource => ({
  name: key,
  groupId: GROUP,
  ...FIELDS[key],
  ...more,
});
const set = (name: string, keys: readonly Key[], more: object = {}): DeclaredResource => ({
  name,
  groupId: GROUP,
  topics: Object.fromEntries(keys.map((key) => [key, FIELDS[key]])),
  ...more,
});
const matching = { adopt: "matching" };
const retain = { onRemove: "retain" };

/** Brings topics up; then messages are sent in each, and the log is empty. */
async function given(declared: Declared): Promise<void> {
  await begin(declared);
  for (const key of Object.keys(liveTopics(emulator))) emulator.addMessages(idOf(key), 5);
  emulator.clearRequests();
}

async function become(declared: Declared, where = stack): Promise<string> {
  await where.declareAll(declared);
  return where.up();
}

/** Both topics are there with their messages, nothing was destroyed, and there is nothing left to do. */
async function expectNothingLost(where = stack): Promise<void> {
  expect(calls(emulator).filter((command) => command.startsWith("destroy"))).toEqual([]);
  const moved = { general: { ...FIELDS.general, nextMsgSeq: 6 }, rules: { ...FIELDS.rules, nextMsgSeq: 6 } };
  expect(liveTopics(emulator)).toMatchObject(moved);
  await where.expectSettled();
}

describe("topics move", () => {
  test("from single resources to a set in one up", async () => {
    await given({ topics: [single("general"), single("rules")] });
    const output = await become({ sets: [set("topics", ["general", "rules"], matching)] });
    expect(output).toContain(
      'Topic "general" in @TGS#_players was not destroyed: ChatTopicSet "topics" declares it now',
    );
    expect(Object.keys(await stack.topics())).toEqual(["topics"]);
    await expectNothingLost();
  });

  longRunTest("from one single resource to another in one up", async () => {
    await given({ topics: [single("general"), single("rules")] });
    await become({ topics: [single("general", { name: "new", topicKey: "general", ...matching }), single("rules")] });
    expect(Object.keys(await stack.topics()).sort()).toEqual(["new", "rules"]);
    await expectNothingLost();
  });

  test("from a set that goes to single resources in one up", async () => {
    await given({ sets: [set("topics", ["general", "rules"])] });
    await become({ topics: [single("general", matching), single("rules", matching)] });
    expect(Object.keys(await stack.topics()).sort()).toEqual(["general", "rules"]);
    await expectNothingLost();
  });

  test("from a set that stays to a single resource; without the recipe the preview refuses and names it", async () => {
    await given({ sets: [set("topics", ["general", "rules"])] });
    await stack.declareAll({ topics: [single("general", matching)], sets: [set("topics", ["rules"])] });
    expect(await stack.fail("preview")).toMatch(
      /cannot move from ChatTopicSet "topics" to ChatTopic "general".*onRemove: "retain"/,
    );
    await become({ topics: [single("general", matching)], sets: [set("topics", ["rules"], retain)] });
    expect(Object.keys(await stack.topics()).sort()).toEqual(["general", "topics"]);
    await expectNothingLost();
  });

  longRunTest("from a set that stays to another set; without the recipe the preview refuses and names it", async () => {
    await given({ sets: [set("one", ["general", "rules"])] });
    await stack.declareAll({ sets: [set("one", ["general"]), set("other", ["rules"], matching)] });
    expect(await stack.fail("preview")).toMatch(
      /cannot move from ChatTopicSet "one" to ChatTopicSet "other".*onRemove: "retain"/,
    );
    await become({ sets: [set("one", ["general"], retain), set("other", ["rules"], matching)] });
    await expectNothingLost();
    emulator.clearRequests();
    await become({ sets: [set("one", ["general"]), set("other", ["rules"])] });
    expect(calls(emulator)).toEqual([]);
  });

  test("from a set to another set that stays, all of them, in one up", async () => {
    await given({ sets: [set("one", ["general"]), set("other", ["rules"])] });
    await become({ sets: [set("other", ["general", "rules"], matching)] });
    expect(Object.keys(await stack.topics())).toEqual(["other"]);
    await expectNothingLost();
  });
});

test("resources that are renamed with an alias keep their topics and keys, without a call", async () => {
  await given({ topics: [single("general")], sets: [set("topics", ["rules"])] });
  await stack.declareAll({
    topics: [single("general", { name: "talk", formerName: "general" })],
    sets: [set("texts", ["rules"], { formerName: "topics" })],
  });
  expect(await stack.up("--expect-no-changes")).toContain("3 unchanged");
  expect(calls(emulator)).toEqual([]);
  expect((await stack.topics()).talk?.id).toBe(idOf("general"));
  expect(Object.keys(await stack.topics()).sort()).toEqual(["talk", "texts"]);
  await expectNothingLost();
});

describe("topics move to another stack of the same app", () => {
  const inStack = (name: string) => stack.with({ PULUMI_STACK: name });
  const all: Declared = { topics: [single("general")], sets: [set("topics", ["rules"])] };

  test("by `pulumi state move`", async () => {
    await given(all);
    await stack.succeed("stack", "init", "next");
    const urns = Object.values(await inStack("dev").topics()).map(({ urn }) => urn);
    await stack.succeed("state", "move", "--yes", "--source", "dev", "--dest", "next", ...urns);
    const next = inStack("next");
    await next.up();
    expect(calls(emulator)).toEqual([]);
    await expectNothingLost(next);
    expect(await inStack("dev").topics()).toEqual({});
    expect(Object.keys(await next.topics()).sort()).toEqual(["general", "topics"]);
    await stack.declareAll({});
    await inStack("dev").up("--expect-no-changes");
    expect(Object.keys(liveTopics(emulator)).sort()).toEqual(["general", "rules"]);
  });

  longRunTest('by adopting them in the new stack and `onRemove: "retain"` in the old one', async () => {
    await given(all);
    await become({ topics: [single("general", retain)], sets: [set("topics", ["rules"], retain)] });
    await stack.succeed("stack", "init", "next");
    const [dev, next] = [inStack("dev"), inStack("next")];
    await become({ topics: [single("general", matching)], sets: [set("topics", ["rules"], matching)] }, next);
    await become({}, dev);
    expect(await dev.topics()).toEqual({});
    await stack.declareAll(all);
    await next.up();
    await expectNothingLost(next);
  });
});
