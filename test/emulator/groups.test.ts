/**
 * The commands of communities beyond their samples.
 * Sources: IMPORT https://www.tencentcloud.com/document/product/1047/34967, CREATE …/34895, GET …/34961, MODIFY …/34962,
 * OWNER …/34966, DESTROY …/34896, IDS …/33529.
 */

import { beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_SEED, type SeedCommunity } from "../../provider/emulator/index.js";
import { ADMIN, type Answer, call, codeOf, GROUP, getItems, importTopic } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

const NEW = "@TGS#_new";
const PLAYERS: SeedCommunity = {
  groupId: GROUP,
  name: "Players",
  introduction: "i",
  notification: "n",
  faceUrl: "f",
  ownerAccount: "leckie",
  members: ["leckie", "peter"],
  createTime: 1448357837,
};
const emulator = sharedEmulator({
  seed: {
    apps: DEFAULT_SEED.apps.map((app) => ({ ...app, accounts: ["leckie", "peter"], communities: [PLAYERS] })),
  },
});
const BODY = { Type: "Community", GroupId: NEW, Name: "New", SupportTopic: 1 };

/** The items of `get_group_info`. */
async function infos(GroupIdList: readonly string[], more: object = {}): Promise<Answer[]> {
  const answer = await call(emulator(), "get_group_info", { GroupIdList, ...more });
  if (answer.ErrorCode !== 0) throw new Error(JSON.stringify(answer));
  return answer.GroupInfo;
}

async function info(groupId: string): Promise<Answer> {
  return (await infos([groupId]))[0];
}

function live(groupId: string): SeedCommunity | undefined {
  return emulator()
    .state()
    .apps[0]?.communities?.find((community) => community.groupId === groupId);
}

describe.each(["import_group", "create_group"])("%s", (command) => {
  const code = (change: object) => codeOf(emulator(), command, { ...BODY, ...change });

  test.each([
    ["Type is missing", { Type: undefined }, 10004],
    ["Type is another one: the emulator holds communities only", { Type: "Public" }, 10004],
    ["Name is missing", { Name: undefined }, 10004],
    ["Name is empty", { Name: "" }, 10004],
    ["GroupId has not the prefix of communities (IDS)", { GroupId: "MyFirstGroup" }, 10004],
    ["GroupId has nothing after the prefix", { GroupId: "@TGS#_" }, 10004],
    ["GroupId is over 48 bytes (IDS)", { GroupId: `@TGS#_${"x".repeat(43)}` }, 10004],
    ["GroupId has a character that is not printable ASCII (IDS)", { GroupId: "@TGS#_ä" }, 10004],
    ["Owner_Account is a number (60015)", { Owner_Account: 7 }, 60015],
    ["Owner_Account is not imported (CREATE)", { Owner_Account: "nobody" }, 10019],
    ["SupportTopic is a boolean", { SupportTopic: true }, 10004],
    ["MaxMemberCount is a string", { MaxMemberCount: "500" }, 10004],
    ["MaxMemberCount is 0", { MaxMemberCount: 0 }, 10004],
    ["MaxMemberCount is over 100,000", { MaxMemberCount: 100_001 }, 10004],
    ["the mute flag is given, which only a modification takes", { MuteAllMember: "On" }, 10004],
    ["ApplyJoinOption is given, which is not for communities", { ApplyJoinOption: "FreeAccess" }, 10004],
  ])("is refused when %s", async (_what, change, expected) => {
    expect(await code(change)).toBe(expected);
    expect(live(NEW)).toBeUndefined();
  });

  test.each([
    ["Name", 30],
    ["Introduction", 240],
    ["Notification", 300],
    ["FaceUrl", 100],
  ])("limits %s to %i bytes of UTF-8", async (field, limit) => {
    const chinese = "汉".repeat(limit / 3);
    const rest = "x".repeat(limit - 3 * Math.floor(limit / 3));
    expect(await code({ [field]: `${chinese}${rest}x` })).toBe(10004);
    expect(await code({ [field]: chinese + rest })).toBe(0);
  });

  test("makes a community in which topics can be", async () => {
    expect(await code({})).toBe(0);
    const topic = { GroupId: NEW, TopicId: `${NEW}@TOPIC#_a`, TopicName: "n" };
    expect(await codeOf(emulator(), "import_topic", topic)).toBe(0);
  });

  test.each([{ SupportTopic: 0 }, { SupportTopic: undefined }])("makes one without topics, with %j", async (change) => {
    expect(await code(change)).toBe(0);
    expect(await codeOf(emulator(), "get_topic", { GroupId: NEW, From_Account: ADMIN })).toBe(11000);
  });

  test("makes the owner a member (IMPORT), and without an owner there is nobody", async () => {
    await code({ Owner_Account: "peter" });
    expect(live(NEW)).toMatchObject({ ownerAccount: "peter", members: ["peter"], memberNum: 1 });
    await code({ GroupId: "@TGS#_nobody" });
    expect(live("@TGS#_nobody")).toMatchObject({ members: [], memberNum: 0 });
    expect(live("@TGS#_nobody")).not.toHaveProperty("ownerAccount");
  });

  test("answers with its own code for an id that is in use, and leaves the community as it was", async () => {
    expect(await code({ GroupId: GROUP })).toBe(command === "import_group" ? 10021 : 10025);
    expect(live(GROUP)?.name).toBe("Players");
  });
});

