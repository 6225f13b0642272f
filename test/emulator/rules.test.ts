/**
 * Each rule away from its default: what the sources leave open is open here too.
 */

import { describe, expect, test } from "vitest";
import { type Emulator, RULES, type Rules, startEmulator } from "../../provider/emulator/index.js";
import { ADMIN, call, codeOf, GROUP, getInfo, getItems, importTopic, send, topic } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

const emulator = sharedEmulator();
const BODY = { GroupId: GROUP, TopicId: topic("a"), TopicName: "n" };

/** Imports into the emulator with these rules. */
function importCode(rules: Partial<Rules>, change: object = {}, service?: string): Promise<number> {
  emulator().changeRules(rules);
  return codeOf(emulator(), "import_topic", { ...BODY, ...change }, service === undefined ? {} : { service });
}

test("the table names every rule that is in force, with its default", () => {
  const defaults = Object.entries(RULES).map(([name, facts]) => [name, facts.default]);
  expect(emulator().rules()).toEqual(Object.fromEntries(defaults));
});

test.each(Object.entries(RULES))("the rule %s says what it means and where the doubt comes from", (_name, facts) => {
  expect(facts.meaning).not.toBe("");
  expect(facts.source).toMatch(/https:\/\/|silent|not of the service/);
});

test("a rule given at the start holds", async () => {
  await using strict = await startEmulator({ rules: { maxTopicsPerCommunity: 1 } });
  await importTopic(strict, "a");
  expect(await codeOf(strict, "import_topic", { ...BODY, TopicId: topic("b") })).toBe(10037);
});

test("an unknown rule, or a value it cannot have, is refused with its path", async () => {
  const rules = { latencyMs: -1, colour: "red", byteLimits: { topicname: 1 } } as unknown as Partial<Rules>;
  await expect(startEmulator({ rules })).rejects.toThrow(
    /rules\.byteLimits: Unrecognized key: "topicname".*rules\.latencyMs: .*rules: Unrecognized key: "colour"/s,
  );
});

describe("importService (the pages disagree: 1047/53448 and 269/85313)", () => {
  const international = "group_open_http_svc";
  const china = "million_group_open_http_svc";

  test("by default only group_open_http_svc answers import_topic", async () => {
    expect(await importCode({}, {}, china)).toBe(60009);
    expect(await importCode({}, {}, international)).toBe(0);
  });

  test("it can be million_group_open_http_svc alone", async () => {
    expect(await importCode({ importService: china }, {}, international)).toBe(60009);
    expect(await importCode({ importService: china }, {}, china)).toBe(0);
  });

  test("it can be both", async () => {
    expect(await importCode({ importService: "both" }, {}, international)).toBe(0);
    expect(await importCode({ importService: "both" }, {}, china)).toBe(10021);
  });
});

describe("what a body may hold", () => {
  test("unknownFields: ignored lets fields and filter names pass that no page lists", async () => {
    expect(await importCode({ unknownFields: "ignored" }, { ShutUpAllFlag: 1 })).toBe(0);
    expect(await getItems(emulator(), ["a"], { ResponseFilter: ["Nothing"] })).toMatchObject([
      { TopicInfo: { GroupID: GROUP, TopicId: topic("a") } },
    ]);
  });

  test("topicName: optional lets it be left out (the English sample of 1047/53448)", async () => {
    expect(await importCode({ topicName: "optional" }, { TopicName: undefined })).toBe(0);
  });

  test("numericAccounts: accepted takes the uint64 of the field tables", async () => {
    expect(await importCode({ numericAccounts: "accepted" }, { From_Account: 7 })).toBe(10019);
    expect(await importCode({ unknownAccounts: "accepted" }, { From_Account: 7 })).toBe(0);
  });

  test("unknownAccounts: accepted takes any account", async () => {
    expect(await importCode({ unknownAccounts: "accepted" }, { From_Account: "nobody" })).toBe(0);
  });

  test("byteLimits raises single limits (the client SDKs name 150 bytes for a name)", async () => {
    expect(await importCode({ byteLimits: { topicName: 150 } }, { TopicName: "x".repeat(151) })).toBe(10004);
    expect(await importCode({}, { TopicName: "x".repeat(150) })).toBe(0);
    expect(await importCode({}, { TopicId: topic("b"), Introduction: "x".repeat(241) })).toBe(10004);
  });

  test("maxGroupIdBytes can be the 47 of the English page", async () => {
    const GroupId = `@TGS#_${"x".repeat(42)}`;
    expect(await importCode({}, { GroupId })).toBe(10010);
    expect(await importCode({ maxGroupIdBytes: 47 }, { GroupId })).toBe(10015);
  });

  test("invalidTopicIdCode can be 110013", async () => {
    expect(await importCode({ invalidTopicIdCode: 110013 }, { TopicId: "a" })).toBe(110013);
  });

  test("maxCreateTime can let milliseconds pass", async () => {
    expect(await importCode({ maxCreateTime: Number.MAX_SAFE_INTEGER }, { CreateTime: 1448357837000 })).toBe(0);
  });

  test("refusedWords are refused with 80001 in every text", async () => {
    const refusedWords = ["违禁"];
    for (const field of ["TopicName", "Introduction", "Notification", "CustomString", "FaceUrl"]) {
      expect(await importCode({ refusedWords }, { [field]: "a 违禁 b" }), field).toBe(80001);
    }
  });
});

