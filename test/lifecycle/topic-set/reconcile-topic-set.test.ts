import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ConnectionError, NotFoundError, RefusedError } from "../../../provider/chat/errors/index.js";
import { AdoptionRefusedError, WrongAppError } from "../../../provider/lifecycle/errors/index.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import { PartialFailureError } from "../../../provider/pulumi/partial-failure-error.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { failureOf, GROUP, idOf, TestApp } from "../../chat/test-app.js";
import { idsOf, many, reasonsOf, SetRun, type StoredSet, type Topics, topicsOf, urnOfSet } from "./set-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(async () => {
  await app.reset();
  app.emulator.clearFaults();
  vi.spyOn(Math, "random").mockReturnValue(0);
  return () => vi.restoreAllMocks();
});
afterAll(() => app.close());

const general = { topicName: "General", introduction: "Everything" };
const rules = { topicName: "Rules", notification: "Be kind", muteAllMember: true };
const news = { topicName: "News" };
const THREE = { general, rules, news };

/** Up for the first time, or again, in a run of its own. */
function up(before: StoredSet | undefined, topics: Topics, more: Properties = {}): Promise<StoredSet> {
  return new SetRun(app).up(before, topics, more);
}

/** A set that is up; the log is empty. */
async function given(topics: Topics = THREE, more: Properties = {}): Promise<StoredSet> {
  const set = await up(undefined, topics, more);
  expect(set.failure?.reasons ?? []).toEqual([]);
  app.emulator.clearRequests();
  return set;
}

/** Somebody else's hands. */
async function outside() {
  return new SetRun(app).topics();
}

function liveKeys(): string[] {
  return app
    .liveTopics()
    .map(({ topicId }) => String(topicId).slice(idOf("").length))
    .sort();
}

/** What a partial failure starts with. */
function summary(count: number, of: number): string {
  return (
    `${count} of ${of} topics in @TGS#_players are not as they are declared. What was done is kept, and the next ` +
    "`pulumi up` does the rest."
  );
}

/** The line of topics whose texts the content check refused. */
function refusedTexts(call: string, field: string, topicKeys: readonly string[]): string {
  return (
    `${call} in @TGS#_players: 80001 (“${field} was refused by the content check”), a text was refused by the content ` +
    "check. What to do: change the topic's texts (or the community's), or the content check's word list in the console. " +
    `(${topicKeys.length} topics: ${topicKeys.join(", ")}.)`
  );
}

/** Everything is as declared, in the app and in the state, and nothing is left to do. */
async function expectSettled(set: StoredSet, topics: Topics, more: Properties = {}): Promise<void> {
  expect(set.failure?.reasons ?? []).toEqual([]);
  expect(topicsOf(set)).toEqual(topics);
  for (const [key, topic] of Object.entries(topics)) expect(app.live(key)).toMatchObject(topic as Properties);
  expect(new SetRun(app).diff(set, topics, more).changes).toBe(false);
}

