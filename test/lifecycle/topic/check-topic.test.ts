import { describe, expect, test } from "vitest";
import type { LifecycleContext } from "../../../provider/lifecycle/lifecycle.js";
import { UNKNOWN } from "../../../provider/lifecycle/unknown.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { SettingsError } from "../../../provider/settings/settings-error.js";
import { GROUP, idOf, SDK_APP_ID } from "../../chat/test-app.js";
import { CHECKS } from "../checks.js";
import { offline } from "../run-context.js";
import { urnOf } from "./test-run.js";

interface Options {
  readonly context?: LifecycleContext;
  readonly name?: string;
  readonly old?: Properties;
}

function check(args: Properties, { context = offline(), name = "general", old = {} }: Options = {}) {
  return CHECKS.ChatTopic(context, old, {
    groupId: GROUP,
    topicName: "General",
    ...args,
    __urn: urnOf(name),
  });
}

function reasons(args: Properties, options?: Options): string[] {
  return check(args, options).failures.map(({ reason }) => reason);
}

describe("a right declaration", () => {
  test("becomes inputs with the identity that it will have, and the app", () => {
    expect(check({ topicKey: "lobby", introduction: "Come in" })).toEqual({
      failures: [],
      warnings: [],
      inputs: {
        groupId: GROUP,
        topicName: "General",
        introduction: "Come in",
        topicKey: "lobby",
        topicId: idOf("lobby"),
        sdkAppId: SDK_APP_ID,
      },
    });
  });

  test("may use every argument at once", () => {
    const args = {
      topicKey: "lobby",
      introduction: "i",
      notification: "n",
      faceUrl: "https://example.com/x.png",
      customString: "{}",
      fromAccount: "alice",
      createTime: 1448357837,
      muteAllMember: true,
      adopt: "matching",
      onRemove: "retain",
    };
    const { inputs, failures } = check(args);
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject(args);
  });

  test("may leave texts empty", () => {
    expect(reasons({ introduction: "", notification: "", faceUrl: "", customString: "" })).toEqual([]);
  });

  test("may give null for what it leaves out", () => {
    expect(check({ introduction: null, createTime: null }).inputs).not.toHaveProperty("introduction");
  });

  test("keeps the resource's own row to itself", () => {
    expect(check({}).inputs).not.toHaveProperty("__urn");
  });
});