describe("ids and quotas", () => {
  test("reuseDestroyedIds: false burns the id of a destroyed topic, also over a reset to its state", async () => {
    emulator().changeRules({ reuseDestroyedIds: false });
    await importTopic(emulator(), "a");
    await call(emulator(), "destroy_topic", { GroupId: GROUP, TopicIdList: [topic("a")] });
    expect(await importCode({})).toBe(10021);
    await emulator().reset(emulator().state());
    expect(await importCode({})).toBe(10021);
    expect(await codeOf(emulator(), "create_topic", BODY)).toBe(10025);
    expect(await importCode({ reuseDestroyedIds: true })).toBe(0);
  });

  test("createDuplicateCode can be 10021", async () => {
    await importTopic(emulator(), "a");
    emulator().changeRules({ createDuplicateCode: 10021 });
    expect(await codeOf(emulator(), "create_topic", BODY)).toBe(10021);
  });

  test("maxTopicIdsPerCall can be any number", async () => {
    emulator().changeRules({ maxTopicIdsPerCall: 1 });
    const body = { GroupId: GROUP, TopicIdList: [topic("a"), topic("b")] };
    expect(await codeOf(emulator(), "destroy_topic", body)).toBe(10004);
    expect(await codeOf(emulator(), "get_topic", { ...body, From_Account: ADMIN })).toBe(10004);
  });
});

describe("get_topic", () => {
  test("missingTopic: 10010 or omitted", async () => {
    await importTopic(emulator(), "a");
    emulator().changeRules({ missingTopic: "10010" });
    expect((await getItems(emulator(), ["gone", "a"])).map((item) => item.ErrorCode)).toEqual([10010, 0]);
    emulator().changeRules({ missingTopic: "omitted" });
    expect((await getItems(emulator(), ["gone", "a"])).map((item) => item.ErrorCode)).toEqual([0]);
  });

  test("failedItems: bare leaves a failed item without its ids", async () => {
    emulator().changeRules({ failedItems: "bare" });
    const [item] = await getItems(emulator(), ["gone"]);
    expect(Object.keys(item)).toEqual(["ErrorCode", "ErrorInfo"]);
  });

  test("muteField: ShutUpAllFlag is 0 or 1 (1047/49469 of 2022-09)", async () => {
    emulator().changeRules({ muteField: "ShutUpAllFlag" });
    await importTopic(emulator(), "a");
    expect(await getInfo(emulator(), "a")).toMatchObject({ ShutUpAllFlag: 0 });
    await call(emulator(), "modify_topic", { GroupId: GROUP, TopicId: topic("a"), MuteAllMember: "On" });
    const info = await getInfo(emulator(), "a");
    expect(info).toMatchObject({ ShutUpAllFlag: 1 });
    expect(info).not.toHaveProperty("MuteAllMember");
  });

  test("emptyTexts: omitted leaves out the texts that are empty", async () => {
    emulator().changeRules({ emptyTexts: "omitted" });
    await importTopic(emulator(), "a", { Introduction: "i" });
    const info = await getInfo(emulator(), "a");
    expect(info).toHaveProperty("Introduction");
    expect(info).not.toHaveProperty("Notification");
  });

  test("topicOrder: reversed", async () => {
    emulator().changeRules({ topicOrder: "reversed" });
    for (const key of ["a", "b"]) await importTopic(emulator(), key);
    expect((await getItems(emulator())).map((item) => item.TopicInfo.TopicName)).toEqual(["b", "a"]);
  });

  test("emptyTopicIdList: all", async () => {
    emulator().changeRules({ emptyTopicIdList: "all" });
    await importTopic(emulator(), "a");
    expect(await getItems(emulator(), [])).toHaveLength(1);
  });

  test("maxAnswerBytes can be small", async () => {
    emulator().changeRules({ maxAnswerBytes: 500 });
    for (const key of ["a", "b"]) await importTopic(emulator(), key);
    expect(await codeOf(emulator(), "get_topic", { GroupId: GROUP, From_Account: ADMIN })).toBe(10018);
  });
});

