import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { WrongAppError } from "../../../provider/lifecycle/errors/index.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { failureOf, GROUP, idOf, TestApp } from "../../chat/test-app.js";
import { idsOf, many, SetRun, type StoredSet, type Topics, topicsOf } from "./set-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(async () => {
  await app.reset();
  vi.spyOn(Math, "random").mockReturnValue(0);
  return () => vi.restoreAllMocks();
});
afterAll(() => app.close());

const general = { topicName: "General", introduction: "Everything" };
const rules = { topicName: "Rules", muteAllMember: true, createTime: 1448357837, fromAccount: "alice" };
const BOTH = { general, rules };

async function given(topics: Topics = BOTH, more: Properties = {}): Promise<StoredSet> {
  const set = await new SetRun(app).up(undefined, topics, more);
  app.emulator.clearRequests();
  return set;
}

async function refreshed(set: StoredSet): Promise<StoredSet> {
  const read = await new SetRun(app).refresh(set);
  if (read === undefined) throw new Error("the set is gone");
  return read;
}

const outside = () => new SetRun(app).topics();

describe("a refresh of a set", () => {
  test("changes nothing where nothing changed, and is one call whatever the number of topics", async () => {
    const set = await given(many(200), { adopt: "any", onRemove: "retain", exclusive: true });
    const read = await refreshed(set);
    expect(read.outputs).toEqual(set.outputs);
    expect(read.inputs).toEqual(set.inputs);
    expect(app.commands()).toEqual(["get_topic"]);
  });

  test("shares its call with the refresh of another set and of single topics of the same community", async () => {
    const one = await given({ general });
    const two = await given({ rules });
    const run = new SetRun(app);
    const topics = await run.topics();
    await Promise.all([run.refresh(one), run.refresh(two), topics.readShared(GROUP, idOf("general"))]);
    expect(app.commands()).toEqual(["get_topic"]);
  });

  test("shows outside edits of declared fields, in the outputs and in the inputs, and no others", async () => {
    const set = await given();
    await (await outside()).modify(GROUP, idOf("general"), {
      topicName: "Hijacked",
      introduction: "",
      notification: "theirs",
      muteAllMember: true,
    });
    const read = await refreshed(set);
    expect(topicsOf(read)).toEqual({ general: { topicName: "Hijacked", introduction: "" }, rules });
    expect(read.inputs.topics).toEqual(read.outputs.topics);
    expect(new SetRun(app).diff(read, BOTH)).toEqual({ changes: true, replaces: [], warnings: [] });
  });

  test("shows a mute flag that was declared as on and is off", async () => {
    const set = await given();
    await (await outside()).modify(GROUP, idOf("rules"), { muteAllMember: false });
    expect(topicsOf(await refreshed(set)).rules).toEqual({ ...rules, muteAllMember: false });
  });

  test("keeps create-only values as they were declared: they take no part in drift", async () => {
    const set = await given({ general: { ...general, createTime: 1 } });
    await (await outside()).destroy(GROUP, idOf("general"));
    await (await outside()).import({ groupId: GROUP, topicId: idOf("general"), ...general, createTime: 2 });
    expect(topicsOf(await refreshed(set)).general).toEqual({ ...general, createTime: 1 });
  });

  test("drops topics that are gone, from the topics and from the ids", async () => {
    const set = await given();
    await (await outside()).destroy(GROUP, idOf("general"));
    const read = await refreshed(set);
    expect(topicsOf(read)).toEqual({ rules });
    expect(read.outputs.topicIds).toEqual(idsOf("rules"));
    expect(read.inputs).toMatchObject({ topics: { rules }, topicIds: idsOf("rules") });
    expect(new SetRun(app).diff(read, BOTH)).toEqual({ changes: true, replaces: [], warnings: [] });
  });

  test("of a set whose topics are all gone leaves an empty set", async () => {
    const set = await given();
    for (const key of Object.keys(BOTH)) await (await outside()).destroy(GROUP, idOf(key));
    expect(topicsOf(await refreshed(set))).toEqual({});
  });

  test("of an empty set is an empty set", async () => {
    const set = await given({});
    expect((await refreshed(set)).outputs).toEqual(set.outputs);
  });

  test("finds topics under their labels", async () => {
    const set = await given({ talk: { ...general, topicId: idOf("general") } });
    await (await outside()).modify(GROUP, idOf("general"), { topicName: "Hijacked" });
    const read = await refreshed(set);
    expect(topicsOf(read)).toEqual({ talk: { ...general, topicName: "Hijacked", topicId: idOf("general") } });
    expect(read.outputs.topicIds).toEqual({ talk: idOf("general") });
  });

  test("finds topics whose keys objects have by themselves", async () => {
    const topics = JSON.parse('{"constructor":{"topicName":"C"},"__proto__":{"topicName":"P"}}');
    const set = await given(topics);
    expect(Object.entries(topicsOf(await refreshed(set))).sort()).toEqual(Object.entries(topicsOf(set)).sort());
  });

  test("leaves out topics that nobody declared", async () => {
    const set = await given();
    await (await outside()).import({ groupId: GROUP, topicId: idOf("theirs"), topicName: "Theirs" });
    expect(topicsOf(await refreshed(set))).toEqual(BOTH);
  });

  test("tells that the community is gone", async () => {
    const set = await given();
    const seed = app.emulator.state();
    await app.emulator.reset({ apps: [{ ...seed.apps[0], communities: [] }] } as never);
    expect(await new SetRun(app).refresh(set)).toBeUndefined();
  });

  test("fails, and forgets nothing, where the service fails", async () => {
    const set = await given();
    app.fault({ kind: "error", command: "get_topic", code: 60010 });
    expect(await failureOf(new SetRun(app).refresh(set))).toMatchObject({ serviceCode: 60010 });
    app.fault({ kind: "error", command: "get_topic", code: 10007, perItem: true });
    expect(await failureOf(new SetRun(app).refresh(set))).toMatchObject({ serviceCode: 10007 });
  });

  test("with the settings of another app is refused before any call", async () => {
    const set = await given();
    const run = new SetRun(app, { sdkAppId: "1400000002" });
    expect(await failureOf(run.refresh(set))).toBeInstanceOf(WrongAppError);
    expect(app.commands()).toEqual([]);
  });
});

