/** The life of a set of topics, through the real Pulumi CLI against the emulator. */
import { describe, expect, test } from "vitest";
import type { Emulator, Seed } from "../../provider/emulator/index.js";
import { longRunTest } from "../proof.js";
import { calls, GROUP, idOf, liveTopics, outsideHands } from "./chat-rest.js";
import { type Fresh, withFreshStack } from "./fresh-stack.js";
import type { DeclaredResource, Stack } from "./stack.js";

type Topics = Record<string, Record<string, unknown>>;

const TOPICS: Topics = {
  general: { topicName: "General", introduction: "Everything that fits nowhere else" },
  rules: { topicName: "Rules", notification: "Be kind", muteAllMember: true },
  beginners: { topicName: "新手入门与常见问题集", customString: '{"category":"play"}' },
};

let emulator: Emulator;
let stack: Stack;
let begin: Fresh["begin"];

withFreshStack((fresh) => {
  ({ emulator, stack, begin } = fresh);
});

const set = (topics: Topics, more: object = {}): DeclaredResource => ({
  name: "topics",
  groupId: GROUP,
  topics,
  ...more,
});

const declare = (topics: Topics, more: object = {}) => stack.declareAll({ sets: [set(topics, more)] });
const given = (topics: Topics = TOPICS, more: object = {}) => begin({ sets: [set(topics, more)] });

async function outputs(): Promise<Record<string, unknown>> {
  return (await stack.topics()).topics?.outputs ?? {};
}