describe("the topic key", () => {
  test("is the resource's name where none is given", () => {
    expect(check({}, { name: "announcements" }).inputs).toMatchObject({
      topicKey: "announcements",
      topicId: idOf("announcements"),
    });
  });

  test("taken from a name that cannot be one is refused, saying where it came from", () => {
    expect(reasons({}, { name: "常规" })).toEqual([
      expect.stringMatching(/^`topicKey` \(taken from the resource's name, “常规”\) may only hold printable ASCII/),
    ]);
  });

  test("is kept when the resource is renamed", () => {
    const old = check({}, { name: "general" }).inputs;
    expect(check({}, { name: "renamed", old }).inputs).toMatchObject({ topicKey: "general", topicId: idOf("general") });
  });

  test("that is declared wins over the kept one", () => {
    const old = check({}, { name: "general" }).inputs;
    expect(check({ topicKey: "lobby" }, { old }).inputs.topicId).toBe(idOf("lobby"));
  });

  test("that was given inside a full id is kept when the id is no longer given", () => {
    const old = check({ topicId: `${GROUP}@TOPIC#_@TOPIC#cABC` }).inputs;
    const { inputs, failures } = check({}, { old });
    expect(failures).toEqual([]);
    expect(inputs.topicId).toBe(`${GROUP}@TOPIC#_@TOPIC#cABC`);
  });

  test("that is kept still has to fit into the id of another community", () => {
    const old = check({ topicKey: "k".repeat(75) }).inputs;
    expect(reasons({ groupId: `${GROUP}-of-the-second-season` }, { old })).toEqual([
      expect.stringMatching(/^`topicKey` .*over the limit of 96/),
    ]);
  });

  test("can be told apart from a full id, which is taken as it is", () => {
    expect(check({ topicId: idOf("lobby") }).inputs).toMatchObject({ topicKey: "lobby", topicId: idOf("lobby") });
  });

  test("and the id are open where the service assigns them", () => {
    const { inputs, failures } = check({ serverAssignedId: true });
    expect(failures).toEqual([]);
    expect(inputs).not.toHaveProperty("topicKey");
    expect(inputs).not.toHaveProperty("topicId");
    // Its diff knows the id and needs to tell whose it is.
    expect(inputs.__urn).toBe(urnOf("general"));
  });

  test("is as usual with serverAssignedId false", () => {
    expect(check({ serverAssignedId: false }).inputs.topicId).toBe(idOf("general"));
  });

  test("is needed where nobody knows the resource's name", () => {
    const { failures } = CHECKS.ChatTopic(offline(), {}, { groupId: GROUP, topicName: "General" });
    expect(failures).toEqual([{ property: "topicKey", reason: "`topicKey` is required" }]);
  });
});

describe("a wrong declaration fails at preview:", () => {
  test("a name of 31 bytes, with the numbers and the start that fits", () => {
    expect(reasons({ topicName: "x".repeat(31) })).toEqual([
      `\`topicName\` is 31 bytes of UTF-8, 1 over the limit of 30; the longest start that fits is “${"x".repeat(30)}”; ` +
        "if Tencent has granted this app more, raise the setting `byteLimits`",
    ]);
  });

  test("a Chinese name of 12 characters, which is 36 bytes", () => {
    expect(reasons({ topicName: "世界频道公告板综合讨论区" })).toEqual([
      expect.stringMatching(
        /^`topicName` is 36 bytes of UTF-8, 6 over the limit of 30; the longest start that fits is “世界频道公告板综合讨”/,
      ),
    ]);
  });

  test.each([
    ["introduction", 240],
    ["notification", 300],
    ["faceUrl", 100],
    ["customString", 3000],
  ])("%s of more than %i bytes", (name, limit) => {
    expect(reasons({ [name]: "x".repeat(limit) })).toEqual([]);
    expect(reasons({ [name]: "x".repeat(limit + 1) })).toEqual([
      expect.stringContaining(`over the limit of ${limit};`),
    ]);
  });

  test("a text over a limit that the settings raise passes", () => {
    const context = offline({ byteLimits: '{"topicName":150}' });
    expect(reasons({ topicName: "x".repeat(150) }, { context })).toEqual([]);
    expect(reasons({ topicName: "x".repeat(151) }, { context })).toHaveLength(1);
  });

  test.each<[string, Properties, RegExp]>([
    ["a key with @TOPIC#_ in it", { topicKey: "a@TOPIC#_b" }, /^`topicKey` must not contain @TOPIC#_/],
    ["an empty key", { topicKey: "" }, /^`topicKey` must not be empty/],
    ["a group id without @TGS#_", { groupId: "players" }, /^`groupId` must start with @TGS#_/],
    ["no group id", { groupId: undefined }, /^`groupId` is required/],
    ["no name", { topicName: undefined }, /^`topicName` is required/],
    ["an empty name", { topicName: "" }, /^`topicName` must not be empty/],
    ["half of an emoji", { topicName: "a\ud83c" }, /^`topicName` holds half of a surrogate pair/],
    ["a NUL", { introduction: "a\0b" }, /^`introduction` holds a NUL character/],
    ["half of an emoji in an account", { fromAccount: "a\ud83c" }, /^`fromAccount` holds half of a surrogate pair/],
    ["a NUL in an account", { fromAccount: "a\0b" }, /^`fromAccount` holds a NUL character/],
    [
      "milliseconds",
      { createTime: 1448357837000 },
      /^`createTime` looks like milliseconds; .* 1448357837 instead of 144/,
    ],
    ["part of a second", { createTime: 1448357837.5 }, /^`createTime` must be a whole number/],
    ["a negative time", { createTime: -1 }, /^`createTime` must be a whole number/],
    ["a time as text", { createTime: "1448357837" }, /^`createTime` must be a number of Unix seconds, not the string/],
    ["an account of 33 bytes", { fromAccount: "x".repeat(33) }, /^`fromAccount` is 33 bytes/],
    ["an empty account", { fromAccount: "" }, /^`fromAccount` must not be empty/],
    ["a number as account", { fromAccount: 42 }, /^`fromAccount` must be a string, not the number 42/],
    [
      "the wire's word for mute",
      { muteAllMember: "On" },
      /^`muteAllMember` must be true or false, not the string "On"/,
    ],
    [
      "an unknown adopt",
      { adopt: "all" },
      /^`adopt` must be one of "unused", "matching", "any", "none", not the string/,
    ],
    [
      "an unknown onRemove",
      { onRemove: true },
      /^`onRemove` must be one of "unused", "destroy", "retain", not the boolean/,
    ],
    ["an object as text", { introduction: {} }, /^`introduction` must be a string, not an object/],
    ["a list as text", { introduction: [] }, /^`introduction` must be a string, not a list/],
    ["an id of another community", { topicId: "@TGS#_o@TOPIC#_a" }, /^`topicId` is of the community “@TGS#_o”/],
    ["a key in place of an id", { topicId: "lobby" }, /^`topicId` must be a full id/],
    [
      "an argument that does not exist",
      { name: "General" },
      /^`name` is not an argument of ChatTopic; it has groupId, /,
    ],
    ["the vendor's spelling", { TopicName: "General" }, /^`TopicName` is not an argument/],
    ["an output as argument", { sdkAppId: 1 }, /^`sdkAppId` is not an argument/],
  ])("%s", (_, args, reason) => {
    expect(reasons(args)).toEqual([expect.stringMatching(reason)]);
  });

  test.each<[string, Properties, string[]]>([
    ["topicKey and topicId", { topicKey: "a", topicId: idOf("a") }, ["topicId"]],
    ["topicKey and serverAssignedId", { topicKey: "a", serverAssignedId: true }, ["serverAssignedId"]],
    ["topicId and serverAssignedId", { topicId: idOf("a"), serverAssignedId: true }, ["serverAssignedId"]],
    ["all three", { topicKey: "a", topicId: idOf("a"), serverAssignedId: true }, ["topicId", "serverAssignedId"]],
    ["a key that is not known yet and an id", { topicKey: UNKNOWN, topicId: idOf("a") }, ["topicId"]],
  ])("%s together", (_, args, properties) => {
    const { failures } = check(args);
    expect(failures.map(({ property }) => property)).toEqual(properties);
    expect(failures[0]?.reason).toContain("cannot go together with");
  });

  test("all faults of a resource at once, each with its property", () => {
    const { failures } = check({
      groupId: "players",
      topicName: "x".repeat(31),
      introduction: "x".repeat(241),
      topicKey: "a@TOPIC#_b",
      createTime: 1448357837000,
      adopt: "all",
      colour: "red",
    });
    expect(failures.map(({ property }) => property).sort()).toEqual(
      ["adopt", "colour", "createTime", "groupId", "introduction", "topicKey", "topicName"].sort(),
    );
  });

  test("also wrong settings, in the same go", () => {
    const context = {
      ...offline(),
      settings: () => {
        throw new SettingsError(["region is missing"]);
      },
    };
    expect(reasons({ topicName: "x".repeat(31) }, { context })).toEqual([
      expect.stringContaining("region is missing"),
      expect.stringContaining("`topicName` is 31 bytes"),
    ]);
  });
});

describe("values that are not known yet", () => {
  const places = [
    "groupId",
    "topicName",
    "topicKey",
    "topicId",
    "serverAssignedId",
    "introduction",
    "notification",
    "faceUrl",
    "customString",
    "fromAccount",
    "createTime",
    "muteAllMember",
    "adopt",
    "onRemove",
  ];

  test.each(places)("%s may be one", (name) => {
    const { inputs, failures } = check({ [name]: UNKNOWN });
    expect(failures).toEqual([]);
    expect(inputs[name]).toBe(UNKNOWN);
  });

  test("everything may be one", () => {
    const args = Object.fromEntries(
      places.filter((name) => !/^(topicId|server)/.test(name)).map((name) => [name, UNKNOWN]),
    );
    expect(reasons(args)).toEqual([]);
  });

  test("a group id of that kind leaves the topic id open, and the key known", () => {
    expect(check({ groupId: UNKNOWN, topicKey: "lobby" }).inputs).toMatchObject({
      topicKey: "lobby",
      topicId: UNKNOWN,
    });
  });

  test("what is known beside them is still judged", () => {
    expect(reasons({ groupId: UNKNOWN, topicKey: "常规", topicName: "x".repeat(31) })).toHaveLength(2);
  });

  test("a topic whose id is not known yet is not taken for declared twice", () => {
    const context = offline();
    expect(reasons({ groupId: UNKNOWN, topicKey: "lobby" }, { context, name: "a" })).toEqual([]);
    expect(reasons({ groupId: UNKNOWN, topicKey: "lobby" }, { context, name: "b" })).toEqual([]);
  });
});

describe("create-only values", () => {
  test.each([
    ["createTime", 1448357837, 1448357838],
    ["fromAccount", "alice", "bob"],
  ])("%s cannot change", (name, before, after) => {
    const old = check({ [name]: before }).inputs;
    expect(reasons({ [name]: after }, { old })).toEqual([
      expect.stringMatching(
        /cannot change from .* to .*would lose its messages; keep the value, or choose a new topic key/,
      ),
    ]);
  });

  test.each([
    ["createTime", 1448357837],
    ["fromAccount", "alice"],
  ])("%s may be added, removed, kept, or be unknown", (name, value) => {
    const without = check({}).inputs;
    const having = check({ [name]: value }).inputs;
    expect(reasons({ [name]: value }, { old: without })).toEqual([]);
    expect(reasons({}, { old: having })).toEqual([]);
    expect(reasons({ [name]: value }, { old: having })).toEqual([]);
    expect(reasons({ [name]: UNKNOWN }, { old: having })).toEqual([]);
  });

  test("may change together with the key: it is another topic then", () => {
    const old = check({ createTime: 1448357837 }).inputs;
    expect(reasons({ createTime: 1448357838, topicKey: "other" }, { old })).toEqual([]);
  });

  test("cannot change where the service assigned the id either", () => {
    const old = check({ serverAssignedId: true, createTime: 1448357837 }).inputs;
    expect(reasons({ serverAssignedId: true, createTime: 1448357838 }, { old })).toHaveLength(1);
  });
});

describe("a topic that two resources declare", () => {
  test("fails, naming both", () => {
    const context = offline();
    expect(reasons({ topicKey: "lobby" }, { context, name: "first" })).toEqual([]);
    expect(reasons({ topicId: idOf("lobby") }, { context, name: "second" })).toEqual([
      expect.stringMatching(
        /^Topic "lobby" in @TGS#_players is declared twice, by ChatTopic "first" and ChatTopic "second" \(urn:.*first and urn:.*second\)/,
      ),
    ]);
  });

  test("is found when one of them has its key from its name", () => {
    const context = offline();
    check({}, { context, name: "lobby" });
    expect(reasons({ topicKey: "lobby" }, { context, name: "second" })).toHaveLength(1);
  });

  test("is no such thing when the same resource is checked twice", () => {
    const context = offline();
    check({ topicKey: "lobby" }, { context });
    expect(reasons({ topicKey: "lobby" }, { context })).toEqual([]);
  });

  test("is no such thing in two communities", () => {
    const context = offline();
    check({ topicKey: "lobby" }, { context, name: "a" });
    expect(reasons({ topicKey: "lobby", groupId: "@TGS#_other" }, { context, name: "b" })).toEqual([]);
  });

  test("is no such thing when the first declaration is faulty, and takes nothing", () => {
    const context = offline();
    expect(reasons({ topicKey: "lobby", topicName: "" }, { context, name: "a" })).toHaveLength(1);
    expect(reasons({ topicKey: "lobby" }, { context, name: "b" })).toEqual([]);
  });

  test("is no such thing when the first has taken another key meanwhile", () => {
    const context = offline();
    check({ topicKey: "lobby" }, { context, name: "a" });
    check({ topicKey: "other" }, { context, name: "a" });
    expect(reasons({ topicKey: "lobby" }, { context, name: "b" })).toEqual([]);
  });
});

describe("another app", () => {
  test("than the state's is refused, and says that another app wants another stack", () => {
    const old = check({}).inputs;
    const context = offline({ sdkAppId: "1400000002" });
    expect(reasons({}, { context, old })).toEqual([
      expect.stringMatching(
        /^Topic "general" in @TGS#_players belongs to app 1400000001, but the settings name app 1400000002\. Nothing was called\. Another app wants another stack/,
      ),
    ]);
  });
});

test("a property called __proto__ is refused, and changes nothing", () => {
  const declared = JSON.parse(`{"groupId":"${GROUP}","topicName":"a","topicKey":"a","__proto__":{"adopt":"any"}}`);
  const { inputs, failures } = CHECKS.ChatTopic(offline(), {}, declared);
  expect(failures).toEqual([{ property: "__proto__", reason: expect.stringContaining("is not an argument") }]);
  expect(inputs.adopt).toBeUndefined();
});