describe("a refresh of an exclusive set", () => {
  const assigned = idOf("@TOPIC#_cABCDEFGHIJKLMNOPQR");
  const exclusive = { exclusive: true };

  async function withOthers(): Promise<StoredSet> {
    const set = await given(BOTH, exclusive);
    const seed = app.emulator.state();
    const [community, ...others] = seed.apps[0]?.communities ?? [];
    const topics = [
      ...(community?.topics ?? []),
      { topicKey: "theirs", topicName: "Theirs", introduction: "i", muteAllMember: true },
      { topicId: assigned, topicName: "Assigned" },
    ];
    await app.emulator.reset({
      apps: [{ ...seed.apps[0], communities: [{ ...community, topics }, ...others] }],
    } as never);
    return set;
  }

  test("shows topics that nobody declared, by their keys and names, also those that the service named", async () => {
    const read = await refreshed(await withOthers());
    const extra = { theirs: { topicName: "Theirs" }, "@TOPIC#_cABCDEFGHIJKLMNOPQR": { topicName: "Assigned" } };
    expect(topicsOf(read)).toEqual({ ...BOTH, ...extra });
    expect(read.outputs.topicIds).toEqual({ ...idsOf("general", "rules"), ...idsOf(...Object.keys(extra)) });
    expect(read.inputs.topics).toEqual(read.outputs.topics);
  });

  test("is followed by a preview that warns of each, and an up that removes them", async () => {
    const read = await refreshed(await withOthers());
    expect(new SetRun(app).diff(read, BOTH, exclusive)).toMatchObject({
      changes: true,
      warnings: [expect.stringMatching(/^This destroys 2 topics: theirs, @TOPIC#_cABCDEFGHIJKLMNOPQR\./)],
    });
    const set = await new SetRun(app).up(read, BOTH, exclusive);
    expect(topicsOf(set)).toEqual(BOTH);
    expect(
      app
        .liveTopics()
        .map(({ topicId }) => topicId)
        .sort(),
    ).toEqual([idOf("general"), idOf("rules")]);
  });

  test("is followed by an up that keeps those with messages, and fails for them", async () => {
    const set = await withOthers();
    app.emulator.addMessages(assigned, 1);
    const failed = await new SetRun(app).up(await refreshed(set), BOTH, exclusive);
    expect(failed.failure?.reasons[1]).toMatch(/was not destroyed: it has messages/);
    expect(Object.values(failed.outputs.topicIds as object)).toEqual([idOf("general"), idOf("rules"), assigned]);
  });

  test("is the first to show them: an up without it removes nothing that no preview could show", async () => {
    const set = await withOthers();
    await new SetRun(app).up(set, { ...BOTH, ...many(2) }, exclusive);
    expect(app.live("theirs")).toBeDefined();
  });

  test("shows them under their ids where a label has their key, and loses neither", async () => {
    const label = { theirs: { ...general, topicId: idOf("general") } };
    const set = await given(label, exclusive);
    await (await outside()).import({ groupId: GROUP, topicId: idOf("theirs"), topicName: "Theirs" });
    const read = await refreshed(set);
    expect(topicsOf(read)).toEqual({ ...label, [idOf("theirs")]: { topicName: "Theirs", topicId: idOf("theirs") } });
    expect(new SetRun(app).diff(read, label, exclusive).warnings).toHaveLength(1);
  });

  test("shows one called __proto__ under its id, since Pulumi's wire drops that key", async () => {
    const set = await given({}, exclusive);
    await (await outside()).import({ groupId: GROUP, topicId: idOf("__proto__"), topicName: "Theirs" });
    expect(topicsOf(await refreshed(set))).toEqual({
      [idOf("__proto__")]: { topicName: "Theirs", topicId: idOf("__proto__") },
    });
  });
});

describe("the fingerprint", () => {
  const fingerprintOf = async (topics: Topics, more: Properties = {}): Promise<unknown> => {
    await app.reset();
    return (await given(topics, more)).outputs.fingerprint;
  };

  test("is the same in another order, with other policies, and for topics under labels", async () => {
    const before = await fingerprintOf(BOTH);
    expect(await fingerprintOf({ rules, general })).toBe(before);
    expect(await fingerprintOf(BOTH, { adopt: "any", onRemove: "retain", exclusive: true })).toBe(before);
    expect(await fingerprintOf({ rules, general: { ...general, topicId: idOf("elsewhere") } })).toBe(before);
  });

  test("is the same where fields stand in another order, and where create-only values differ", async () => {
    const before = await fingerprintOf(BOTH);
    const { createTime, fromAccount, ...plain } = rules;
    expect(await fingerprintOf({ general: { introduction: "Everything", topicName: "General" }, rules: plain })).toBe(
      before,
    );
  });

  test("is the same in another community of another app", async () => {
    const before = await fingerprintOf(BOTH);
    const other = { sdkAppId: 1400000009, secretKey: "another-key-that-opens-nothing-0123456789" };
    const groupId = "@TGS#_elsewhere";
    await app.emulator.reset({
      apps: [{ ...other, accounts: ["alice"], communities: [{ groupId, name: "Elsewhere" }] }],
    });
    const run = new SetRun(app, { sdkAppId: String(other.sdkAppId), secretKey: other.secretKey });
    expect((await run.up(undefined, BOTH, { groupId })).outputs.fingerprint).toBe(before);
  });

  test.each<[string, Topics]>([
    ["a name", { rules, general: { ...general, topicName: "Talk" } }],
    ["a text", { rules, general: { ...general, introduction: "Other" } }],
    ["a text that is empty", { rules, general: { ...general, introduction: "" } }],
    ["a text that is not declared", { rules, general: { topicName: "General" } }],
    ["a text under another field", { rules, general: { topicName: "General", notification: "Everything" } }],
    ["a further text", { rules, general: { ...general, faceUrl: "https://example.com" } }],
    ["the mute flag", { general, rules: { ...rules, muteAllMember: false } }],
    ["a mute flag that is not declared", { general, rules: { topicName: "Rules" } }],
    ["a key", { rules, talk: general }],
    ["two topics that change keys", { general: rules, rules: general }],
    ["a topic less", { general }],
    ["a topic more", { ...BOTH, extra: general }],
    ["no topics", {}],
  ])("is another one for %s", async (_, topics) => {
    expect(await fingerprintOf(topics)).not.toBe(await fingerprintOf(BOTH));
  });

  test.each<[string, Properties]>([
    ["an empty text", { introduction: "" }],
    ["a mute flag that is off", { muteAllMember: false }],
  ])("is another one where %s is declared than where nothing is", async (_, field) => {
    const topic = { topicName: "General" };
    expect(await fingerprintOf({ general: { ...topic, ...field } })).not.toBe(await fingerprintOf({ general: topic }));
  });

  test("is another one after a refresh that found an outside edit, and the former one after the next up", async () => {
    const set = await given();
    await (await outside()).modify(GROUP, idOf("general"), { topicName: "Hijacked" });
    const read = await refreshed(set);
    expect(read.outputs.fingerprint).not.toBe(set.outputs.fingerprint);
    expect(read.inputs).not.toHaveProperty("fingerprint");
    expect((await new SetRun(app).up(read, BOTH)).outputs.fingerprint).toBe(set.outputs.fingerprint);
  });

  test("is the one of its topics after a refresh that dropped some", async () => {
    const set = await given();
    await (await outside()).destroy(GROUP, idOf("general"));
    expect((await refreshed(set)).outputs.fingerprint).toBe(await fingerprintOf({ rules }));
  });
});

test("a read of the same outputs twice gives the same outputs", async () => {
  const set = await given();
  const once = await LIFECYCLES.ChatTopicSet.read(new SetRun(app), GROUP, set.outputs);
  const twice = await LIFECYCLES.ChatTopicSet.read(new SetRun(app), GROUP, once?.outputs ?? {});
  expect(twice).toEqual(once);
});
