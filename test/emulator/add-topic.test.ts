/**
 * import_topic and create_topic beyond their samples.
 * Sources: IMPORT https://www.tencentcloud.com/document/product/1047/53448, CREATE …/49471, IDS …/33529,
 * LIMITS …/34381.
 */

import { describe, expect, test } from "vitest";
import { DEFAULT_SEED } from "../../provider/emulator/index.js";
import { ADMIN, call, codeOf, GROUP, getInfo, getItems, importTopic, topic } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

const [app] = DEFAULT_SEED.apps;
const emulator = sharedEmulator({
  seed: {
    apps: [
      {
        sdkAppId: app?.sdkAppId ?? 0,
        secretKey: app?.secretKey ?? "",
        accounts: ["player"],
        communities: [{ groupId: GROUP }, { groupId: "@TGS#_plain", supportTopic: false }, { groupId: "@TGS#_second" }],
      },
    ],
  },
});
const BODY = { GroupId: GROUP, TopicId: topic("a"), TopicName: "n" };

describe.each(["import_topic", "create_topic"])("%s", (command) => {
  const code = (change: object) => codeOf(emulator(), command, { ...BODY, ...change });

  test.each([
    ["GroupId is missing", { GroupId: undefined }, 10004],
    ["GroupId is not a string", { GroupId: 1 }, 10004],
    ["GroupId is no community's id (IDS)", { GroupId: "@TGS#abc" }, 10015],
    ["GroupId is over 48 bytes (IDS)", { GroupId: `@TGS#_${"x".repeat(43)}` }, 10015],
    ["GroupId is of no community", { GroupId: "@TGS#_nobody" }, 10010],
    ["the community has no topics (11000)", { GroupId: "@TGS#_plain", TopicId: undefined }, 11000],
    ["TopicName is missing", { TopicName: undefined }, 10004],
    ["TopicName is empty", { TopicName: "" }, 10004],
    ["TopicName is not a string", { TopicName: 1 }, 10004],
    ["From_Account is a number (60015)", { From_Account: 1400187352 }, 60015],
    ["From_Account is unknown", { From_Account: "nobody" }, 10019],
    ["a field is not of the page", { MuteAllMember: "On" }, 10004],
    ["a field has a name of JavaScript's own", { constructor: 1 }, 10004],
  ])("is refused when %s", async (_what, change, expected) => {
    expect(await code(change)).toBe(expected);
  });

  test.each([
    ["is only the custom part", "a"],
    ["is of another community", "@TGS#_second@TOPIC#_a"],
    ["has no custom part", topic("")],
    ["has the prefix of communities in its custom part", topic("x@TGS#_y")],
    ["has the reserved form of assigned ids", topic("@TOPIC#c1")],
    ["has a character that is not printable ASCII", topic("ä")],
    ["has a control character", topic("a\n")],
    ["is over 96 bytes", topic("x".repeat(76))],
  ])("is refused with 10004 when TopicId %s (IDS)", async (_what, TopicId) => {
    expect(await code({ TopicId })).toBe(10004);
  });

  test.each(["with a space", "x".repeat(75), "__proto__", "constructor", "a@TOPIC#_b", "~!%&"])(
    "accepts the topic key %j (IDS)",
    async (key) => {
      expect(await code({ TopicId: topic(key) })).toBe(0);
      expect((await getInfo(emulator(), key)).TopicId).toBe(topic(key));
    },
  );

  test.each([
    ["TopicName", 30],
    ["Introduction", 240],
    ["Notification", 300],
    ["FaceUrl", 100],
    ["CustomString", 3000],
  ])("limits %s to %i bytes of UTF-8", async (field, limit) => {
    const chinese = "汉".repeat(limit / 3);
    const rest = "x".repeat(limit - 3 * Math.floor(limit / 3));
    expect(await code({ [field]: `${chinese}${rest}x` })).toBe(10004);
    expect(await code({ [field]: chinese + rest })).toBe(0);
  });

  test("a refused call leaves nothing behind", async () => {
    await code({ Introduction: "x".repeat(241) });
    expect(await getItems(emulator())).toEqual([]);
  });

  test("the 201st topic of a community is 10037 (LIMITS)", async () => {
    const ids = Array.from({ length: 199 }, (_, index) => topic(`t${index}`));
    const seeded = ids.map((topicId) => ({ topicId, topicName: "n" }));
    const [first] = emulator().state().apps;
    if (first === undefined) throw new Error("no app");
    await emulator().reset({ apps: [{ ...first, communities: [{ groupId: GROUP, topics: seeded }] }] });
    expect(await code({})).toBe(0);
    expect(await code({ TopicId: topic("b") })).toBe(10037);
  });

  test("an id in use is told from a full community", async () => {
    emulator().changeRules({ maxTopicsPerCommunity: 1 });
    await importTopic(emulator(), "a");
    expect(await code({})).toBe(command === "import_topic" ? 10021 : 10025);
  });

  test("CreateTime is the time of the call when it is not given", async () => {
    const before = Math.floor(Date.now() / 1000);
    await code({});
    const { CreateTime } = await getInfo(emulator(), "a");
    expect(CreateTime).toBeGreaterThanOrEqual(before);
    expect(CreateTime).toBeLessThanOrEqual(Date.now() / 1000);
  });
});

