/**
 * The sample requests of the vendor's pages, typed from there, and the sample answers that go with them. Placeholders
 * such as "…" in the pages' samples have values here. This file is what keeps the emulator honest.
 */

import { describe, expect, test } from "vitest";
import { startEmulator } from "../../provider/emulator/index.js";
import { call } from "./caller.js";

const COMMUNITY = "@TGS#_@TGS#cQVLVHIM62CJ";
const TEST_TOPIC = "@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_TestTopic";
const TEST_TOPIC_1 = "@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_TestTopic_1";

const SEED = {
  apps: [
    {
      sdkAppId: 1400000000,
      secretKey: "emulator-only-key-0000000000000000000000000000000000000000000000",
      accounts: ["1400187352", "test_user", "leckie", "peter"],
      communities: [{ groupId: COMMUNITY }],
    },
  ],
};

const FULL_IMPORT = {
  Type: "Community",
  GroupId: COMMUNITY,
  TopicId: TEST_TOPIC,
  TopicName: "TestTopic",
  From_Account: "1400187352",
  CustomString: "This is a custom string",
  FaceUrl: "http://this.is.face.url",
  Notification: "This is topic Notification",
  Introduction: "This is topic Introduction",
  CreateTime: 1448357837,
};

describe("import_topic (https://www.tencentcloud.com/document/product/1047/53448)", () => {
  test("the full sample is answered with the envelope and the topic's id", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    expect(await call(emulator, "import_topic", FULL_IMPORT)).toEqual({
      ActionStatus: "OK",
      ErrorInfo: "",
      ErrorCode: 0,
      TopicId: TEST_TOPIC,
    });
  });

  test("without TopicId the answer carries one in the form of the pages' assigned ids", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    const answer = await call(emulator, "import_topic", { GroupId: COMMUNITY, TopicName: "TestTopic" });
    // "@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_@TOPIC#cRTE3HIM62C5" in https://www.tencentcloud.com/document/product/1047/49463.
    expect(answer.TopicId).toMatch(/^@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_@TOPIC#c[A-Z0-9]{11}$/);
  });
});

describe("create_topic (https://cloud.tencent.com/document/product/269/78203)", () => {
  test("the sample is answered with the envelope and the topic's id", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    const { Type: _type, CreateTime: _createTime, ...request } = { ...FULL_IMPORT, From_Account: "test_user" };
    expect(await call(emulator, "create_topic", request)).toEqual({
      ActionStatus: "OK",
      ErrorInfo: "",
      ErrorCode: 0,
      TopicId: TEST_TOPIC,
    });
  });
});

describe("get_topic (https://www.tencentcloud.com/document/product/1047/49469)", () => {
  test("the basic sample is answered with SelfInfo and TopicInfo, the community's id spelled GroupID", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    await call(emulator, "import_topic", FULL_IMPORT);
    const answer = await call(emulator, "get_topic", { GroupId: COMMUNITY, From_Account: "1400187352" });
    expect(answer).toEqual({
      ActionStatus: "OK",
      ErrorInfo: "ok",
      ErrorCode: 0,
      TopicAndSelfInfo: [
        {
          ErrorCode: 0,
          ErrorInfo: "ok",
          SelfInfo: { ShutUpTime: 0, MsgSeq: 0, MsgFlag: "AcceptAndNotify" },
          TopicInfo: {
            TopicName: "TestTopic",
            GroupID: COMMUNITY,
            FaceUrl: "http://this.is.face.url",
            TopicId: TEST_TOPIC,
            NextMsgSeq: 1,
            Notification: "This is topic Notification",
            Introduction: "This is topic Introduction",
            CreateTime: 1448357837,
            LastMsgTime: 0,
            MuteAllMember: "Off",
            CustomString: "This is a custom string",
          },
        },
      ],
    });
  });

  test("the sample with a filter is answered with these fields, both ids and the whole SelfInfo", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    await call(emulator, "import_topic", FULL_IMPORT);
    const answer = await call(emulator, "get_topic", {
      GroupId: COMMUNITY,
      From_Account: "1400187352",
      TopicIdList: [TEST_TOPIC],
      ResponseFilter: ["TopicName", "FaceUrl", "Notification", "Introduction"],
    });
    expect(answer.TopicAndSelfInfo).toEqual([
      {
        ErrorCode: 0,
        ErrorInfo: "ok",
        SelfInfo: { ShutUpTime: 0, MsgSeq: 0, MsgFlag: "AcceptAndNotify" },
        TopicInfo: {
          TopicName: "TestTopic",
          GroupID: COMMUNITY,
          TopicId: TEST_TOPIC,
          FaceUrl: "http://this.is.face.url",
          Notification: "This is topic Notification",
          Introduction: "This is topic Introduction",
        },
      },
    ]);
  });
});