describe("import_group alone (IMPORT)", () => {
  test("takes the time of the creation, which is otherwise the time of the call", async () => {
    await call(emulator(), "import_group", { ...BODY, CreateTime: 1448357837 });
    expect((await info(NEW)).CreateTime).toBe(1448357837);
    const before = Math.floor(Date.now() / 1000);
    await call(emulator(), "import_group", { ...BODY, GroupId: "@TGS#_now" });
    expect((await info("@TGS#_now")).CreateTime).toBeGreaterThanOrEqual(before);
  });

  test("takes no members", async () => {
    const MemberList = [{ Member_Account: "peter" }];
    expect(await codeOf(emulator(), "import_group", { ...BODY, MemberList })).toBe(10004);
  });
});

describe("create_group alone (CREATE)", () => {
  test("takes no time of creation", async () => {
    expect(await codeOf(emulator(), "create_group", { ...BODY, CreateTime: 1448357837 })).toBe(10004);
  });

  test.each([
    ["are over 100", Array(101).fill({ Member_Account: "peter" }), 10005],
    ["are no list", { Member_Account: "peter" }, 10004],
    ["are accounts alone", ["peter"], 10004],
    ["have no account", [{ Role: "Admin" }], 10004],
    ["have another role", [{ Member_Account: "peter", Role: "Owner" }], 10004],
    ["are unknown", [{ Member_Account: "nobody" }], 10019],
    ["name an account twice", [{ Member_Account: "peter" }, { Member_Account: "peter" }], 10004],
  ])("is refused when the members %s", async (_what, MemberList, code) => {
    expect(await codeOf(emulator(), "create_group", { ...BODY, MemberList })).toBe(code);
  });
});