describe("modify_topic and destroy_topic", () => {
  test("emptyStringClears: an empty text clears the field, or by the rule leaves it", async () => {
    await importTopic(emulator(), "a", { Introduction: "i", Notification: "n" });
    const clear = (field: string) =>
      call(emulator(), "modify_topic", { GroupId: GROUP, TopicId: topic("a"), [field]: "" });
    await clear("Introduction");
    emulator().changeRules({ emptyStringClears: false });
    await clear("Notification");
    expect(await getInfo(emulator(), "a")).toMatchObject({ Introduction: "", Notification: "n" });
  });

  test("destroyFailures: top reports 110003 without items; what was there is destroyed", async () => {
    emulator().changeRules({ destroyFailures: "top" });
    await importTopic(emulator(), "a");
    const body = { GroupId: GROUP, TopicIdList: [topic("gone"), topic("a")] };
    const answer = await call(emulator(), "destroy_topic", body);
    expect(answer).toMatchObject({ ActionStatus: "FAIL", ErrorCode: 110003 });
    expect(answer).not.toHaveProperty("DestroyResultItem");
    expect(await getItems(emulator())).toEqual([]);
  });
});

describe("communities", () => {
  const COMMUNITY = { Type: "Community", GroupId: "@TGS#_new", Name: "New" };
  const groupCode = (rules: Partial<Rules>, command: string, body: object): Promise<number> => {
    emulator().changeRules(rules);
    return codeOf(emulator(), command, body);
  };
  const infoOf = async (GroupId: string) =>
    (await call(emulator(), "get_group_info", { GroupIdList: [GroupId] })).GroupInfo[0];

  test("byteLimits raises single limits of theirs (the client SDKs name 100 bytes for a name)", async () => {
    const long = { ...COMMUNITY, Name: "x".repeat(100) };
    expect(await groupCode({}, "import_group", long)).toBe(10004);
    expect(await groupCode({ byteLimits: { communityName: 100 } }, "import_group", long)).toBe(0);
  });

  test("unknownAccounts: accepted takes any owner", async () => {
    const owned = { ...COMMUNITY, Owner_Account: "nobody" };
    expect(await groupCode({}, "import_group", owned)).toBe(10019);
    expect(await groupCode({ unknownAccounts: "accepted" }, "import_group", owned)).toBe(0);
  });

  test("assignedGroupIds: accepted takes an id in the form of assigned ones", async () => {
    const assigned = { ...COMMUNITY, GroupId: "@TGS#_@TGS#cQVLVHIM62CJ" };
    expect(await groupCode({}, "import_group", assigned)).toBe(10004);
    expect(await groupCode({ assignedGroupIds: "accepted" }, "import_group", assigned)).toBe(0);
  });

  test("createDuplicateCode is also that of create_group (1047/34895 lists both)", async () => {
    const taken = { ...COMMUNITY, GroupId: GROUP };
    expect(await groupCode({}, "create_group", taken)).toBe(10025);
    expect(await groupCode({ createDuplicateCode: 10021 }, "create_group", taken)).toBe(10021);
    expect(await groupCode({}, "import_group", taken)).toBe(10021);
  });

  test("reuseDestroyedIds: false burns the id of a destroyed one, also over a reset to its state", async () => {
    emulator().changeRules({ reuseDestroyedIds: false });
    await call(emulator(), "destroy_group", { GroupId: GROUP });
    const again = { ...COMMUNITY, GroupId: GROUP };
    expect(await codeOf(emulator(), "import_group", again)).toBe(10021);
    await emulator().reset(emulator().state());
    expect(await codeOf(emulator(), "import_group", again)).toBe(10021);
    expect(await groupCode({ reuseDestroyedIds: true }, "import_group", again)).toBe(0);
  });

  test("missingGroup: 10015 or omitted", async () => {
    const codes = async () =>
      (await call(emulator(), "get_group_info", { GroupIdList: ["@TGS#_gone", GROUP] })).GroupInfo.map(
        (item: { ErrorCode: number }) => item.ErrorCode,
      );
    emulator().changeRules({ missingGroup: "10015" });
    expect(await codes()).toEqual([10015, 0]);
    emulator().changeRules({ missingGroup: "omitted" });
    expect(await codes()).toEqual([0]);
  });

  test("failedItems: bare leaves a failed item of get_group_info without its id", async () => {
    emulator().changeRules({ failedItems: "bare" });
    expect(Object.keys(await infoOf("@TGS#_gone"))).toEqual(["ErrorCode", "ErrorInfo"]);
  });

  test("emptyTexts: omitted leaves empty texts out of get_group_info, and the owner that there is not", async () => {
    emulator().changeRules({ emptyTexts: "omitted" });
    const info = await infoOf(GROUP);
    expect(info).toHaveProperty("Name");
    for (const name of ["Introduction", "Owner_Account"]) expect(info).not.toHaveProperty(name);
  });

  test("emptyStringClears holds for modify_group_base_info too", async () => {
    await call(emulator(), "import_group", { ...COMMUNITY, Introduction: "i", Notification: "n" });
    await call(emulator(), "modify_group_base_info", { GroupId: "@TGS#_new", Introduction: "" });
    emulator().changeRules({ emptyStringClears: false });
    await call(emulator(), "modify_group_base_info", { GroupId: "@TGS#_new", Notification: "" });
    expect(await infoOf("@TGS#_new")).toMatchObject({ Introduction: "", Notification: "n" });
  });

  test("destroyWithTopics: refused keeps a community that has topics", async () => {
    await importTopic(emulator(), "a");
    expect(await groupCode({ destroyWithTopics: "refused" }, "destroy_group", { GroupId: GROUP })).toBe(10007);
    expect(await getItems(emulator())).toHaveLength(1);
    expect(await groupCode({ destroyWithTopics: "destroyed" }, "destroy_group", { GroupId: GROUP })).toBe(0);
  });

  test("nonMemberOwnerCode and sameOwner: how change_group_owner refuses", async () => {
    const change = { GroupId: GROUP, NewOwner_Account: ADMIN };
    expect(await groupCode({}, "change_group_owner", change)).toBe(10007);
    expect(await groupCode({ nonMemberOwnerCode: 10004 }, "change_group_owner", change)).toBe(10004);
    await call(emulator(), "import_group", { ...COMMUNITY, Owner_Account: ADMIN });
    const same = { GroupId: "@TGS#_new", NewOwner_Account: ADMIN };
    expect(await groupCode({}, "change_group_owner", same)).toBe(10004);
    expect(await groupCode({ sameOwner: "accepted" }, "change_group_owner", same)).toBe(0);
  });

  test("defaultMaxMemberCount and maxMembersPerCommunity: what is set, and what can be (1047/34967)", async () => {
    await call(emulator(), "import_group", COMMUNITY);
    expect((await infoOf("@TGS#_new")).MaxMemberNum).toBe(2000);
    await groupCode({ defaultMaxMemberCount: 100_000 }, "import_group", { ...COMMUNITY, GroupId: "@TGS#_large" });
    expect((await infoOf("@TGS#_large")).MaxMemberNum).toBe(100_000);
    const larger = { GroupId: "@TGS#_large", MaxMemberNum: 100_001 };
    expect(await groupCode({}, "modify_group_base_info", larger)).toBe(10004);
    expect(await groupCode({ maxMembersPerCommunity: 1_000_000 }, "modify_group_base_info", larger)).toBe(0);
  });
});

describe("every answer", () => {
  test("requestId: true adds one, a different one each time, also to failures", async () => {
    emulator().changeRules({ requestId: true });
    const answers = [await call(emulator(), "import_topic", BODY), await call(emulator(), "import_topic", BODY)];
    expect(answers.map((answer) => answer.ErrorCode)).toEqual([0, 10021]);
    const [first, second] = answers.map((answer) => answer.RequestId);
    expect(first).toMatch(/\S/);
    expect(second).not.toBe(first);
  });

  test("latencyMs delays the answer and not the command", async () => {
    emulator().changeRules({ latencyMs: 600_000 });
    let answered = false;
    const answer = send(emulator(), "import_topic", BODY).finally(() => {
      answered = true;
    });
    // It fails when the emulator is closed.
    answer.catch(() => undefined);
    await untilLogged(emulator(), "import_topic");
    expect(emulator().state().apps[0]?.communities?.[0]?.topics).toHaveLength(1);
    expect(answered).toBe(false);
  });
});

/** Waits until the log shows a call of the command. */
async function untilLogged(running: Emulator, command: string): Promise<void> {
  while (!running.requests().some((request) => request.command === command)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