describe("modify_topic (https://www.tencentcloud.com/document/product/1047/49468)", () => {
  test("a partial sample is answered with the envelope alone", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    await call(emulator, "import_topic", FULL_IMPORT);
    const request = { GroupId: COMMUNITY, TopicId: TEST_TOPIC, TopicName: "TestTopic", MuteAllMember: "On" };
    expect(await call(emulator, "modify_topic", request)).toEqual({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 });
  });
});

describe("destroy_topic (https://www.tencentcloud.com/document/product/1047/49470)", () => {
  test("the sample with two topics is answered with a DestroyResultItem for each", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    await call(emulator, "import_topic", FULL_IMPORT);
    await call(emulator, "import_topic", { ...FULL_IMPORT, TopicId: TEST_TOPIC_1 });
    const request = { GroupId: COMMUNITY, TopicIdList: [TEST_TOPIC, TEST_TOPIC_1] };
    expect(await call(emulator, "destroy_topic", request)).toEqual({
      ActionStatus: "OK",
      ErrorInfo: "ok",
      ErrorCode: 0,
      DestroyResultItem: [
        { ErrorCode: 0, ErrorInfo: "ok", TopicId: TEST_TOPIC },
        { ErrorCode: 0, ErrorInfo: "ok", TopicId: TEST_TOPIC_1 },
      ],
    });
  });
});

// The pages' samples of groups are mostly of other types; here they have the type and an id of a community.
const FIRST_GROUP = "@TGS#_MyFirstGroup";
const FULL_GROUP = {
  Owner_Account: "leckie",
  Type: "Community",
  GroupId: FIRST_GROUP,
  Name: "TestGroup",
  Introduction: "This is group Introduction",
  Notification: "This is group Notification",
  FaceUrl: "http://this.is.face.url",
  MaxMemberCount: 500,
};

describe("import_group (https://www.tencentcloud.com/document/product/1047/34967)", () => {
  test("the sample with a topic option is answered with an assigned id in the form of the page's", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    const request = { Type: "Community", Name: "test_import_group", SupportTopic: 1 };
    expect(await call(emulator, "import_group", request)).toEqual({
      ActionStatus: "OK",
      ErrorInfo: "",
      ErrorCode: 0,
      // "@TGS#_@TGS#c4YHCIIM62CX"
      GroupId: expect.stringMatching(/^@TGS#_@TGS#c[A-Z0-9]{11}$/),
    });
  });

  test("the sample with the other optional fields is answered with the id that it asked for", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    expect(await call(emulator, "import_group", { ...FULL_GROUP, CreateTime: 1448357837 })).toEqual({
      ActionStatus: "OK",
      ErrorInfo: "",
      ErrorCode: 0,
      GroupId: FIRST_GROUP,
    });
  });
});

describe("create_group (https://www.tencentcloud.com/document/product/1047/34895)", () => {
  test("the sample with a topic option is answered with HugeGroupFlag and Type beside the id", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    const request = { Type: "Community", Name: "TestCommunityGroup", SupportTopic: 1 };
    expect(await call(emulator, "create_group", request)).toEqual({
      ActionStatus: "OK",
      ErrorInfo: "",
      ErrorCode: 0,
      // "@TGS#_@TGS#cRDH3HIM62CP"
      GroupId: expect.stringMatching(/^@TGS#_@TGS#c[A-Z0-9]{11}$/),
      HugeGroupFlag: 0,
      Type: "Community",
    });
  });

  test("the sample with members makes them members, and the owner too", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    const MemberList = [{ Member_Account: "peter", Role: "Admin" }, { Member_Account: "test_user" }];
    await call(emulator, "create_group", { ...FULL_GROUP, MemberList });
    const { GroupInfo } = await call(emulator, "get_group_info", { GroupIdList: [FIRST_GROUP] });
    expect(GroupInfo[0].MemberNum).toBe(3);
  });
});

