import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ChatError } from "../../../provider/chat/errors/index.js";
import { TopicInUseError, WrongAppError } from "../../../provider/lifecycle/errors/index.js";
import { engineText } from "../../../provider/pulumi/error-text.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { failureOf, GROUP, idOf, TestApp } from "../../chat/test-app.js";
import { many, SetRun, type StoredSet, type Topics, urnOfSet } from "./set-run.js";

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

const THREE = { general: { topicName: "General" }, rules: { topicName: "Rules" }, news: { topicName: "News" } };

async function given(topics: Topics = THREE, more: Properties = {}): Promise<StoredSet> {
  const set = await new SetRun(app).up(undefined, topics, more);
  app.emulator.clearRequests();
  return set;
}

async function withoutCommunity(): Promise<void> {
  const seed = app.emulator.state();
  await app.emulator.reset({ apps: [{ ...seed.apps[0], communities: [] }] } as never);
}

function liveKeys(): string[] {
  return app
    .liveTopics()
    .map(({ topicId }) => String(topicId).slice(idOf("").length))
    .sort();
}

describe("the deletion of a set", () => {
  test("destroys 200 topics by one look and four calls of 50 ids", async () => {
    await new SetRun(app).delete(await given(many(200)));
    expect(app.commands()).toEqual(["get_topic", ...Array(4).fill("destroy_topic")]);
    for (const { body } of app.requests("destroy_topic")) expect(body.TopicIdList).toHaveLength(50);
    expect(liveKeys()).toEqual([]);
  });

  test("destroys without a look where onRemove destroys whatever is in the topics", async () => {
    const set = await given(THREE, { onRemove: "destroy" });
    app.emulator.addMessages(idOf("rules"), 2);
    await new SetRun(app).delete(set);
    expect(app.commands()).toEqual(["destroy_topic"]);
    expect(liveKeys()).toEqual([]);
  });

  test("makes no call where onRemove retains", async () => {
    expect(await new SetRun(app).delete(await given(THREE, { onRemove: "retain" }))).toEqual({ warnings: [] });
    expect(app.commands()).toEqual([]);
    expect(liveKeys()).toEqual(["general", "news", "rules"]);
  });

  test("makes no call for an empty set", async () => {
    await new SetRun(app).delete(await given({}));
    expect(app.commands()).toEqual([]);
  });

  test("destroys topics by their ids, whatever their labels, and none that nobody declared", async () => {
    const set = await given({ talk: { topicName: "General", topicId: idOf("general") } });
    const topics = await new SetRun(app).topics();
    await topics.import({ groupId: GROUP, topicId: idOf("talk"), topicName: "Theirs" });
    await new SetRun(app).delete(set);
    expect(liveKeys()).toEqual(["talk"]);
  });

  test("tells its progress on the set's row, and ends with all topics", async () => {
    const run = new SetRun(app);
    await run.delete(await given());
    expect(run.lines.at(-1)).toEqual({ text: "3 of 3 topics", urn: urnOfSet("topics"), isLast: true });
  });

  test("ends its progress with a last line also where some topics were not tried", async () => {
    const set = await given(many(200), { onRemove: "destroy" });
    app.fault({ kind: "error", command: "destroy_topic", code: 60010, times: 2 });
    const run = new SetRun(app);
    const lines = (await textOf(run.delete(set))).split("\n");
    expect(lines.at(-1)).toMatch(/^- 100 topics were not tried after that: /);
    expect(run.lines.map(({ isLast }) => isLast)).toEqual([...Array(100).fill(false), true]);
    expect(run.lines.at(-1)).toEqual({ text: "0 of 200 topics", urn: urnOfSet("topics"), isLast: true });
  });

  test("with the settings of another app is refused before any call", async () => {
    const set = await given();
    expect(await failureOf(new SetRun(app, { sdkAppId: "1400000002" }).delete(set))).toBeInstanceOf(WrongAppError);
    expect(app.commands()).toEqual([]);
  });
});

test("a set that is replaced by one in a community that does not exist stays whole", async () => {
  const set = await given(THREE, { onRemove: "destroy" });
  const run = new SetRun(app);
  expect(run.diff(set, THREE, { groupId: "@TGS#_mistyped", onRemove: "destroy" }).replaces).toEqual(["groupId"]);
  expect((await failureOf(run.delete(set))).message).toMatch(
    /^Community @TGS#_mistyped does not exist .*Nothing was destroyed/,
  );
  expect(liveKeys()).toEqual(Object.keys(THREE).sort());
});