describe("import_topic alone (IMPORT)", () => {
  test("takes Type, but only Community", async () => {
    expect(await codeOf(emulator(), "import_topic", { ...BODY, Type: "Public" })).toBe(10004);
    expect(await codeOf(emulator(), "import_topic", { ...BODY, Type: "Community" })).toBe(0);
  });

  test.each([-1, 1.5, "1448357837", 1448357837000])("refuses the CreateTime %j", async (CreateTime) => {
    expect(await codeOf(emulator(), "import_topic", { ...BODY, CreateTime })).toBe(10004);
  });

  test("answers 10021 for an id in use and leaves the topic as it was", async () => {
    await importTopic(emulator(), "a", { Introduction: "first" });
    expect(await codeOf(emulator(), "import_topic", { ...BODY, Introduction: "second" })).toBe(10021);
    expect((await getInfo(emulator(), "a")).Introduction).toBe("first");
  });

  test("remembers who it was for, though the API never shows it", async () => {
    await importTopic(emulator(), "a", { From_Account: "player" });
    expect(await getInfo(emulator(), "a")).not.toHaveProperty("From_Account");
    const [community] = emulator().state().apps[0]?.communities ?? [];
    expect(community?.topics?.[0]?.fromAccount).toBe("player");
  });

  test("assigns a different id to each topic without one, and such an id works in the other commands", async () => {
    const one = await call(emulator(), "import_topic", { GroupId: GROUP, TopicName: "n" });
    const two = await call(emulator(), "import_topic", { GroupId: GROUP, TopicName: "n" });
    expect(one.TopicId).not.toBe(two.TopicId);
    const change = { GroupId: GROUP, TopicId: one.TopicId, TopicName: "m" };
    expect(await codeOf(emulator(), "modify_topic", change)).toBe(0);
    expect((await getItems(emulator())).map((item) => item.TopicInfo.TopicName)).toEqual(["m", "n"]);
  });
});

describe("create_topic alone (CREATE)", () => {
  test.each([{ Type: "Community" }, { CreateTime: 1448357837 }])(
    "refuses %j, which only import takes",
    async (field) => {
      expect(await codeOf(emulator(), "create_topic", { ...BODY, ...field })).toBe(10004);
    },
  );

  test("answers 10025 for an id in use", async () => {
    await importTopic(emulator(), "a");
    expect(await codeOf(emulator(), "create_topic", { ...BODY, From_Account: ADMIN })).toBe(10025);
  });
});