describe("get_group_info (GET)", () => {
  test("gives each community its own verdict: one that is gone fails, the others do not", async () => {
    const items = await infos(["@TGS#_gone", GROUP]);
    expect(items).toMatchObject([
      { GroupId: "@TGS#_gone", ErrorCode: 10010 },
      { GroupId: GROUP, ErrorCode: 0, Name: "Players", Owner_Account: "leckie", MemberNum: 2 },
    ]);
  });

  test("takes 50 ids and refuses 51", async () => {
    const list = (count: number) => ({ GroupIdList: Array(count).fill(GROUP) });
    expect(await codeOf(emulator(), "get_group_info", list(50))).toBe(0);
    expect(await codeOf(emulator(), "get_group_info", list(51))).toBe(10004);
  });

  test.each([
    ["GroupIdList is missing", { GroupIdList: undefined }],
    ["GroupIdList is empty", { GroupIdList: [] }],
    ["GroupIdList is not a list", { GroupIdList: GROUP }],
    ["ResponseFilter is a list, as for topics", { ResponseFilter: ["Name"] }],
    ["ResponseFilter has another filter", { ResponseFilter: { TopicFilter: ["Name"] } }],
    ["a filter is not a list", { ResponseFilter: { GroupBaseInfoFilter: "Name" } }],
    ["a filter names no field", { ResponseFilter: { GroupBaseInfoFilter: ["SupportTopic"] } }],
  ])("is refused when %s", async (_what, change) => {
    expect(await codeOf(emulator(), "get_group_info", { GroupIdList: [GROUP], ...change })).toBe(10004);
  });

  test("of a large community is 10018 unless its members are filtered out", async () => {
    const { apps } = emulator().state();
    const communities = [{ ...PLAYERS, memberNum: 100_000 }];
    await emulator().reset({ apps: apps.map((app) => ({ ...app, communities })) });
    expect(await codeOf(emulator(), "get_group_info", { GroupIdList: [GROUP] })).toBe(10018);
    const ResponseFilter = { GroupBaseInfoFilter: ["MemberNum"] };
    expect(await infos([GROUP], { ResponseFilter })).toEqual([
      { GroupId: GROUP, ErrorCode: 0, ErrorInfo: "", MemberNum: 100_000 },
    ]);
  });

  test("names members that have no name in the state", async () => {
    const { apps } = emulator().state();
    const communities = [{ ...PLAYERS, memberNum: 3 }];
    await emulator().reset({ apps: apps.map((app) => ({ ...app, communities })) });
    expect((await info(GROUP)).MemberList).toMatchObject([
      { Member_Account: "leckie", Role: "Owner" },
      { Member_Account: "peter", Role: "Member" },
      { Member_Account: "member_1", Role: "Member" },
    ]);
  });

  test("carries the code of a fault in each item", async () => {
    emulator().addFault({ kind: "error", command: "get_group_info", code: 10007, perItem: true });
    expect(await info(GROUP)).toMatchObject({ GroupId: GROUP, ErrorCode: 10007 });
  });
});

describe("modify_group_base_info (MODIFY)", () => {
  const modify = (fields: object, GroupId = GROUP) =>
    codeOf(emulator(), "modify_group_base_info", { GroupId, ...fields });

  test("changes the fields it names and leaves the others", async () => {
    expect(await modify({ Introduction: "j", MaxMemberNum: 9, MuteAllMember: "On" })).toBe(0);
    expect(await info(GROUP)).toMatchObject({
      Name: "Players",
      Introduction: "j",
      Notification: "n",
      FaceUrl: "f",
      MaxMemberNum: 9,
      MuteAllMember: "On",
      Owner_Account: "leckie",
      CreateTime: 1448357837,
    });
    expect(await modify({ MuteAllMember: "Off" })).toBe(0);
    expect((await info(GROUP)).MuteAllMember).toBe("Off");
  });

  test.each([
    ["the community is gone", {}, "@TGS#_gone", 10010],
    ["GroupId is no community's id (IDS)", {}, "MyFirstGroup", 10015],
    ["Name is 31 bytes", { Name: "x".repeat(31) }, GROUP, 10004],
    ["Name is empty", { Name: "" }, GROUP, 10004],
    ["the member limit has the name that import gives it", { MaxMemberCount: 9 }, GROUP, 10004],
    ["MuteAllMember is a boolean", { MuteAllMember: true }, GROUP, 10004],
    ["the owner is given, who has a command of his own", { Owner_Account: "peter" }, GROUP, 10004],
    ["CreateTime is given, which cannot change", { CreateTime: 1448357837 }, GROUP, 10004],
  ])("is refused when %s", async (_what, fields, groupId, code) => {
    expect(await modify(fields, groupId)).toBe(code);
  });

  test("a refused call changes nothing", async () => {
    await modify({ Name: "Other", Introduction: "x".repeat(241) });
    expect((await info(GROUP)).Name).toBe("Players");
  });
});

