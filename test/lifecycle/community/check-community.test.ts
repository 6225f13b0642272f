import { describe, expect, test } from "vitest";
import { BYTE_LIMITS } from "../../../provider/chat/limits.js";
import { communityRules } from "../../../provider/lifecycle/community/community-rules.js";
import type { LifecycleContext } from "../../../provider/lifecycle/lifecycle.js";
import { UNKNOWN } from "../../../provider/lifecycle/unknown.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { SettingsError } from "../../../provider/settings/settings-error.js";
import { SDK_APP_ID } from "../../chat/test-app.js";
import { CHECKS } from "../checks.js";
import { offline } from "../run-context.js";
import { GUILD, urnOf } from "./community-run.js";

interface Options {
  readonly context?: LifecycleContext;
  readonly name?: string;
  readonly old?: Properties;
}

function check(args: Properties, { context = offline(), name = "guild", old = {} }: Options = {}) {
  return CHECKS.ChatCommunity(context, old, { name: "Guild", ...args, __urn: urnOf(name) });
}

function reasons(args: Properties, options?: Options): string[] {
  return check(args, options).failures.map(({ reason }) => reason);
}

const EVERYTHING = {
  groupId: GUILD,
  name: "Guild",
  introduction: "i",
  notification: "n",
  faceUrl: "https://example.com/x.png",
  ownerAccount: "alice",
  maxMemberCount: 500,
  createTime: 1448357837,
  muteAllMember: true,
  adopt: "matching",
  onRemove: "retain",
};

describe("a right declaration", () => {
  test("becomes inputs with the id that it will have, the app, and its row for messages", () => {
    expect(check({ introduction: "Come in" })).toEqual({
      failures: [],
      warnings: [],
      inputs: {
        name: "Guild",
        introduction: "Come in",
        groupId: GUILD,
        sdkAppId: SDK_APP_ID,
        __urn: urnOf("guild"),
      },
    });
  });

  test("may use every argument at once", () => {
    const { inputs, failures } = check(EVERYTHING);
    expect(failures).toEqual([]);
    expect(inputs).toMatchObject(EVERYTHING);
    expect(Object.keys(EVERYTHING).sort()).toEqual(Object.keys(communityRules(BYTE_LIMITS).shape).sort());
  });

  test("may leave texts empty, but not the name", () => {
    expect(reasons({ introduction: "", notification: "", faceUrl: "" })).toEqual([]);
    expect(reasons({ name: "" })).toEqual(["`name` must not be empty"]);
  });

  test("may give null for what it leaves out", () => {
    expect(check({ introduction: null, createTime: null }).inputs).not.toHaveProperty("introduction");
  });
});