describe("the calls of an up:", () => {
  test("none for an empty set, which exists all the same", async () => {
    const set = await up(undefined, {});
    expect(app.commands()).toEqual([]);
    expect(set).toMatchObject({ id: GROUP, outputs: { groupId: GROUP, topics: {}, topicIds: {} }, warnings: [] });
  });

  test("one import for a set of one topic", async () => {
    await expectSettled(await up(undefined, { general }), { general });
    expect(app.commands()).toEqual(["import_topic"]);
  });

  test("one look, an import for each, and a modification for each that is muted", async () => {
    await expectSettled(await up(undefined, THREE), THREE);
    expect(app.commands()[0]).toBe("get_topic");
    expect(app.commands().slice(1).sort()).toEqual(["import_topic", "import_topic", "import_topic", "modify_topic"]);
  });

  test("one for one changed topic, with what changed", async () => {
    const changed = { ...THREE, general: { ...general, topicName: "Talk" } };
    await expectSettled(await up(await given(), changed), changed);
    expect(app.requests("modify_topic").map(({ body }) => body)).toEqual([
      { GroupId: GROUP, TopicId: idOf("general"), TopicName: "Talk" },
    ]);
    expect(app.commands()).toEqual(["modify_topic"]);
  });

  test("one for one new topic", async () => {
    const more = { ...THREE, extra: { topicName: "Extra" } };
    await expectSettled(await up(await given(), more), more);
    expect(app.commands()).toEqual(["import_topic"]);
  });

  test("one look and an import for each of several new topics", async () => {
    const more = { ...THREE, ...many(3) };
    await expectSettled(await up(await given(), more), more);
    expect(app.commands()).toEqual(["get_topic", "import_topic", "import_topic", "import_topic"]);
  });

  test("one look also for 200 new topics that may be there already, and then an import for each", async () => {
    const set = await up(undefined, many(200), { adopt: "matching" });
    expect(app.commands()).toEqual(["get_topic", ...Array.from({ length: 200 }, () => "import_topic")]);
    expect(topicsOf(set)).toEqual(many(200));
  });

  test("one look and one destruction for several topics that leave", async () => {
    await expectSettled(await up(await given(), { news }), { news });
    expect(app.commands()).toEqual(["get_topic", "destroy_topic"]);
    expect(liveKeys()).toEqual(["news"]);
  });

  test("one look where onRemove no longer destroys whatever is in the topics: the program's value counts", async () => {
    const set = await given(THREE, { onRemove: "destroy" });
    app.emulator.addMessages(idOf("rules"), 2);
    const failed = await up(set, { news });
    expect(reasonsOf(failed)[1]).toMatch(/^Topic "rules" in @TGS#_players was not destroyed: it has messages/);
    expect(liveKeys()).toEqual(["news", "rules"]);
  });

  test("no look where onRemove destroys whatever is in the topics", async () => {
    const set = await given();
    app.emulator.addMessages(idOf("rules"), 2);
    await up(set, { news }, { onRemove: "destroy" });
    expect(app.commands()).toEqual(["destroy_topic"]);
    expect(liveKeys()).toEqual(["news"]);
  });

  test.each<[string, Topics, Properties]>([
    ["only onRemove changed", THREE, { onRemove: "retain" }],
    ["only exclusive changed", THREE, { exclusive: true }],
    ["only a create-only value was added", { ...THREE, news: { ...news, createTime: 1448357837 } }, {}],
    ["a key was written out as an id", { ...THREE, news: { ...news, topicId: idOf("news") } }, {}],
  ])("none where %s, and the state has it", async (_, topics, more) => {
    const set = await up(await given(), topics, more);
    expect(app.commands()).toEqual([]);
    expect(set.outputs).toMatchObject({ topics, ...more });
    expect(new SetRun(app).diff(set, topics, more).changes).toBe(false);
  });

  test("none for a topic that leaves and is retained", async () => {
    const set = await up(await given(), { news }, { onRemove: "retain" });
    expect(app.commands()).toEqual([]);
    expect(topicsOf(set)).toEqual({ news });
    expect(liveKeys()).toEqual(["general", "news", "rules"]);
  });

  test("none where a label was renamed and the id kept; the ids stand under the new label", async () => {
    const { general: _, ...others } = THREE;
    const set = await up(await given(), { ...others, talk: { ...general, topicId: idOf("general") } });
    expect(app.commands()).toEqual([]);
    expect(set.outputs.topicIds).toEqual({ ...idsOf("rules", "news"), talk: idOf("general") });
  });

  test("none but modifications where two labels change places: the topics keep their ids and take the other's texts", async () => {
    const [a, b] = [{ topicId: idOf("a") }, { topicId: idOf("b") }];
    const set = await given({ one: { topicName: "One", ...a }, two: { topicName: "Two", ...b } });
    const swapped = await up(set, { one: { topicName: "One", ...b }, two: { topicName: "Two", ...a } });
    expect(app.commands()).toEqual(["modify_topic", "modify_topic"]);
    expect(swapped.outputs.topicIds).toEqual({ one: idOf("b"), two: idOf("a") });
    expect([app.live("a")?.topicName, app.live("b")?.topicName]).toEqual(["Two", "One"]);
  });
});

describe("what an up sends", () => {
  test("is every field that an import takes, and then the mute flag", async () => {
    const topic = {
      topicName: "General",
      introduction: "i",
      notification: "n",
      faceUrl: "https://example.com/x.png",
      customString: "{}",
      fromAccount: "alice",
      createTime: 1448357837,
      muteAllMember: true,
      topicId: idOf("general"),
    };
    const set = await up(undefined, { lobby: topic });
    expect(set.outputs).toMatchObject({ topics: { lobby: topic }, topicIds: { lobby: idOf("general") } });
    expect(app.live("general")).toMatchObject(topic);
  });

  test("clears a text that is declared no longer, confirms that, and lets other texts be", async () => {
    const set = await given();
    await (await outside()).modify(GROUP, idOf("general"), { customString: "theirs" });
    app.emulator.clearRequests();
    await up(set, { ...THREE, general: { topicName: "General" } });
    expect(app.commands()).toEqual(["modify_topic", "get_topic"]);
    expect(app.live("general")).toMatchObject({ introduction: "", customString: "theirs" });
  });

  test("switches a mute flag off that is declared no longer", async () => {
    await up(await given(), { ...THREE, rules: { topicName: "Rules", notification: "Be kind" } });
    expect(app.live("rules")?.muteAllMember).toBe(false);
  });

  test("never touches topics that nobody declared", async () => {
    await app.reset([{ topicKey: "theirs", topicName: "Theirs", introduction: "i" }]);
    const set = await up(undefined, THREE);
    await up(set, {}, { onRemove: "destroy" });
    expect(liveKeys()).toEqual(["theirs"]);
    expect(app.live("theirs")).toMatchObject({ topicName: "Theirs", introduction: "i" });
  });

  test("undoes no edit that no refresh has recorded, but where the look of another step shows it", async () => {
    const set = await given();
    await (await outside()).modify(GROUP, idOf("general"), { topicName: "Hijacked" });
    await up(set, { ...THREE, extra: news });
    expect(app.live("general")?.topicName).toBe("Hijacked");
    await up(set, { ...THREE, ...many(2) });
    expect(app.live("general")?.topicName).toBe("General");
  });
});

describe("the outputs of an up", () => {
  test("tell ids, fingerprint and app, and that is all beside the inputs", async () => {
    const set = await up(undefined, THREE, { adopt: "none", onRemove: "retain", exclusive: true });
    expect(set.outputs).toEqual({ ...set.inputs, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(set.outputs.topicIds).toEqual(idsOf("general", "rules", "news"));
  });

  test("keep no policy, group or app inside a topic", async () => {
    const set = await given(THREE, { adopt: "matching", onRemove: "destroy" });
    expect(topicsOf(set)).toEqual(THREE);
    expect(topicsOf(await up(set, { ...THREE, news: { topicName: "N" } }, { onRemove: "destroy" })).news).toEqual({
      topicName: "N",
    });
  });

  test("hold topics whose keys objects have by themselves", async () => {
    const topics = JSON.parse(
      '{"constructor":{"topicName":"C"},"__proto__":{"topicName":"P"},"toString":{"topicName":"T"}}',
    );
    const set = await up(undefined, topics);
    expect(liveKeys()).toEqual(["__proto__", "constructor", "toString"]);
    expect(Object.entries(topicsOf(set)).sort()).toEqual(Object.entries(topics).sort());
    const less = await up(set, { toString: { topicName: "T" } });
    expect(liveKeys()).toEqual(["toString"]);
    expect(Object.keys(topicsOf(less))).toEqual(["toString"]);
  });
});

describe("progress", () => {
  test("is told on the set's row for each topic, and ends with all of them", async () => {
    const run = new SetRun(app);
    await run.up(undefined, many(5));
    expect(run.lines.map(({ text }) => text)).toEqual([1, 2, 3, 4, 5].map((done) => `${done} of 5 topics`));
    expect(run.lines.map(({ isLast }) => isLast)).toEqual([false, false, false, false, true]);
    expect(new Set(run.lines.map(({ urn }) => urn))).toEqual(new Set([urnOfSet("topics")]));
  });

  test("ends with the topics that were done, of those that something had to be done for", async () => {
    const set = await given();
    app.emulator.addMessages(idOf("news"), 1);
    const run = new SetRun(app);
    await run.up(set, { general, extra: { topicName: "Extra" } });
    expect(run.lines.at(-1)).toEqual({ text: "2 of 3 topics", urn: urnOfSet("topics"), isLast: true });
  });

  test("ends with a last line also where some topics were not tried", async () => {
    const set = await given(many(180));
    app.fault({ kind: "error", command: "modify_topic", code: 60010, times: 1000 });
    const run = new SetRun(app);
    const failed = await run.up(set, { ...many(180, { introduction: "changed" }) });
    expect(reasonsOf(failed).at(-1)).toMatch(/^116 topics were not tried after that: /);
    expect(run.lines.map(({ isLast }) => isLast)).toEqual([...Array(64).fill(false), true]);
    expect(run.lines.at(-1)).toEqual({ text: "0 of 180 topics", urn: urnOfSet("topics"), isLast: true });
  });

  test("goes on after removals that were not tried, and ends with the last import", async () => {
    const set = await given(many(150), { onRemove: "destroy" });
    app.fault({ kind: "error", command: "destroy_topic", code: 10036, times: 2 });
    const run = new SetRun(app);
    const failed = await run.up(set, { news }, { onRemove: "destroy" });
    expect(reasonsOf(failed).at(-1)).toMatch(/^50 topics were not tried after that: /);
    expect(run.lines.map(({ isLast }) => isLast)).toEqual([...Array(101).fill(false), true]);
    expect(run.lines.at(-1)).toEqual({ text: "1 of 151 topics", urn: urnOfSet("topics"), isLast: true });
  });

  test("starts nothing more after a removal that failed for the account, which everything else would meet", async () => {
    const set = await given(many(150), { onRemove: "destroy" });
    app.emulator.clearRequests();
    app.fault({ kind: "error", command: "destroy_topic", code: 60010, times: 2 });
    const failed = await new SetRun(app).up(set, { news }, { onRemove: "destroy" });
    expect(reasonsOf(failed).at(-1)).toMatch(/^51 topics were not tried after that: /);
    expect(app.commands()).toEqual(["destroy_topic", "destroy_topic"]);
  });
});

describe("topics that exist already", () => {
  const seeded = (more: object = {}) => ({ topicKey: "general", ...general, ...more });

  test("are taken over, one with a warning of its own", async () => {
    await app.reset([seeded()]);
    const set = await up(undefined, { general });
    expect(set.warnings).toEqual([
      expect.stringMatching(/^1 topic existed already and was taken over: "general" in @TGS#_players\.$/),
    ]);
    await expectSettled(set, { general });
  });

  test("are taken over, one among new ones as well with a warning of its own", async () => {
    await app.reset([seeded({ muteAllMember: true })]);
    const set = await up(undefined, { general: { ...general, muteAllMember: false }, ...many(2) });
    expect(set.warnings).toEqual([
      '1 topic existed already and was taken over and changed (muteAllMember): "general" in @TGS#_players.',
    ]);
  });

  test("are taken over together, with one warning that counts and names them", async () => {
    await up(undefined, many(12));
    app.emulator.clearRequests();
    const set = await up(undefined, { ...many(12), extra: news });
    expect(app.commands()).toEqual(["get_topic", "import_topic"]);
    expect(set.warnings).toEqual([
      `12 topics existed already and were taken over: ${Object.keys(many(12)).join(", ")}.`,
    ]);
  });

  test.each<[string, object, string, boolean]>([
    ["equal", {}, "none", false],
    ["equal", {}, "unused", true],
    ["equal, with messages", { nextMsgSeq: 4 }, "unused", false],
    ["equal, with messages", { nextMsgSeq: 4 }, "matching", true],
    ["different", { introduction: "other" }, "matching", false],
    ["different, with messages", { introduction: "other", nextMsgSeq: 4 }, "any", true],
    ["equal but for the mute flag", { muteAllMember: true }, "unused", true],
  ])(
    "%s %j under adopt %s: %s, in the same way with and without a look",
    async (_, live, adopt, isDeclaredElsewhere) => {
      const topic = { ...general, muteAllMember: false };
      for (const others of [{}, many(2)]) {
        await app.reset([seeded(live)]);
        const run = up(undefined, { general: topic, ...others }, { adopt });
        if (isDeclaredElsewhere) await expectSettled(await run, { general: topic, ...others });
        else if (Object.keys(others).length === 0) expect(await failureOf(run)).toBeInstanceOf(AdoptionRefusedError);
        else {
          const set = await run;
          expect(reasonsOf(set)[1]).toMatch(
            /^Topic "general" in @TGS#_players exists already.*does not allow taking it over/,
          );
          expect(topicsOf(set)).toEqual(others);
        }
        if (!isDeclaredElsewhere) expect(app.live("general")).toMatchObject({ ...general, ...live });
      }
    },
  );

  test("are refused in one line, however many, that names them all and has the advice once", async () => {
    await app.reset(Object.keys(many(6)).map((topicKey) => ({ topicKey, topicName: "Other" })));
    const set = await up(undefined, { ...many(6), news });
    const reason = (index: number) => `\`topicName\` is “Other” there and “Topic ${index}” here`;
    const keys = Array.from({ length: 6 }, (_, index) => `topic-${index}`).join(", ");
    expect(reasonsOf(set)).toEqual([
      summary(6, 7),
      'Topic "topic-0" in @TGS#_players exists already, and `adopt: "unused"` does not allow taking it over: ' +
        `${reason(0)}. What to do: choose another topic key, or set \`adopt: "any"\`. (6 topics: ${keys}.)`,
    ]);
    expect(topicsOf(set)).toEqual({ news });
  });

  test("may be added to a set that is up, by the policy of the program", async () => {
    const set = await given({ news });
    await (await outside()).import({ groupId: GROUP, topicId: idOf("general"), topicName: "Theirs" });
    const refused = await up(set, { news, general });
    expect(reasonsOf(refused)).toHaveLength(2);
    await expectSettled(await up(refused, { news, general }, { adopt: "any" }), { news, general }, { adopt: "any" });
  });

  test("because the answer to our own import was lost are taken over silently, also under adopt none", async () => {
    app.fault({ kind: "drop-after", command: "import_topic", times: 2 });
    const set = await up(undefined, many(5), { adopt: "none" });
    expect(set.warnings).toEqual([]);
    await expectSettled(set, many(5), { adopt: "none" });
    expect(app.liveTopics()).toHaveLength(5);
  });

  test("because an earlier run was killed are taken over by the next one", async () => {
    await up(undefined, many(3));
    const set = await up(undefined, many(6));
    expect(set.warnings).toHaveLength(1);
    await expectSettled(set, many(6));
  });

  test("are told also when another topic of the set fails", async () => {
    await app.reset([seeded()]);
    app.emulator.changeRules({ refusedWords: ["badword"] });
    const set = await up(undefined, { general, bad: { topicName: "a badword" } });
    app.emulator.changeRules({ refusedWords: [] });
    expect(set.failure?.warnings).toEqual(['1 topic existed already and was taken over: "general" in @TGS#_players.']);
  });

  test("in the service's own form of id are taken over, and are a failure where they are missing", async () => {
    const topicId = idOf("@TOPIC#_cABCDEFGHIJKLMNOPQR");
    await app.reset([{ topicId, topicName: "Lobby" }]);
    const lobby = { topicName: "Lobby", topicId };
    const set = await up(undefined, { lobby });
    expect(set.outputs).toMatchObject({ topics: { lobby }, topicIds: { lobby: topicId } });
    await app.reset();
    expect((await failureOf(up(undefined, { lobby }))).message).toMatch(/does not exist in app/);
  });
});

describe("a partial failure", () => {
  const WITH_BAD = { ...THREE, bad: { topicName: "a badword" } };
  beforeEach(() => app.emulator.changeRules({ refusedWords: ["badword"] }));

  test("carries the id, and outputs with only the topics that are confirmed", async () => {
    const set = await up(undefined, WITH_BAD);
    expect(set.failure).toMatchObject({ id: GROUP, code: "PARTIAL_FAILURE" });
    const { inputs } = await given(THREE);
    const { topics, topicIds, ...rest } = inputs;
    expect(set.outputs).toMatchObject({ ...rest, topics: THREE, topicIds: idsOf("general", "rules", "news") });
    expect(Object.keys(topicsOf(set)).sort()).toEqual(["general", "news", "rules"]);
  });

  test("has the fingerprint of the confirmed topics", async () => {
    const partial = await up(undefined, WITH_BAD);
    await app.reset();
    expect(partial.outputs.fingerprint).toBe((await up(undefined, THREE)).outputs.fingerprint);
  });

  test("has a summary and one reason for each cause, which names every topic that needs an edit", async () => {
    const set = await up(undefined, { ...WITH_BAD, worse: { topicName: "badword" } });
    expect(reasonsOf(set)).toEqual([summary(2, 5), refusedTexts('import_topic "bad"', "TopicName", ["bad", "worse"])]);
  });

  test("is mended by one call for the one topic", async () => {
    const set = await up(undefined, WITH_BAD);
    app.emulator.clearRequests();
    const mended = { ...THREE, bad: { topicName: "a good word" } };
    await expectSettled(await up(set, mended), mended);
    expect(app.commands()).toEqual(["import_topic"]);
  });

  test("is the same again where nothing was mended, and the others are not called for", async () => {
    const set = await up(undefined, WITH_BAD);
    app.emulator.clearRequests();
    const again = await up(set, WITH_BAD);
    expect(app.commands()).toEqual(["import_topic"]);
    expect(reasonsOf(again)[0]).toMatch(/^1 of 4 topics/);
    expect(topicsOf(again)).toEqual(THREE);
  });

  test("tells a cause that many topics share in one line, with all their keys where each needs an edit of its own", async () => {
    const bad = (count: number) => ({ news, ...many(count, { introduction: "badword" }) });
    expect(reasonsOf(await up(undefined, bad(20)))).toEqual([
      summary(20, 21),
      refusedTexts('import_topic "topic-0"', "Introduction", Object.keys(many(20))),
    ]);
  });

  test("of an update keeps a topic as it was before where its change failed", async () => {
    const set = await given();
    const changed = await up(set, {
      ...THREE,
      general: { ...general, topicName: "badword" },
      news: { topicName: "Newer" },
    });
    expect(topicsOf(changed)).toEqual({ ...THREE, news: { topicName: "Newer" } });
    expect(app.live("general")).toMatchObject(general);
    expect(reasonsOf(changed)[1]).toMatch(/^modify_topic "general" in @TGS#_players: 80001/);
  });

  test("of one topic alone, at its first up, is that topic's own error, and there is no set", async () => {
    const error = await failureOf(up(undefined, { bad: { topicName: "badword" } }));
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).not.toBeInstanceOf(PartialFailureError);
  });

  test("of all topics of a set that is up keeps the set", async () => {
    const set = await given({ general });
    const failed = await up(set, { general: { ...general, topicName: "badword" } });
    expect(failed.failure).toBeInstanceOf(PartialFailureError);
    expect(topicsOf(failed)).toEqual({ general });
  });

  test("after which no topic is left keeps the set, without those that were removed", async () => {
    const set = await given({ general });
    const failed = await up(set, { bad: { topicName: "badword" } });
    expect(failed.failure).toBeInstanceOf(PartialFailureError);
    expect(failed.outputs).toMatchObject({ topics: {}, topicIds: {} });
    expect(liveKeys()).toEqual([]);
  });

  test("of many mutings for one cause is told in one line", async () => {
    app.fault({ kind: "error", command: "modify_topic", code: 10004, times: 20 });
    const set = await up(undefined, many(6, { muteAllMember: true }));
    expect(reasonsOf(set)).toEqual([
      summary(6, 6),
      'Topic "topic-0" in @TGS#_players was imported, but not muted. modify_topic "topic-0" in @TGS#_players: 10004 (“a ' +
        "parameter is not valid (a fault that was asked for)”), a parameter is not valid. What to do: compare the value " +
        "that the text names with the limits in the README. (6 topics: topic-0, topic-1, topic-2, topic-3, topic-4, topic-5.)",
    ]);
  });

  test("of a muting keeps the topic as not muted, and the next up mutes it by one call", async () => {
    app.fault({ kind: "error", command: "modify_topic", code: 10007 });
    const set = await up(undefined, THREE);
    expect(topicsOf(set)).toEqual({ ...THREE, rules: { ...rules, muteAllMember: false } });
    expect(reasonsOf(set)[1]).toMatch(/^Topic "rules" in @TGS#_players was imported, but not muted\..* 10007/);
    app.emulator.clearRequests();
    await expectSettled(await up(set, THREE), THREE);
    expect(app.commands()).toEqual(["modify_topic"]);
  });

  test("of a change after a take-over keeps the topic with the values that it has", async () => {
    await app.reset([{ topicKey: "general", topicName: "Theirs", introduction: "Everything" }]);
    app.fault({ kind: "error", command: "modify_topic", code: 10016 });
    const set = await up(undefined, { general, news }, { adopt: "any" });
    expect(topicsOf(set)).toEqual({ general: { ...general, topicName: "Theirs" }, news });
    await expectSettled(await up(set, { general, news }, { adopt: "any" }), { general, news }, { adopt: "any" });
  });

  test("of a clearing that could not be confirmed keeps the text as empty, and the next up confirms it", async () => {
    const set = await given();
    app.fault({ kind: "error", command: "get_topic", code: 10007 });
    const without = { ...THREE, general: { topicName: "General" } };
    const half = await up(set, without);
    expect(topicsOf(half).general).toEqual({ topicName: "General", introduction: "" });
    await expectSettled(await up(half, without), without);
  });

  test("of a removal keeps the entry, and the next up removes it", async () => {
    const set = await given();
    app.fault({ kind: "error", command: "destroy_topic", code: 10007 });
    const { news: _, ...rest } = THREE;
    const failed = await up(set, rest);
    expect(topicsOf(failed)).toEqual(THREE);
    expect(failed.outputs.topicIds).toEqual(idsOf("general", "rules", "news"));
    expect(reasonsOf(failed)).toEqual([
      expect.stringMatching(/^1 of 3 topics/),
      expect.stringMatching(/^destroy_topic "news" in @TGS#_players: 10007/),
    ]);
    await expectSettled(await up(failed, rest), rest);
    expect(liveKeys()).toEqual(["general", "rules"]);
  });

  test("of one removal among several leaves the others removed", async () => {
    const set = await given(many(4));
    app.emulator.addMessages(idOf("topic-2"), 1);
    const failed = await up(set, {});
    expect(liveKeys()).toEqual(["topic-2"]);
    expect(Object.keys(topicsOf(failed))).toEqual(["topic-2"]);
    expect(reasonsOf(failed)[1]).toMatch(/^Topic "topic-2" in @TGS#_players was not destroyed: it has messages/);
  });

  test("does not keep the rest of an up from being done: changes, imports and other removals", async () => {
    const set = await given();
    app.emulator.addMessages(idOf("news"), 1);
    const failed = await up(set, { general: { ...general, topicName: "Talk" }, extra: { topicName: "Extra" } });
    expect(topicsOf(failed)).toEqual({
      general: { ...general, topicName: "Talk" },
      extra: { topicName: "Extra" },
      news,
    });
    expect(liveKeys()).toEqual(["extra", "general", "news"]);
  });
});

describe("a topic that should be gone but is not", () => {
  test("stands under its id where its key is now another topic's label, and leads on from there", async () => {
    const set = await given({ general });
    app.emulator.addMessages(idOf("general"), 1);
    const relabelled = { general: { ...news, topicId: idOf("other") } };
    const failed = await up(set, relabelled);
    expect(topicsOf(failed)).toEqual({ ...relabelled, [idOf("general")]: { ...general, topicId: idOf("general") } });
    expect(failed.outputs.topicIds).toEqual({ general: idOf("other"), [idOf("general")]: idOf("general") });
    expect(new SetRun(app).diff(failed, relabelled, {}).warnings).toEqual([
      expect.stringContaining("1 topic: @TGS#_players@TOPIC#_general."),
    ]);
    const gone = await up(failed, relabelled, { onRemove: "destroy" });
    expect(topicsOf(gone)).toEqual(relabelled);
    expect(liveKeys()).toEqual(["other"]);
  });

  test("is not lost either where its id is a label as well", async () => {
    const set = await given({ general });
    app.emulator.addMessages(idOf("general"), 1);
    const relabelled = { general: { ...news, topicId: idOf("a") }, [idOf("general")]: { ...news, topicId: idOf("b") } };
    const failed = await up(set, relabelled);
    expect(Object.values(failed.outputs.topicIds as object).sort()).toEqual([idOf("a"), idOf("b"), idOf("general")]);
    expect(topicsOf(failed)).toMatchObject(relabelled);
    const gone = await up(failed, relabelled, { onRemove: "destroy" });
    expect(topicsOf(gone)).toEqual(relabelled);
    expect(liveKeys()).toEqual(["a", "b"]);
  });
});

describe("a failure that the other topics would share", () => {
  const changed = many(180, { introduction: "changed" });

  test("of the community itself is one error after one call", async () => {
    const nowhere = { groupId: "@TGS#_nowhere" };
    expect(await failureOf(up(undefined, many(200), nowhere))).toBeInstanceOf(NotFoundError);
    expect(app.commands()).toEqual(["get_topic"]);
  });

  test("of the topics feature is one error after one call", async () => {
    const error = await failureOf(up(undefined, many(200), { groupId: "@TGS#_plain" }));
    expect(error).toMatchObject({ serviceCode: 11000 });
    expect(app.commands()).toEqual(["get_topic"]);
  });

  test("of the quota keeps what fits, stops soon, and names what was not tried", async () => {
    app.emulator.changeRules({ maxTopicsPerCommunity: 20 });
    const set = await up(undefined, many(180));
    expect(app.liveTopics()).toHaveLength(20);
    expect(Object.keys(topicsOf(set)).sort()).toEqual(liveKeys());
    expect(app.requests("import_topic").length).toBeLessThanOrEqual(20 + 64);
    const all = Object.keys(many(180));
    const { length: tried } = app.requests("import_topic");
    const failed = all.slice(0, tried).filter((key) => topicsOf(set)[key] === undefined);
    expect(reasonsOf(set)).toEqual([
      summary(160, 180),
      `import_topic "${failed[0]}" in @TGS#_players: 10037 (“the community has 20 topics already”), the number ` +
        "of topics that the app or community may have is used up. What to do: destroy topics that are not needed, use a " +
        "second community, or extend the edition in the console. " +
        `(${failed.length} topics: ${failed.slice(0, 10).join(", ")} and ${failed.length - 10} more.)`,
      `${180 - tried} topics were not tried after that: ${all.slice(tried, tried + 10).join(", ")} and ` +
        `${180 - tried - 10} more.`,
    ]);
    app.emulator.restoreRules();
    await expectSettled(await up(set, many(180)), many(180));
  });

  test("of the quota does not keep topics that are there from being changed, wherever the new ones stand", async () => {
    const set = await given(many(100));
    app.emulator.changeRules({ maxTopicsPerCommunity: 100 });
    const fresh = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`new-${index}`, news]));
    const failed = await up(set, { ...fresh, ...many(100, { introduction: "changed" }) });
    expect(topicsOf(failed)).toEqual(many(100, { introduction: "changed" }));
    expect(app.live("topic-99")?.introduction).toBe("changed");
  });

  test("of the account stops soon: far fewer calls than topics", async () => {
    const set = await given(many(180));
    app.fault({ kind: "error", command: "modify_topic", code: 60010, times: 1000 });
    const failed = await up(set, changed);
    expect(app.commands().length).toBeLessThanOrEqual(64);
    expect(reasonsOf(failed)).toHaveLength(3);
    expect(topicsOf(failed)).toEqual(many(180));
    app.emulator.clearFaults();
    await expectSettled(await up(failed, changed), changed);
  });

  test("of the account stops removals as well: two calls, and the rest of the topics is not tried", async () => {
    const set = await given(many(200), { onRemove: "destroy" });
    app.fault({ kind: "error", command: "destroy_topic", code: 60010, times: 1000 });
    const failed = await up(set, {}, { onRemove: "destroy" });
    expect(app.commands()).toEqual(["destroy_topic", "destroy_topic"]);
    expect(reasonsOf(failed)).toEqual([
      summary(200, 200),
      'destroy_topic "topic-0" in @TGS#_players: 60010 (“the account is not an app administrator (a fault that was ' +
        "asked for)”), the account is not an app administrator. The signature was made with the key from configuration " +
        "tencent-chat:secretKey. What to do: check `adminAccount`: it must be an app administrator (console → application " +
        "→ account management). " +
        "(100 topics: topic-0, topic-1, topic-2, topic-3, topic-4, topic-5, topic-6, topic-7, topic-8, topic-9 and 90 more.)",
      "100 topics were not tried after that: topic-100, topic-101, topic-102, topic-103, topic-104, topic-105, topic-106, " +
        "topic-107, topic-108, topic-109 and 90 more.",
    ]);
    expect(topicsOf(failed)).toEqual(many(200));
    expect(app.liveTopics()).toHaveLength(200);
  });

  test("of the connection stops soon, is told in one line, and leaves the state as it was", async () => {
    const set = await given(many(180));
    const failed = await new SetRun(app, { endpoint: "http://127.0.0.1:1" }).up(set, changed);
    expect(topicsOf(failed)).toEqual(many(180));
    expect(reasonsOf(failed)).toEqual([
      summary(180, 180),
      'modify_topic "topic-0" in @TGS#_players: no answer from 127.0.0.1:1, the connection was refused, ECONNREFUSED. ' +
        "What to do: is the emulator running at that address? Start it there, or correct `endpoint`; then run the command " +
        "again, it continues where this one stopped. (Tried 6 times.) " +
        "(64 topics: topic-0, topic-1, topic-2, topic-3, topic-4, topic-5, topic-6, topic-7, topic-8, topic-9 and 54 more.)",
      "116 topics were not tried after that: topic-64, topic-65, topic-66, topic-67, topic-68, topic-69, topic-70, " +
        "topic-71, topic-72, topic-73 and 106 more.",
    ]);
  });

  test("of the connection, at the look, is one error", async () => {
    const run = new SetRun(app, { endpoint: "http://127.0.0.1:1" });
    expect(await failureOf(run.up(undefined, many(200)))).toBeInstanceOf(ConnectionError);
  });

  test("is not what a refused text is: 200 of those are all told, and every other topic is made", async () => {
    app.emulator.changeRules({ refusedWords: ["badword"] });
    const set = await up(undefined, { ...many(200, { introduction: "badword" }), news });
    expect(topicsOf(set)).toEqual({ news });
    expect(reasonsOf(set)).toEqual([
      summary(200, 201),
      refusedTexts('import_topic "topic-0"', "Introduction", Object.keys(many(200))),
    ]);
  });

  test("is not what an account that does not exist is: only the topic that names it is not made", async () => {
    const set = await up(undefined, { bad: { ...news, fromAccount: "nobody" }, ...many(150) });
    expect(reasonsOf(set)).toEqual([
      expect.stringMatching(/^1 of 151 topics/),
      expect.stringMatching(/^import_topic "bad" in @TGS#_players: 10019/),
    ]);
    expect(topicsOf(set)).toEqual(many(150));
  });

  test("does not hide what was refused for its own sake", async () => {
    const set = await given(many(100));
    await (await outside()).import({ groupId: GROUP, topicId: idOf("theirs"), topicName: "Theirs" });
    app.fault({ kind: "error", command: "modify_topic", code: 60010, times: 1000 });
    const topics = { ...many(100, { introduction: "changed" }), theirs: news, news };
    expect(reasonsOf(await up(set, topics)).join("\n")).toMatch(/^Topic "theirs" in @TGS#_players exists already/m);
  });

  test("is tried again where it may pass: throttled answers and broken connections fail nothing", async () => {
    app.fault(
      { kind: "throttle", command: "import_topic", times: 3 },
      { kind: "drop-before", command: "import_topic", times: 3 },
      { kind: "http", command: "get_topic", status: 502 },
    );
    await expectSettled(await up(undefined, many(20)), many(20));
  });
});

describe("a topic of ours that was deleted outside", () => {
  const AGAIN =
    'Topic "general" in @TGS#_players had been deleted outside of Pulumi and was imported anew, without its messages.';
  const deleted = async (more: Properties = {}) => {
    const set = await given(THREE, more);
    await (await outside()).destroy(GROUP, idOf("general"));
    app.emulator.clearRequests();
    return set;
  };

  test("is imported anew when it is to be changed, with a warning", async () => {
    const changed = { ...THREE, general: { ...general, topicName: "Talk" } };
    const set = await up(await deleted(), changed);
    expect(set.warnings).toEqual([AGAIN]);
    await expectSettled(set, changed);
  });

  test("is imported anew when a look shows it, with a warning", async () => {
    const more = { ...THREE, ...many(2) };
    const set = await up(await deleted(), more);
    expect(set.warnings).toEqual([AGAIN]);
    await expectSettled(set, more);
  });

  test("is imported anew after a refresh that dropped it, as a new topic", async () => {
    const set = await new SetRun(app).refresh(await deleted());
    if (set === undefined) throw new Error("the set is gone");
    const back = await up(set, THREE);
    expect(back.warnings).toEqual([]);
    await expectSettled(back, THREE);
  });

  test("leaves the state where it could not be imported anew, so that the next up tries again", async () => {
    const set = await deleted();
    app.fault({ kind: "error", command: "import_topic", code: 10007, times: 5 });
    const failed = await up(set, { ...THREE, ...many(2) });
    expect(topicsOf(failed)).toEqual({ rules, news });
    app.emulator.clearFaults();
    const more = { ...THREE, ...many(2) };
    await expectSettled(await up(failed, more), more);
  });

  test("needs nothing where it was to be removed", async () => {
    const { general: _, ...rest } = THREE;
    await expectSettled(await up(await deleted(), rest), rest);
    expect(app.commands()).toEqual(["get_topic"]);
  });

  test("is a success of its removal also where nobody looked", async () => {
    const { general: _, ...rest } = THREE;
    await expectSettled(await up(await deleted({ onRemove: "destroy" }), rest, { onRemove: "destroy" }), rest, {
      onRemove: "destroy",
    });
    expect(app.commands()).toEqual(["destroy_topic"]);
  });

  test("is not brought back where its community is gone too: the up fails, and the state stays", async () => {
    const set = await given(many(3));
    const seed = app.emulator.state();
    await app.emulator.reset({ apps: [{ ...seed.apps[0], communities: [] }] } as never);
    expect(await failureOf(up(set, many(5)))).toBeInstanceOf(NotFoundError);
  });
});

describe("a topic that leaves a set and is declared by another resource of the run", () => {
  test("is left with its messages, with a warning, whatever onRemove says", async () => {
    const set = await given();
    app.emulator.addMessages(idOf("general"), 3);
    const run = new SetRun(app);
    run.declarations.declare([idOf("general")], urnOfSet("others"), String);
    const { general: _, ...rest } = THREE;
    const inputs = run.inputs(rest, { onRemove: "destroy" }, set.inputs);
    const { outputs, warnings } = await LIFECYCLES.ChatTopicSet.update(run, GROUP, set.outputs, inputs);
    expect(warnings).toEqual([
      'Topic "general" in @TGS#_players was not destroyed: ChatTopicSet "others" declares it now.',
    ]);
    expect(Object.keys(outputs.topics as object).sort()).toEqual(["news", "rules"]);
    expect(app.live("general")?.nextMsgSeq).toBe(4);
    expect(app.commands()).toEqual([]);
  });
});

describe("two sets of one community", () => {
  test("live side by side, and neither touches the other's topics", async () => {
    const one = await given({ general });
    const run = new SetRun(app);
    const inputs = run.inputs({ rules }, {}, {}, "others");
    await LIFECYCLES.ChatTopicSet.create(run, inputs);
    await up(one, {}, { onRemove: "destroy" });
    expect(liveKeys()).toEqual(["rules"]);
  });
});

test("an update with the settings of another app is refused before any call", async () => {
  const set = await given();
  const context = new SetRun(app, { sdkAppId: "1400000002" });
  const update = LIFECYCLES.ChatTopicSet.update(context, GROUP, set.outputs, set.inputs);
  expect(await failureOf(update)).toBeInstanceOf(WrongAppError);
  expect(app.commands()).toEqual([]);
});