describe("change_group_owner (OWNER)", () => {
  const change = (NewOwner_Account: unknown, GroupId = GROUP) =>
    codeOf(emulator(), "change_group_owner", { GroupId, NewOwner_Account });

  test("makes a member the owner; the former one stays a member", async () => {
    expect(await change("peter")).toBe(0);
    expect(live(GROUP)).toMatchObject({ ownerAccount: "peter", memberNum: 2 });
    expect(await change("leckie")).toBe(0);
  });

  test.each([
    ["the account is no member", ADMIN, GROUP, 10007],
    ["the account is unknown", "nobody", GROUP, 10019],
    ["the account is a number", 7, GROUP, 60015],
    ["the account is the owner already", "leckie", GROUP, 10004],
    ["the account is missing", undefined, GROUP, 10004],
    ["the community is gone", "peter", "@TGS#_gone", 10010],
  ])("is refused when %s", async (_what, account, groupId, code) => {
    expect(await change(account, groupId)).toBe(code);
    expect(live(GROUP)?.ownerAccount).toBe("leckie");
  });
});

describe("destroy_group (DESTROY)", () => {
  const destroy = (GroupId: unknown) => codeOf(emulator(), "destroy_group", { GroupId });

  test("takes the topics along", async () => {
    await importTopic(emulator(), "a");
    expect(await destroy(GROUP)).toBe(0);
    expect(live(GROUP)).toBeUndefined();
    expect(await codeOf(emulator(), "get_topic", { GroupId: GROUP, From_Account: ADMIN })).toBe(10010);
    await call(emulator(), "import_group", { ...BODY, GroupId: GROUP });
    expect(await getItems(emulator())).toEqual([]);
  });

  test("of one that is gone is 10010", async () => {
    expect(await destroy("@TGS#_gone")).toBe(10010);
  });

  test("of what is no community's id is 10015", async () => {
    expect(await destroy("@TGS#1NVTZEAE4")).toBe(10015);
  });
});

describe("get_appid_group_list (https://www.tencentcloud.com/document/product/1047/34960)", () => {
  const GROUPS = ["@TGS#_a", "@TGS#_b", "@TGS#_c", "@TGS#_d", "@TGS#_e"];
  const list = (body: object) => call(emulator(), "get_appid_group_list", body);
  beforeEach(async () => {
    emulator().changeRules({ enforceFrequency: false });
    await emulator().reset({
      apps: DEFAULT_SEED.apps.map((app) => ({ ...app, communities: GROUPS.map((groupId) => ({ groupId })) })),
    });
  });

  test("gives pages of at most Limit ids, each Next leads to the next page, and the last one is 0", async () => {
    const pages: string[][] = [];
    let Next = 0;
    do {
      const answer = await list({ Limit: 2, Next, GroupType: "Community" });
      expect(answer.TotalCount).toBe(5);
      pages.push(answer.GroupIdList.map(({ GroupId }: Answer) => GroupId));
      Next = answer.Next;
    } while (Next !== 0);
    expect(pages).toEqual([["@TGS#_a", "@TGS#_b"], ["@TGS#_c", "@TGS#_d"], ["@TGS#_e"]]);
  });

  test.each([
    ["Limit is over 10,000", { Limit: 10_001 }],
    ["Limit is 0", { Limit: 0 }],
    ["Next is a position of the caller's own", { Next: 2 }],
    ["Next is a text", { Next: "0" }],
    ["GroupType is none that the page lists", { GroupType: "Work" }],
  ])("is refused with 10004 when %s", async (_, body) => {
    expect((await list(body)).ErrorCode).toBe(10004);
  });

  test("is called once a second", async () => {
    emulator().changeRules({ enforceFrequency: true });
    expect([(await list({})).ErrorCode, (await list({})).ErrorCode]).toEqual([0, 60007]);
  });
});