describe("get_group_info (https://www.tencentcloud.com/document/product/1047/34961)", () => {
  test("the basic sample is answered with every field, and with the members", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    await call(emulator, "create_group", { ...FULL_GROUP, MemberList: [{ Member_Account: "peter" }] });
    const member = { MsgSeq: 0, MsgFlag: "AcceptAndNotify", LastSendMsgTime: 0, MuteUntil: 0 };
    expect(await call(emulator, "get_group_info", { GroupIdList: [FIRST_GROUP] })).toEqual({
      ActionStatus: "OK",
      ErrorInfo: "",
      ErrorCode: 0,
      GroupInfo: [
        {
          GroupId: FIRST_GROUP,
          ErrorCode: 0,
          ErrorInfo: "",
          Type: "Community",
          Name: "TestGroup",
          Appid: 1400000000,
          Introduction: "This is group Introduction",
          Notification: "This is group Notification",
          FaceUrl: "http://this.is.face.url",
          Owner_Account: "leckie",
          CreateTime: expect.any(Number),
          LastInfoTime: expect.any(Number),
          LastMsgTime: 0,
          NextMsgSeq: 1,
          MemberNum: 2,
          MaxMemberNum: 500,
          ApplyJoinOption: "FreeAccess",
          MuteAllMember: "Off",
          MemberList: [
            { Member_Account: "peter", Role: "Member", JoinTime: expect.any(Number), ...member },
            { Member_Account: "leckie", Role: "Owner", JoinTime: expect.any(Number), ...member },
          ],
        },
      ],
    });
  });

  test("the sample with filters is answered with what they name, and no more", async () => {
    await using emulator = await startEmulator({ seed: SEED });
    await call(emulator, "import_group", FULL_GROUP);
    const ResponseFilter = {
      GroupBaseInfoFilter: ["Type", "Name", "Introduction", "Notification"],
      MemberInfoFilter: ["Account", "Role"],
      AppDefinedDataFilter_Group: ["GroupTestData1", "GroupTestData2"],
      AppDefinedDataFilter_GroupMember: ["MemberDefined2", "MemberDefined1"],
    };
    const { GroupInfo } = await call(emulator, "get_group_info", { GroupIdList: [FIRST_GROUP], ResponseFilter });
    expect(GroupInfo).toEqual([
      {
        GroupId: FIRST_GROUP,
        ErrorCode: 0,
        ErrorInfo: "",
        Type: "Community",
        Name: "TestGroup",
        Introduction: "This is group Introduction",
        Notification: "This is group Notification",
        MemberList: [{ Member_Account: "leckie", Role: "Owner" }],
      },
    ]);
  });
});

describe("get_appid_group_list (https://www.tencentcloud.com/document/product/1047/34960)", () => {
  const listed = ["@TGS#_@TGS#2J4SZEAEL", "@TGS#_@TGS#2C5SZEAEF"];
  const seed = {
    apps: SEED.apps.map((app) => ({ ...app, communities: listed.map((groupId) => ({ groupId })) })),
  };

  test("the basic sample is answered with the ids of all groups, and a Next that says that these are all", async () => {
    await using emulator = await startEmulator({ seed });
    expect(await call(emulator, "get_appid_group_list", {})).toEqual({
      ActionStatus: "OK",
      ErrorInfo: "",
      ErrorCode: 0,
      TotalCount: 2,
      GroupIdList: listed.map((GroupId) => ({ GroupId })),
      Next: 0,
    });
  });

  test("the full sample lists only groups of its type", async () => {
    await using emulator = await startEmulator({ seed });
    const answer = await call(emulator, "get_appid_group_list", { Limit: 1000, Next: 0, GroupType: "Public" });
    expect(answer).toMatchObject({ ErrorCode: 0, TotalCount: 0, GroupIdList: [], Next: 0 });
  });
});

describe.each([
  [
    "modify_group_base_info",
    34962,
    {
      GroupId: COMMUNITY,
      Name: "NewName",
      Introduction: "NewIntroduction",
      Notification: "NewNotification",
      FaceUrl: "http://this.is.new.face.url",
      MaxMemberNum: 500,
      MuteAllMember: "On",
    },
  ],
  ["change_group_owner", 34966, { GroupId: COMMUNITY, NewOwner_Account: "peter" }],
  ["destroy_group", 34896, { GroupId: COMMUNITY }],
])("%s (https://www.tencentcloud.com/document/product/1047/%i)", (command, _page, request) => {
  test("the sample is answered with the envelope alone", async () => {
    const communities = [{ groupId: COMMUNITY, ownerAccount: "leckie", members: ["peter"] }];
    await using emulator = await startEmulator({ seed: { apps: SEED.apps.map((app) => ({ ...app, communities })) } });
    expect(await call(emulator, command, request)).toEqual({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 });
  });
});