describe("the group id", () => {
  test("is made of the resource's name where none is given", () => {
    expect(check({}, { name: "players" }).inputs.groupId).toBe("@TGS#_players");
  });

  test("made of a name that cannot be part of one is refused, saying where it came from", () => {
    expect(reasons({}, { name: "公会" })).toEqual([
      expect.stringMatching(/^`groupId` \(made of the resource's name, “@TGS#_公会”\) may only hold printable ASCII/),
    ]);
  });

  test("is kept when the resource is renamed", () => {
    const old = check({}).inputs;
    expect(check({}, { name: "renamed", old }).inputs.groupId).toBe(GUILD);
  });

  test("that is declared wins over the kept one", () => {
    const old = check({}).inputs;
    expect(check({ groupId: "@TGS#_other" }, { old }).inputs.groupId).toBe("@TGS#_other");
  });

  test("is needed where nobody knows the resource's name", () => {
    const { failures } = CHECKS.ChatCommunity(offline(), {}, { name: "Guild" });
    expect(failures).toEqual([{ property: "groupId", reason: "`groupId` is required" }]);
  });

  test("of a topic is not one", () => {
    expect(reasons({ groupId: `${GUILD}@TOPIC#_a` })).toEqual([expect.stringContaining("this is a topic's id")]);
  });
});

describe("a wrong declaration fails at preview:", () => {
  test("a name of 31 bytes, with the numbers and the start that fits", () => {
    expect(reasons({ name: "x".repeat(31) })).toEqual([
      `\`name\` is 31 bytes of UTF-8, 1 over the limit of 30; the longest start that fits is “${"x".repeat(30)}”; ` +
        "if Tencent has granted this app more, raise the setting `byteLimits`",
    ]);
  });

  test.each([
    ["introduction", 240, "communityIntroduction"],
    ["notification", 300, "communityNotification"],
    ["faceUrl", 100, "communityFaceUrl"],
    ["name", 30, "communityName"],
  ])("%s of more than %i bytes, or than the setting %s allows", (name, limit, setting) => {
    expect(reasons({ [name]: "x".repeat(limit) })).toEqual([]);
    expect(reasons({ [name]: "x".repeat(limit + 1) })).toEqual([
      expect.stringContaining(`over the limit of ${limit};`),
    ]);
    const context = offline({ byteLimits: `{"${setting}":${limit + 1}}` });
    expect(reasons({ [name]: "x".repeat(limit + 1) }, { context })).toEqual([]);
    expect(reasons({ [name]: "x".repeat(limit + 2) }, { context })).toHaveLength(1);
  });

  test("texts over the limits of topics alone", () => {
    const context = offline({ byteLimits: '{"topicName":150,"introduction":400}' });
    expect(reasons({ name: "x".repeat(31), introduction: "x".repeat(241) }, { context })).toHaveLength(2);
  });

  test.each<[string, Properties, RegExp]>([
    ["a group id without @TGS#_", { groupId: "guild" }, /^`groupId` must start with @TGS#_/],
    ["a number as group id", { groupId: 7 }, /^`groupId` must be a string, not the number 7/],
    ["no name", { name: undefined }, /^`name` is required/],
    ["half of an emoji", { name: "a\ud83c" }, /^`name` holds half of a surrogate pair/],
    ["a NUL", { introduction: "a\0b" }, /^`introduction` holds a NUL character/],
    ["half of an emoji in an account", { ownerAccount: "a\ud83c" }, /^`ownerAccount` holds half of a surrogate pair/],
    ["milliseconds", { createTime: 1448357837000 }, /^`createTime` looks like milliseconds/],
    ["an account of 33 bytes", { ownerAccount: "x".repeat(33) }, /^`ownerAccount` is 33 bytes/],
    ["an empty account", { ownerAccount: "" }, /^`ownerAccount` must not be empty/],
    ["no member at all", { maxMemberCount: 0 }, /^`maxMemberCount` must be a whole number from 1 to 1000000; got 0/],
    ["half a member", { maxMemberCount: 1.5 }, /^`maxMemberCount` must be a whole number/],
    ["more members than any edition has", { maxMemberCount: 1_000_001 }, /^`maxMemberCount` must be a whole number/],
    ["members as text", { maxMemberCount: "500" }, /^`maxMemberCount` must be a number, not the string "500"/],
    ["the wire's word for mute", { muteAllMember: "On" }, /^`muteAllMember` must be true or false/],
    ["an unknown adopt", { adopt: "all" }, /^`adopt` must be one of "unused", "matching", "any", "none"/],
    ["an unknown onRemove", { onRemove: true }, /^`onRemove` must be one of "unused", "destroy", "retain"/],
    [
      "a topic's argument",
      { topicName: "x" },
      /^`topicName` is not an argument of ChatCommunity; it has groupId, name/,
    ],
    ["the vendor's spelling", { MaxMemberNum: 5 }, /^`MaxMemberNum` is not an argument/],
    ["an output as argument", { sdkAppId: 1 }, /^`sdkAppId` is not an argument/],
  ])("%s", (_, args, reason) => {
    expect(reasons(args)).toEqual([expect.stringMatching(reason)]);
  });

  test("all faults of a resource at once, each with its property; also wrong settings", () => {
    const context = {
      ...offline(),
      settings: () => {
        throw new SettingsError(["region is missing"]);
      },
    };
    const wrong = { groupId: "guild", name: "x".repeat(31), maxMemberCount: 0, colour: "red" };
    const { failures } = check(wrong, { context });
    expect(failures.map(({ property }) => property).sort()).toEqual(
      ["", "colour", "groupId", "maxMemberCount", "name"].sort(),
    );
  });
});

describe("values that are not known yet", () => {
  test.each(Object.keys(EVERYTHING))("%s may be one", (name) => {
    const { inputs, failures } = check({ [name]: UNKNOWN });
    expect(failures).toEqual([]);
    expect(inputs[name]).toBe(UNKNOWN);
  });

  test("leave nothing unchecked that is known", () => {
    expect(reasons({ groupId: UNKNOWN, name: "x".repeat(31) })).toHaveLength(1);
  });

  test("an unknown group id is not taken for the kept one", () => {
    const old = check({}).inputs;
    expect(check({ groupId: UNKNOWN }, { old }).inputs.groupId).toBe(UNKNOWN);
  });
});

describe("the time of creation", () => {
  const old = check({ createTime: 5 }).inputs;

  test("cannot change: another one would need another community", () => {
    expect(reasons({ createTime: 6 }, { old })).toEqual([
      "`createTime` cannot change from 5 to 6: it is fixed when a community is created, and re-creating the community " +
        "would lose its messages; keep the value, or choose a new group id",
    ]);
  });

  test.each<[string, Properties]>([
    ["may stay", { createTime: 5 }],
    ["may be removed", {}],
    ["may become unknown", { createTime: UNKNOWN }],
    ["may change together with the group id", { createTime: 6, groupId: "@TGS#_other" }],
  ])("%s", (_, args) => {
    expect(reasons(args, { old })).toEqual([]);
  });

  test("may be declared later", () => {
    expect(reasons({ createTime: 5 }, { old: check({}).inputs })).toEqual([]);
  });
});

describe("the same community declared twice", () => {
  test("fails at preview, naming both", () => {
    const context = offline();
    check({ groupId: GUILD }, { context, name: "one" });
    expect(reasons({ groupId: GUILD }, { context, name: "two" })).toEqual([
      `Community ${GUILD} is declared twice, by ChatCommunity "one" and ChatCommunity "two" (${urnOf("one")} and ${urnOf("two")}). What to do: keep one of them.`,
    ]);
  });

  test("is no matter for the same resource checked again", () => {
    const context = offline();
    check({}, { context });
    expect(reasons({}, { context })).toEqual([]);
  });
});

test("the settings of another app are refused", () => {
  const old = check({}).inputs;
  expect(reasons({}, { old, context: offline({ sdkAppId: "1400000002" }) })).toEqual([
    expect.stringMatching(/^Community @TGS#_guild belongs to app 1400000001, but the settings name app 1400000002/),
  ]);
});