describe("a topic with messages", () => {
  test("keeps the whole set from being destroyed, and is named with the way on", async () => {
    const set = await given();
    app.emulator.addMessages(idOf("rules"), 2);
    const error = await failureOf(new SetRun(app).delete(set));
    expect(error).toBeInstanceOf(TopicInUseError);
    expect(error.message).toMatch(/^Topic "rules" in @TGS#_players was not destroyed: it has messages.*What to do: /);
    expect(error.message).toMatch(
      /declare it in the set again, under any key with `topicId: "@TGS#_players@TOPIC#_rules"`/,
    );
    expect(error.message).toMatch(/`onRemove: "retain"` .*on the set/);
    expect(app.commands()).toEqual(["get_topic"]);
    expect(liveKeys()).toEqual(["general", "news", "rules"]);
  });

  test("is named together with the others that have any", async () => {
    const set = await given();
    app.emulator.addMessages(idOf("rules"), 2);
    app.emulator.addMessages(idOf("news"), 1);
    const text = await textOf(new SetRun(app).delete(set));
    expect(text.replace(/the last at [^)]+/, "the last at <time>")).toBe(
      "None of the 3 topics of the set in @TGS#_players was destroyed.\n" +
        '- Topic "rules" in @TGS#_players was not destroyed: it has messages (the next one gets number 3, the last at ' +
        "<time>), and they could not be brought back. What to do: to keep it, declare it in the set again, under any key " +
        'with `topicId: "@TGS#_players@TOPIC#_rules"`. Otherwise put `onRemove: "destroy"` (it goes, with its messages) or ' +
        '`onRemove: "retain"` (it stays, no longer managed) on the set and run `pulumi up`; if the whole set is to go, ' +
        "remove it after that. (2 topics: rules, news.)",
    );
  });

  test("that came after the last refresh counts: the look is fresh", async () => {
    const set = await given();
    const run = new SetRun(app);
    await run.refresh(set);
    app.emulator.addMessages(idOf("rules"), 2);
    expect(await failureOf(run.delete(set))).toBeInstanceOf(TopicInUseError);
  });
});

describe("a topic that another resource of the run declares", () => {
  test.each(["unused", "destroy"])("is left with its messages, with a warning, under onRemove %s", async (onRemove) => {
    const set = await given(THREE, { onRemove });
    app.emulator.addMessages(idOf("rules"), 2);
    const run = new SetRun(app);
    run.declarations.declare([idOf("rules")], urnOfSet("others"), String);
    expect(await run.delete(set)).toEqual({
      warnings: ['Topic "rules" in @TGS#_players was not destroyed: ChatTopicSet "others" declares it now.'],
    });
    expect(liveKeys()).toEqual(["rules"]);
  });

  test("is no warning where the set retains anyway", async () => {
    const set = await given(THREE, { onRemove: "retain" });
    const run = new SetRun(app);
    run.declarations.declare([idOf("rules")], urnOfSet("others"), String);
    expect(await run.delete(set)).toEqual({ warnings: [] });
  });
});

describe("what is gone already", () => {
  test.each(["unused", "destroy"])("is a success: a topic, under onRemove %s", async (onRemove) => {
    const set = await given(THREE, { onRemove });
    await (await new SetRun(app).topics()).destroy(GROUP, idOf("rules"));
    expect(await new SetRun(app).delete(set)).toEqual({ warnings: [] });
    expect(liveKeys()).toEqual([]);
  });

  test.each(["unused", "destroy"])("is a success: the community, under onRemove %s", async (onRemove) => {
    const set = await given(THREE, { onRemove });
    await withoutCommunity();
    expect(await new SetRun(app).delete(set)).toEqual({ warnings: [] });
  });

  test("is a success: the whole set, deleted twice", async () => {
    const set = await given();
    await new SetRun(app).delete(set);
    expect(await new SetRun(app).delete(set)).toEqual({ warnings: [] });
  });

  test("needs one look and nothing else where nothing is left", async () => {
    const set = await given();
    await withoutCommunity();
    await new SetRun(app).delete(set);
    expect(app.commands()).toEqual(["get_topic"]);
  });
});

/** What the engine shows of a failure. */
async function textOf(call: Promise<unknown>): Promise<string> {
  const error = await failureOf(call);
  if (!(error instanceof ChatError)) throw error;
  return engineText(error, { settings: undefined });
}

describe("a deletion that fails", () => {
  test("because the look fails destroys nothing", async () => {
    const set = await given();
    app.fault({ kind: "error", command: "get_topic", code: 60010 });
    expect(await failureOf(new SetRun(app).delete(set))).toMatchObject({ serviceCode: 60010 });
    expect(liveKeys()).toEqual(["general", "news", "rules"]);
  });

  test("for some topics tells of each, and is finished by the next one", async () => {
    const set = await given();
    app.fault({ kind: "error", command: "destroy_topic", code: 10007, perItem: true });
    expect(await textOf(new SetRun(app).delete(set))).toBe(
      "3 topics in @TGS#_players were not destroyed, as far as is known.\n" +
        '- destroy_topic "general" in @TGS#_players: 10007, the operation is not permitted. What to do: check that the ' +
        "group is a Community with topics on, and that the admin account may change it. (3 topics: general, rules, news.)",
    );
    await new SetRun(app).delete(set);
    expect(liveKeys()).toEqual([]);
  });

  test("because an answer was lost is tried again, and that is a success", async () => {
    const set = await given();
    app.fault({ kind: "drop-after", command: "destroy_topic" });
    expect(await new SetRun(app).delete(set)).toEqual({ warnings: [] });
    expect(liveKeys()).toEqual([]);
  });
});