describe("a set", () => {
  test("is created by a look, an import each and a mute, shows its ids at preview, and is unchanged by a second up", async () => {
    await declare(TOPICS);
    expect(await stack.preview()).toContain(idOf("beginners"));
    await stack.up();
    expect(calls(emulator).sort()).toEqual([
      "get_topic",
      "import_topic",
      "import_topic",
      "import_topic",
      "modify_topic",
    ]);
    for (const [key, topic] of Object.entries(TOPICS)) expect(liveTopics(emulator)[key]).toMatchObject(topic);
    emulator.clearRequests();
    await stack.up("--expect-no-changes");
    expect(calls(emulator)).toEqual([]);
    expect(await outputs()).toMatchObject({
      topics: TOPICS,
      topicIds: { general: idOf("general"), rules: idOf("rules"), beginners: idOf("beginners") },
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  longRunTest("with no topics is a set of none", async () => {
    await given({});
    expect(calls(emulator)).toEqual([]);
    await declare(TOPICS);
    await stack.up();
    expect(Object.keys(liveTopics(emulator)).sort()).toEqual(Object.keys(TOPICS).sort());
  });

  test("shows a nested diff at preview and makes one call for one changed topic", async () => {
    await given();
    await declare({ ...TOPICS, general: { topicName: "Talk", introduction: "Everything that fits nowhere else" } });
    expect(await stack.preview("--diff")).toMatch(/general\s*: \{[\s\S]*topicName\s*: "General" => "Talk"/);
    await stack.up();
    expect(calls(emulator)).toEqual(["modify_topic"]);
    expect(liveTopics(emulator).general?.topicName).toBe("Talk");
  });

  longRunTest("clears a text that is no longer declared, and adds a topic by one call", async () => {
    await given();
    await declare({ ...TOPICS, general: { topicName: "General" } });
    await stack.up();
    expect(liveTopics(emulator).general?.introduction).toBe("");
    emulator.clearRequests();
    await declare({ ...TOPICS, general: { topicName: "General" }, extra: { topicName: "Extra" } });
    await stack.up();
    expect(calls(emulator)).toEqual(["import_topic"]);
    await stack.up("--expect-no-changes");
  });

  test("warns on its row of the topics that an update destroys, by name, and destroys them", async () => {
    await given();
    await declare({ general: TOPICS.general ?? {} });
    expect(await stack.preview()).toMatch(
      /ChatTopicSet \(topics\):\n\s+warning: This destroys 2 topics: beginners, rules\./,
    );
    expect(Object.keys(liveTopics(emulator))).toHaveLength(3);
    await stack.up();
    expect(Object.keys(liveTopics(emulator))).toEqual(["general"]);
  });

  test("keeps a removed topic that has messages, says so, and destroys the others", async () => {
    await given();
    emulator.addMessages(idOf("rules"), 2);
    await declare({ general: TOPICS.general ?? {} });
    expect(await stack.failUp()).toMatch(/Topic "rules" in @TGS#_players was not destroyed: it has messages/);
    expect(Object.keys(liveTopics(emulator)).sort()).toEqual(["general", "rules"]);
    expect(Object.keys((await outputs()).topics as object).sort()).toEqual(["general", "rules"]);
    await declare({ general: TOPICS.general ?? {} }, { onRemove: "retain" });
    await stack.up();
    expect(Object.keys(liveTopics(emulator)).sort()).toEqual(["general", "rules"]);
    expect(Object.keys((await outputs()).topics as object)).toEqual(["general"]);
  });

  longRunTest("touches nothing when a key is renamed and its topicId kept", async () => {
    await given();
    const { general = {}, ...others } = TOPICS;
    await declare({ ...others, talk: { ...general, topicId: idOf("general") } });
    await stack.up();
    expect(calls(emulator)).toEqual([]);
    expect((await outputs()).topicIds).toMatchObject({ talk: idOf("general") });
  });

  test("shows outside edits and deletions as drift, and undoes them", async () => {
    await given();
    const outside = outsideHands(emulator);
    await outside.modify(GROUP, idOf("general"), { topicName: "Hijacked" });
    await outside.destroy(GROUP, idOf("rules"));
    await outside.import({ groupId: GROUP, topicId: idOf("theirs"), topicName: "Theirs" });
    await outside.close();
    emulator.clearRequests();
    expect(await stack.refresh("--diff")).toMatch(/topicName\s*: "General" => "Hijacked"/);
    expect(calls(emulator)).toEqual(["get_topic"]);
    expect(Object.keys((await outputs()).topics as object).sort()).toEqual(["beginners", "general"]);
    await stack.up();
    for (const [key, topic] of Object.entries(TOPICS)) expect(liveTopics(emulator)[key]).toMatchObject(topic);
    expect(liveTopics(emulator)).toHaveProperty("theirs");
    await stack.refresh("--expect-no-changes");
  });

  test("that is exclusive shows undeclared topics as drift, and removes those that the refresh recorded", async () => {
    await given(TOPICS, { exclusive: true });
    const outside = outsideHands(emulator);
    await outside.import({ groupId: GROUP, topicId: idOf("theirs"), topicName: "Theirs" });
    await stack.up("--expect-no-changes");
    await stack.refresh();
    await outside.import({ groupId: GROUP, topicId: idOf("later"), topicName: "Later" });
    await outside.close();
    expect(await stack.preview()).toContain("This destroys 1 topic: theirs.");
    await stack.up();
    expect(Object.keys(liveTopics(emulator)).sort()).toEqual(["beginners", "general", "later", "rules"]);
    const own = { name: "own", groupId: GROUP, topicName: "Own", serverAssignedId: true };
    await stack.declareAll({ sets: [set(TOPICS, { exclusive: true })], topics: [own] });
    expect(await stack.fail("preview")).toContain("is exclusive, so it removes every topic of @TGS#_players");
  });

  longRunTest("comes back whole after its community was deleted outside and made anew", async () => {
    await given();
    const seed = emulator.state();
    await emulator.reset({ apps: [{ ...seed.apps[0], communities: [] }] } as unknown as Seed);
    await stack.refresh();
    expect(await stack.topics()).toEqual({});
    await emulator.reset();
    await stack.up();
    expect(Object.keys(liveTopics(emulator)).sort()).toEqual(Object.keys(TOPICS).sort());
  });

  test("is destroyed with all its topics by one look and one call; a used one stops the whole before anything is lost", async () => {
    await given();
    emulator.addMessages(idOf("rules"), 1);
    expect(await stack.fail("destroy", "--yes", "--skip-preview")).toContain(
      'Topic "rules" in @TGS#_players was not destroyed',
    );
    expect(Object.keys(liveTopics(emulator))).toHaveLength(3);
    await declare(TOPICS, { onRemove: "destroy" });
    await stack.up();
    emulator.clearRequests();
    await stack.destroy();
    expect(calls(emulator)).toEqual(["destroy_topic"]);
    expect(liveTopics(emulator)).toEqual({});
  });

  longRunTest("survives a forced replacement by the same topics", async () => {
    await given();
    await stack.up("--replace", (await stack.topics()).topics?.urn ?? "");
    expect(Object.keys(liveTopics(emulator)).sort()).toEqual(Object.keys(TOPICS).sort());
  });
});

describe("topics that exist already", () => {
  longRunTest("are taken over together, with one warning that counts them", async () => {
    await given();
    await stack.succeed("state", "delete", (await stack.topics()).topics?.urn ?? "", "--yes");
    expect(await stack.up()).toMatch(
      /warning: 3 topics existed already and were taken over: beginners, general, rules/,
    );
    expect(calls(emulator).filter((command) => command === "import_topic")).toEqual([]);
  });

  test("but differ are refused one by one, while the others are made", async () => {
    const outside = outsideHands(emulator);
    await outside.import({ groupId: GROUP, topicId: idOf("rules"), topicName: "Other rules" });
    await outside.close();
    await declare(TOPICS);
    const output = await stack.failUp();
    expect(output).toContain("1 of 3 topics in @TGS#_players are not as they are declared");
    expect(output).toMatch(/Topic "rules" in @TGS#_players exists already.*set `adopt: "any"`/);
    expect(Object.keys((await outputs()).topics as object).sort()).toEqual(["beginners", "general"]);
    await declare(TOPICS, { adopt: "any" });
    await stack.up();
    expect(liveTopics(emulator).rules).toMatchObject({ topicName: "Rules", muteAllMember: true });
  });
});

describe("a bad day of a set", () => {
  const many = (count: number): Topics =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`topic-${index}`, { topicName: `Topic ${index}` }]),
    );

  test("with one refused topic of 200 keeps the other 199, names the one, and makes one call for it after mending", async () => {
    emulator.changeRules({ refusedWords: ["badword"] });
    await declare({ ...many(199), bad: { topicName: "a badword" } });
    const output = await stack.failUp();
    expect(output).toContain("1 of 200 topics in @TGS#_players are not as they are declared");
    expect(output).toMatch(/import_topic "bad" in @TGS#_players: 80001/);
    expect(Object.keys((await outputs()).topicIds as object)).toHaveLength(199);
    emulator.clearRequests();
    await declare({ ...many(199), bad: { topicName: "a good word" } });
    await stack.up();
    expect(calls(emulator)).toEqual(["import_topic"]);
  });

  longRunTest("without its community, or without the topics feature, is one error", async () => {
    await declare(many(200), { groupId: "@TGS#_nowhere" });
    const output = await stack.failUp();
    expect(output.split("Diagnostics:")[1]?.match(/10010/g)).toHaveLength(1);
    expect(calls(emulator)).toEqual(["get_topic"]);
    expect(await stack.topics()).toEqual({});
  });

  longRunTest(
    "with the quota reached half-way keeps what fits, says how many do not and why, and loses nothing",
    async () => {
      emulator.changeRules({ maxTopicsPerCommunity: 20 });
      await declare(many(100));
      const output = await stack.failUp();
      expect(output).toContain("80 of 100 topics in @TGS#_players are not as they are declared");
      expect(output).toMatch(/10037/);
      expect(Object.keys(liveTopics(emulator))).toHaveLength(20);
      expect(Object.keys((await outputs()).topicIds as object)).toHaveLength(20);
      emulator.restoreRules();
      await stack.up();
      expect(Object.keys(liveTopics(emulator))).toHaveLength(100);
    },
  );

  test("in its input names every fault with its path at preview", async () => {
    await declare({
      "a@TOPIC#_b": { topicName: "x" },
      [`long-${"x".repeat(90)}`]: { topicName: "x" },
      general: { topicName: "x".repeat(31), introdution: "typo" },
      none: {},
    });
    const output = await stack.fail("preview");
    for (const fault of [
      '`topics["general"].topicName` is 31 bytes of UTF-8, 1 over the limit of 30',
      '`topics["general"].introdution` is not an argument of a topic of ChatTopicSet',
      '`topics["none"].topicName` is required',
      '`topics["a@TOPIC#_b"]` as a topic key must not contain @TOPIC#_',
      "over the limit of 96",
    ]) {
      expect(output).toContain(fault);
    }
    expect(calls(emulator)).toEqual([]);
  });

  longRunTest("with 201 topics in one community is a warning at preview", async () => {
    await declare(many(201));
    expect(await stack.preview()).toContain("201 topics are declared for one community");
  });
});

describe("topics of two sets", () => {
  const general = { topicName: "General" };

  test("declared by two sets fail at preview, naming both", async () => {
    await stack.declareAll({ sets: [set({ general }), { ...set({ general }), name: "others" }] });
    expect(await stack.fail("preview")).toMatch(
      /"general" in @TGS#_players is declared twice, by ChatTopicSet "(topics" and ChatTopicSet "others|others" and ChatTopicSet "topics)"/,
    );
  });

  longRunTest("declared by two sets of one community, each its own, live side by side", async () => {
    await stack.declareAll({ sets: [set({ general }), { ...set({ rules: { topicName: "Rules" } }), name: "others" }] });
    await stack.up();
    expect(Object.keys(liveTopics(emulator)).sort()).toEqual(["general", "rules"]);
    await stack.refresh("--expect-no-changes");
    await stack.up("--expect-no-changes");
  });
});
