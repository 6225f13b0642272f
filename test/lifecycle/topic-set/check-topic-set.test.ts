import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LifecycleContext } from "../../../provider/lifecycle/lifecycle.js";
import { UNKNOWN } from "../../../provider/lifecycle/unknown.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { SettingsError } from "../../../provider/settings/settings-error.js";
import { GROUP, idOf, SDK_APP_ID } from "../../chat/test-app.js";
import { CHECKS } from "../checks.js";
import { offline } from "../run-context.js";
import { urnOf } from "../topic/test-run.js";
import { idsOf, many, urnOfSet } from "./set-run.js";

interface Options {
  readonly context?: LifecycleContext;
  readonly name?: string;
  readonly old?: Properties;
}

function check(topics: unknown, more: Properties = {}, options: Options = {}) {
  const { context = offline(), name = "topics", old = {} } = options;
  return CHECKS.ChatTopicSet(context, old, { groupId: GROUP, topics, ...more, __urn: urnOfSet(name) });
}

function reasons(topics: unknown, more?: Properties, options?: Options): string[] {
  return check(topics, more, options).failures.map(({ reason }) => reason);
}

const general = { topicName: "General" };
const rules = { topicName: "Rules" };
const EVERY_FIELD = {
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

describe("a right declaration of a set", () => {
  test("becomes inputs with the ids that its topics will have, the app, and its row", () => {
    expect(check({ general, rules }, { adopt: "any", onRemove: "retain", exclusive: true })).toEqual({
      failures: [],
      warnings: [],
      inputs: {
        groupId: GROUP,
        topics: { general, rules },
        topicIds: idsOf("general", "rules"),
        adopt: "any",
        onRemove: "retain",
        exclusive: true,
        sdkAppId: SDK_APP_ID,
        __urn: urnOfSet("topics"),
      },
    });
  });

  test("may use every field of a topic at once", () => {
    const { inputs, failures } = check({ general: EVERY_FIELD });
    expect(failures).toEqual([]);
    expect(inputs.topics).toEqual({ general: EVERY_FIELD });
  });

  test("may have no topics", () => {
    expect(check({})).toMatchObject({ failures: [], warnings: [], inputs: { topics: {}, topicIds: {} } });
  });

  test("may leave texts empty, and give null for what it leaves out", () => {
    const topic = { ...general, introduction: "", notification: null, createTime: null, topicId: null };
    const { inputs, failures } = check({ general: topic }, { adopt: null });
    expect(failures).toEqual([]);
    expect(inputs.topics).toEqual({ general: { topicName: "General", introduction: "" } });
    expect(inputs).not.toHaveProperty("adopt");
  });

  test("may call a topic what it likes where the topic has its id: 常规", () => {
    const topics = { 常规: { ...general, topicId: idOf("general") } };
    expect(check(topics)).toMatchObject({ failures: [], inputs: { topicIds: { 常规: idOf("general") } } });
  });

  test("may hold a topic whose id the service assigned", () => {
    const topicId = idOf("@TOPIC#_cABCDEFGHIJKLMNOPQR");
    expect(check({ lobby: { ...general, topicId } })).toMatchObject({
      failures: [],
      inputs: { topicIds: { lobby: topicId } },
    });
  });

  test("may give a topic the key of another one as its label", () => {
    const topics = { a: { ...general, topicId: idOf("b") }, b: { ...rules, topicId: idOf("a") } };
    expect(check(topics)).toMatchObject({ failures: [], inputs: { topicIds: { a: idOf("b"), b: idOf("a") } } });
  });

  test("may use keys that objects have by themselves", () => {
    const { inputs, failures } = check({ constructor: general, toString: rules, hasOwnProperty: general });
    expect(failures).toEqual([]);
    expect(inputs.topicIds).toEqual(idsOf("constructor", "toString", "hasOwnProperty"));
  });

  test("is left as the program gave it", () => {
    const topics = Object.freeze({ general: Object.freeze({ ...general, introduction: null }) });
    expect(check(topics).failures).toEqual([]);
    expect(topics).toEqual({ general: { ...general, introduction: null } });
  });
});

describe("a wrong declaration of a set fails at preview:", () => {
  test.each<[string, Properties, string, RegExp]>([
    ["no group id", { groupId: null }, "groupId", /^`groupId` is required/],
    ["a group id without @TGS#_", { groupId: "players" }, "groupId", /^`groupId` must start with @TGS#_/],
    ["a group id of 49 bytes", { groupId: `@TGS#_${"x".repeat(43)}` }, "groupId", /^`groupId` is 49 bytes/],
    ["a number as group id", { groupId: 42 }, "groupId", /^`groupId` must be a string, not the number 42/],
    ["no topics", { topics: null }, "topics", /^`topics` is required/],
    ["a list of topics", { topics: [general] }, "topics", /^`topics` must be an object of topics by topic key/],
    ["a text as topics", { topics: "general" }, "topics", /^`topics` must be an object of topics by topic key/],
    ["an unknown adopt", { adopt: "all" }, "adopt", /^`adopt` must be one of "unused", "matching", "any", "none"/],
    [
      "an unknown onRemove",
      { onRemove: "keep" },
      "onRemove",
      /^`onRemove` must be one of "unused", "destroy", "retain"/,
    ],
    [
      "exclusive as text",
      { exclusive: "yes" },
      "exclusive",
      /^`exclusive` must be true or false, not the string "yes"/,
    ],
    [
      "an argument that does not exist",
      { topicName: "General" },
      "topicName",
      /^`topicName` is not an argument of ChatTopicSet; it has groupId, topics, adopt, onRemove, exclusive/,
    ],
    ["an output as argument: topicIds", { topicIds: {} }, "topicIds", /^`topicIds` is not an argument/],
    ["an output as argument: fingerprint", { fingerprint: "0" }, "fingerprint", /^`fingerprint` is not an argument/],
    ["an output as argument: sdkAppId", { sdkAppId: 1 }, "sdkAppId", /^`sdkAppId` is not an argument/],
  ])("%s", (_, more, property, reason) => {
    expect(check({}, more).failures).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  });

  const key = '`topics\\["general"\\]';
  test.each<[string, unknown, string, string]>([
    ["a topic that is a text", "General", "", `${key}\` must be an object with the topic's fields`],
    ["a topic that is null", null, "", `${key}\` must be an object`],
    ["a topic that is a list", [general], "", `${key}\` must be an object`],
    ["no name", {}, ".topicName", `${key}.topicName\` is required`],
    ["an empty name", { topicName: "" }, ".topicName", `${key}.topicName\` must not be empty`],
    [
      "a name of 31 bytes",
      { topicName: "x".repeat(31) },
      ".topicName",
      `${key}.topicName\` is 31 bytes of UTF-8, 1 over the limit of 30; the longest start that fits is “x{30}”`,
    ],
    [
      "a Chinese name of 12 characters",
      { topicName: "世界频道公告板综合讨论区" },
      ".topicName",
      `${key}.topicName\` is 36 bytes of UTF-8, 6 over the limit of 30; .* “世界频道公告板综合讨”`,
    ],
    ["241 bytes", { ...general, introduction: "x".repeat(241) }, ".introduction", "over the limit of 240;"],
    ["301 bytes", { ...general, notification: "x".repeat(301) }, ".notification", "over the limit of 300;"],
    ["101 bytes", { ...general, faceUrl: "x".repeat(101) }, ".faceUrl", "over the limit of 100;"],
    ["3,001 bytes", { ...general, customString: "x".repeat(3001) }, ".customString", "over the limit of 3000;"],
    ["half of an emoji", { topicName: "a\ud83c" }, ".topicName", "holds half of a surrogate pair"],
    ["a NUL", { ...general, introduction: "a\0b" }, ".introduction", "holds a NUL character"],
    ["an object as text", { ...general, introduction: {} }, ".introduction", "must be a string, not an object"],
    ["milliseconds", { ...general, createTime: 1448357837000 }, ".createTime", "looks like milliseconds"],
    ["a negative time", { ...general, createTime: -1 }, ".createTime", "must be a whole number of Unix seconds"],
    ["an account of 33 bytes", { ...general, fromAccount: "x".repeat(33) }, ".fromAccount", "is 33 bytes"],
    ["an empty account", { ...general, fromAccount: "" }, ".fromAccount", "must not be empty"],
    ["the wire's word for mute", { ...general, muteAllMember: "On" }, ".muteAllMember", "must be true or false"],
    [
      "an id of another community",
      { ...general, topicId: "@TGS#_o@TOPIC#_a" },
      ".topicId",
      `${key}.topicId\` is of the community “@TGS#_o”, not of \`groupId\``,
    ],
    ["a key in place of an id", { ...general, topicId: "lobby" }, ".topicId", "must be a full id"],
    ["a number as id", { ...general, topicId: 7 }, ".topicId", "must be a string, not the number 7"],
    [
      "an argument that only a ChatTopic has",
      { ...general, topicKey: "a" },
      ".topicKey",
      `${key}.topicKey\` is not an argument of a topic of ChatTopicSet; it has topicName, `,
    ],
    ["a policy on a topic", { ...general, onRemove: "retain" }, ".onRemove", "is not an argument of a topic"],
    ["the vendor's spelling", { ...general, TopicName: "General" }, ".TopicName", "is not an argument of a topic"],
    ["a name that objects have", { ...general, toString: "x" }, ".toString", "is not an argument of a topic"],
  ])("%s", (_, topic, field, reason) => {
    expect(check({ general: topic }).failures).toEqual([
      { property: `topics["general"]${field}`, reason: expect.stringMatching(new RegExp(reason)) },
    ]);
  });

  test.each<[string, string, RegExp]>([
    ["a key with @TOPIC#_ in it", "a@TOPIC#_b", /^`topics\["a@TOPIC#_b"\]` as a topic key must not contain @TOPIC#_/],
    ["a full id as key", idOf("a"), /as a topic key must not contain @TOPIC#_.* or the full id as `topicId`/],
    ["an empty key", "", /^`topics\[""\]` as a topic key must not be empty/],
    ["a key of the service's form", "@TOPIC#abc", /as a topic key must not start with @TOPIC#/],
    ["a key in Chinese", "常规", /^`topics\["常规"\]` as a topic key may only hold printable ASCII/],
    ["a key with a quote, which the path escapes", 'a"\u0007', /^`topics\["a\\"\\u0007"\]` as a topic key may only/],
    ["a key that makes the id 97 bytes", "k".repeat(76), /makes a topic id of 97 bytes, 1 over the limit of 96/],
  ])("%s", (_, topicKey, reason) => {
    expect(reasons({ [topicKey]: general }).at(-1)).toMatch(reason);
  });

  test("a key of 75 bytes, just not: its id has the 96 bytes that an id may have", () => {
    expect(reasons({ ["k".repeat(75)]: general })).toEqual([]);
  });

  test("a text over a limit that the settings raise, just not", () => {
    const context = offline({ byteLimits: '{"topicName":150}' });
    expect(reasons({ general: { topicName: "x".repeat(150) } }, {}, { context })).toEqual([]);
    expect(reasons({ general: { topicName: "x".repeat(151) } }, {}, { context })).toHaveLength(1);
  });

  test("all faults at once, each with its path", () => {
    const { failures } = check(
      {
        general: { topicName: "x".repeat(31), introduction: "x".repeat(241), colour: "red" },
        "a@TOPIC#_b": { topicName: "", createTime: 1448357837000 },
        none: {},
        text: "x",
        label: { ...general, topicId: "@TGS#_o@TOPIC#_a" },
      },
      { adopt: "all", size: 3 },
    );
    expect(failures.map(({ property }) => property).sort()).toEqual([
      "adopt",
      "size",
      'topics["a@TOPIC#_b"]',
      'topics["a@TOPIC#_b"].createTime',
      'topics["a@TOPIC#_b"].topicName',
      'topics["general"].colour',
      'topics["general"].introduction',
      'topics["general"].topicName',
      'topics["label"].topicId',
      'topics["none"].topicName',
      'topics["text"]',
    ]);
  });

  test("also wrong settings, in the same go", () => {
    const context = {
      ...offline(),
      settings: () => {
        throw new SettingsError(["region is missing"]);
      },
    };
    expect(reasons({ general: { topicName: "x".repeat(31) } }, {}, { context })).toEqual([
      expect.stringContaining("region is missing"),
      expect.stringContaining('`topics["general"].topicName` is 31 bytes'),
    ]);
  });

  test("two keys of one topic, naming both", () => {
    expect(check({ general, talk: { ...general, topicId: idOf("general") } }).failures).toEqual([
      {
        property: 'topics["talk"]',
        reason: `\`topics["talk"]\` names the same topic as topics["general"], “${idOf("general")}”`,
      },
    ]);
  });

  test("three keys of one topic, one fault for each that is too many", () => {
    const topic = { ...general, topicId: idOf("x") };
    expect(check({ a: topic, b: topic, c: topic }).failures.map(({ property }) => property)).toEqual([
      'topics["b"]',
      'topics["c"]',
    ]);
  });
});

describe("the number of topics", () => {
  test("may be 200", () => {
    expect(check(many(200)).warnings).toEqual([]);
  });

  test("is a warning from 201 on, and no fault: the quota's present value is not documented", () => {
    const { failures, warnings } = check(many(201));
    expect(failures).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(/^201 topics are declared for one community\..* 200; .* 10037\.$/),
    ]);
  });
});

describe("values of a set that are not known yet", () => {
  test.each(["groupId", "topics", "adopt", "onRemove", "exclusive"])(
    "%s may be one, and stays in its place",
    (name) => {
      const { inputs, failures } = check({ general }, { [name]: UNKNOWN });
      expect(failures).toEqual([]);
      expect(inputs[name]).toBe(UNKNOWN);
    },
  );

  test.each(Object.keys(EVERY_FIELD))("a topic's %s may be one, and stays in its place", (name) => {
    const { inputs, failures } = check({ general: { ...general, [name]: UNKNOWN } });
    expect(failures).toEqual([]);
    expect(inputs.topics).toEqual({ general: { ...general, [name]: UNKNOWN } });
  });

  test("a whole topic may be one, and its id is known all the same unless it carries one", () => {
    const { inputs, failures, warnings } = check({ general: UNKNOWN, rules });
    expect(failures).toEqual([]);
    expect(warnings).toEqual([]);
    expect(inputs.topics).toEqual({ general: UNKNOWN, rules });
    expect(inputs.topicIds).toEqual({ general: UNKNOWN, rules: idOf("rules") });
  });

  test("an unknown topicId leaves only its own id open", () => {
    const { inputs } = check({ general: { ...general, topicId: UNKNOWN }, rules });
    expect(inputs.topicIds).toEqual({ general: UNKNOWN, rules: idOf("rules") });
  });

  test("an unknown field of a topic leaves its id known", () => {
    const { inputs } = check({ general: { topicName: UNKNOWN } });
    expect(inputs.topicIds).toEqual(idsOf("general"));
  });

  test("an unknown group leaves all ids open, under their keys", () => {
    const { inputs } = check({ general, rules }, { groupId: UNKNOWN });
    expect(inputs.topicIds).toEqual({ general: UNKNOWN, rules: UNKNOWN });
  });

  test("unknown topics leave all ids open", () => {
    expect(check(UNKNOWN).inputs.topicIds).toBe(UNKNOWN);
  });

  test("what is known beside them is still judged", () => {
    const topics = { 常规: general, rules: { topicName: "x".repeat(31), introduction: UNKNOWN }, open: UNKNOWN };
    expect(check(topics, { groupId: UNKNOWN }).failures.map(({ property }) => property)).toEqual([
      'topics["常规"]',
      'topics["rules"].topicName',
    ]);
  });

  test("two topics whose ids are not known yet are not taken for one", () => {
    const topic = { ...general, topicId: UNKNOWN };
    expect(reasons({ a: topic, b: topic })).toEqual([]);
    expect(reasons({ a: topic, b: { ...general, topicId: idOf("b") } }, { groupId: UNKNOWN })).toEqual([]);
  });

  test("sets of one unknown group are not taken for declaring a topic twice", () => {
    const context = offline();
    expect(reasons({ general }, { groupId: UNKNOWN }, { context, name: "a" })).toEqual([]);
    expect(reasons({ general }, { groupId: UNKNOWN }, { context, name: "b" })).toEqual([]);
  });
});

describe("create-only values of a topic in a set", () => {
  const VALUES = [
    ["createTime", 1448357837, 1448357838],
    ["fromAccount", "alice", "bob"],
  ] as const;

  test.each(VALUES)("%s may be added, removed, kept, or be unknown", (name, value) => {
    const without = check({ general }).inputs;
    const having = check({ general: { ...general, [name]: value } }).inputs;
    expect(reasons({ general: { ...general, [name]: value } }, {}, { old: without })).toEqual([]);
    expect(reasons({ general }, {}, { old: having })).toEqual([]);
    expect(reasons({ general: { ...general, [name]: value } }, {}, { old: having })).toEqual([]);
    expect(reasons({ general: { ...general, [name]: UNKNOWN } }, {}, { old: having })).toEqual([]);
    expect(reasons({ general: UNKNOWN }, {}, { old: having })).toEqual([]);
    expect(reasons(UNKNOWN, {}, { old: having })).toEqual([]);
  });

  test.each(VALUES)(
    "%s may differ where it is another topic: by its key, its id, or its community",
    (name, before, after) => {
      const old = check({ general: { ...general, [name]: before } }).inputs;
      const changed = { ...general, [name]: after };
      expect(reasons({ other: changed }, {}, { old })).toEqual([]);
      expect(reasons({ general: { ...changed, topicId: idOf("other") } }, {}, { old })).toEqual([]);
      expect(reasons({ general: changed }, { groupId: "@TGS#_other" }, { old })).toEqual([]);
    },
  );
});

describe("the community of an exclusive set", () => {
  const exclusive = { exclusive: true };
  const single = (args: Properties) => ({ groupId: GROUP, topicName: "Own", ...args, __urn: urnOf("own") });

  test.each<[string, Properties]>([
    ["whose id the service assigns", { serverAssignedId: true }],
    ["with a key", {}],
    ["whose key is not known yet", { topicKey: UNKNOWN }],
  ])("is refused to a single topic %s, before and after the set", (_, args) => {
    const [first, second] = [offline(), offline()];
    check({ general }, exclusive, { context: first });
    const reason = expect.stringMatching(
      /^ChatTopicSet "topics" is exclusive, so it removes every topic of @TGS#_players that it does not declare, and ChatTopic "own" has topics there too \(urn:.*topics and urn:.*own\)\. What to do: declare all of them in ChatTopicSet "topics", .*; or take `exclusive` from it, /,
    );
    expect(CHECKS.ChatTopic(first, {}, single(args)).failures).toEqual([{ property: "", reason }]);
    expect(CHECKS.ChatTopic(second, {}, single(args)).failures).toEqual([]);
    expect(check({ general }, exclusive, { context: second }).failures).toEqual([{ property: "", reason }]);
  });

  test("is refused to another set, and to several resources in one sentence", () => {
    const context = offline();
    check({ general }, {}, { context, name: "first" });
    check({ rules }, {}, { context, name: "second" });
    expect(reasons({ own: general }, exclusive, { context })).toEqual([
      expect.stringContaining('and ChatTopicSet "first" and 1 more have topics there too'),
    ]);
  });

  test("is free to resources of other communities, of ones that are not known yet, and to a second check of the set", () => {
    const context = offline();
    expect(reasons({ general }, exclusive, { context })).toEqual([]);
    expect(reasons({ general }, exclusive, { context })).toEqual([]);
    expect(CHECKS.ChatTopic(context, {}, single({ groupId: "@TGS#_other" })).failures).toEqual([]);
    expect(CHECKS.ChatTopic(context, {}, single({ groupId: UNKNOWN })).failures).toEqual([]);
    expect(reasons({ rules }, { ...exclusive, groupId: UNKNOWN }, { context, name: "others" })).toEqual([]);
  });

  test("may be shared where the set lets go of what it does not declare, and with a set of no topics", () => {
    const context = offline();
    expect(reasons({ general }, { ...exclusive, onRemove: "retain" }, { context })).toEqual([]);
    expect(CHECKS.ChatTopic(context, {}, single({})).failures).toEqual([]);
    expect(reasons({}, {}, { context, name: "none" })).toEqual([]);
    const other = { ...exclusive, groupId: "@TGS#_other" };
    expect(reasons({}, { groupId: "@TGS#_other" }, { context, name: "empty" })).toEqual([]);
    expect(reasons({ general }, other, { context, name: "others" })).toEqual([]);
  });

  test("may be shared while it is not known whether the set is exclusive", () => {
    const context = offline();
    expect(reasons({ general }, { exclusive: UNKNOWN }, { context })).toEqual([]);
    expect(CHECKS.ChatTopic(context, {}, single({})).failures).toEqual([]);
  });
});

describe("a topic that a set and another resource declare", () => {
  test("fails in the second set, naming both and every such topic", () => {
    const context = offline();
    expect(reasons({ general, rules }, {}, { context, name: "first" })).toEqual([]);
    const topics = { general, talk: { ...rules, topicId: idOf("rules") }, own: general };
    expect(reasons(topics, {}, { context, name: "second" })).toEqual([
      expect.stringMatching(
        /^Topic "general" in @TGS#_players is declared twice, by ChatTopicSet "first" and ChatTopicSet "second" \(urn:.*::first and urn:.*::second\)/,
      ),
      expect.stringMatching(/^Topic "rules" in @TGS#_players is declared twice/),
    ]);
  });

  test("fails in a single topic that comes after the set", () => {
    const context = offline();
    check({ general, rules }, {}, { context });
    const single = { groupId: GROUP, topicName: "General", __urn: urnOf("general") };
    expect(CHECKS.ChatTopic(context, {}, single).failures).toEqual([
      {
        property: "",
        reason: expect.stringMatching(/is declared twice, by ChatTopicSet "topics" and ChatTopic "general"/),
      },
    ]);
  });

  test("fails in a set that comes after the single topic", () => {
    const context = offline();
    CHECKS.ChatTopic(context, {}, { groupId: GROUP, topicName: "General", __urn: urnOf("general") });
    expect(reasons({ general, rules }, {}, { context })).toEqual([
      expect.stringMatching(
        /^Topic "general" in @TGS#_players is declared twice, by ChatTopic "general" and ChatTopicSet "topics"/,
      ),
    ]);
  });

  test("is no such thing when the same set is checked twice, or when each has its own", () => {
    const context = offline();
    check({ general }, {}, { context });
    expect(reasons({ general }, {}, { context })).toEqual([]);
    expect(reasons({ rules }, {}, { context, name: "others" })).toEqual([]);
  });

  test("is no such thing in two communities", () => {
    const context = offline();
    check({ general }, {}, { context });
    expect(reasons({ general }, { groupId: "@TGS#_other" }, { context, name: "others" })).toEqual([]);
  });

  test("is no such thing when the first set is faulty, and takes nothing", () => {
    const context = offline();
    expect(reasons({ general, none: {} }, {}, { context, name: "first" })).toHaveLength(1);
    expect(reasons({ general }, {}, { context, name: "second" })).toEqual([]);
  });

  test("is no such thing when the first set has dropped it meanwhile", () => {
    const context = offline();
    check({ general, rules }, {}, { context, name: "first" });
    check({ rules }, {}, { context, name: "first" });
    expect(reasons({ general }, {}, { context, name: "second" })).toEqual([]);
  });
});

describe("another app than the state's", () => {
  test("is refused for the set as a whole, and says that another app wants another stack", () => {
    const old = check({ general }).inputs;
    const context = offline({ sdkAppId: "1400000002" });
    expect(check({ general }, {}, { context, old }).failures).toEqual([
      {
        property: "",
        reason: expect.stringMatching(
          /^The topic set of @TGS#_players belongs to app 1400000001, but the settings name app 1400000002\. Nothing was called\. Another app wants another stack/,
        ),
      },
    ]);
  });
});

test("a state whose community has no text for an id gets an answer", () => {
  const old = { groupId: { toString: 1, valueOf: 1 }, topics: {}, sdkAppId: 1400000002 };
  expect(reasons({ general }, {}, { old })).toEqual([
    expect.stringMatching(/^The topic set belongs to app 1400000002/),
  ]);
});

describe("a key called __proto__", () => {
  const topics = JSON.parse('{"__proto__":{"topicName":"Proto"},"general":{"topicName":"General"}}');

  test("is a topic like any other, and changes no object", () => {
    const { inputs, failures } = check(topics);
    expect(failures).toEqual([]);
    expect(Object.entries(inputs.topics as object)).toEqual(Object.entries(topics));
    expect(Object.entries(inputs.topicIds as object)).toEqual([
      ["__proto__", idOf("__proto__")],
      ["general", idOf("general")],
    ]);
    expect((inputs.topics as Properties).topicName).toBeUndefined();
    expect(({} as Properties).topicName).toBeUndefined();
  });

  test("has its topic judged", () => {
    expect(check(JSON.parse('{"__proto__":{"topicName":""}}')).failures).toMatchObject([
      { property: 'topics["__proto__"].topicName' },
    ]);
    expect(check(JSON.parse('{"__proto__":"text"}')).failures).toMatchObject([{ property: 'topics["__proto__"]' }]);
  });

  test("is refused as a field of a topic, and as an argument of a set, and changes nothing", () => {
    const topic = JSON.parse('{"topicName":"General","__proto__":{"introduction":"i"}}');
    const { inputs, failures } = check({ general: topic });
    expect(failures).toEqual([
      { property: 'topics["general"].__proto__', reason: expect.stringContaining("is not an argument") },
    ]);
    expect((inputs.topics as Record<string, Properties>).general?.introduction).toBeUndefined();
    const declared = JSON.parse(`{"groupId":"${GROUP}","topics":{},"__proto__":{"adopt":"any"}}`);
    const set = CHECKS.ChatTopicSet(offline(), {}, declared);
    expect(set.failures).toMatchObject([{ property: "__proto__" }]);
    expect(set.inputs.adopt).toBeUndefined();
  });
});

describe("whatever a program passes for a set", () => {
  const names = fc.oneof(
    fc.constantFrom(
      ...["groupId", "topics", "adopt", "onRemove", "exclusive", "topicIds", "sdkAppId", "fingerprint", "__urn"],
      ...["topicName", "topicId", "createTime", "general", "__proto__", "constructor", "toString", "hasOwnProperty"],
    ),
    fc.string(),
  );
  const leaves = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(UNKNOWN, GROUP, idOf("general"), true, "any", 1448357837, general, { toString: 1 }),
    fc.string({ unit: "binary" }),
  );
  /** Through JSON, as the values come: `__proto__` is then a property like any other. */
  const objectOf = (values: fc.Arbitrary<unknown>) =>
    fc
      .array(fc.tuple(names, values), { maxLength: 6 })
      .map(
        (entries): Properties =>
          JSON.parse(`{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`),
      );
  const topics = fc.oneof(objectOf(fc.oneof(objectOf(leaves), leaves)), leaves);
  test("every topic is kept under its key, or there is a fault", () => {
    fc.assert(
      fc.property(topics, (given) => {
        const { inputs, failures } = check(given);
        fc.pre(typeof given === "object" && given !== null && !Array.isArray(given));
        if (failures.length > 0) return;
        expect(Object.keys(inputs.topics as object)).toEqual(Object.keys(given as object));
        expect(Object.keys(inputs.topicIds as object)).toEqual(Object.keys(given as object));
        const ids = Object.values(inputs.topicIds as object).filter((id) => id !== UNKNOWN);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 500 },
    );
  });
});

test("many wrong keys, ids and names of one topic are one failure each, with what is special about each", () => {
  const topics = {
    ...Object.fromEntries(Array.from("甲乙丙丁", (character) => [character, { topicName: "x" }])),
    ...Object.fromEntries(["a", "b"].map((key) => [key, { topicName: "x", topicId: key }])),
    ...Object.fromEntries(["c", "d", "e"].map((key) => [key, { topicName: "x", topicId: idOf("same") }])),
  };
  const declared = { groupId: GROUP, topics, __urn: urnOfSet("topics") };
  const { failures } = LIFECYCLES.ChatTopicSet.check(offline(), {}, declared);
  expect(failures.map(({ reason }) => reason)).toEqual([
    "4 topics (甲 (U+7532), 乙 (U+4E59), 丙 (U+4E19), 丁 (U+4E01)): as a topic key may only hold printable ASCII characters (0x20 to 0x7E)",
    "`topicId` of 2 topics (a (“a”), b (“b”)) must be a full id, <groupId>@TOPIC#_<topic key>",
    `2 topics (d, e): names the same topic as topics["c"], “${idOf("same")}”`,
  ]);
});
