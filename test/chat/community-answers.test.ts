import { describe, expect, test } from "vitest";
import type { Command } from "../../provider/chat/commands.js";
import { membersBesideOwner } from "../../provider/chat/community.js";
import { readCommunities, readImportedGroupId } from "../../provider/chat/community-answers.js";
import {
  AlreadyExistsError,
  NotFoundError,
  RefusedError,
  ThrottledError,
  UnexpectedAnswerError,
} from "../../provider/chat/errors/index.js";
import type { HttpAnswer } from "../../provider/chat/transport.js";
import type { CallContext } from "../../provider/chat/verdicts.js";

const ID = "@TGS#_@TGS#c4YHCIIM62CX";
const OK = { ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0 };

function call(command: Command): CallContext {
  return { command, subject: ID, host: "adminapisgp.im.qcloud.com" };
}

function http(body: unknown): HttpAnswer {
  return { status: 200, text: JSON.stringify(body), serverTime: undefined };
}

function got(...GroupInfo: object[]): HttpAnswer {
  return http({ ...OK, GroupInfo });
}

const read = (answer: HttpAnswer) => readCommunities(answer, call("get_group_info"));

describe("the vendor's samples", () => {
  // https://www.tencentcloud.com/document/product/1047/34967
  test("import_group gives the id that was asked for", () => {
    expect(() => readImportedGroupId(http({ ...OK, GroupId: ID }), call("import_group"), ID)).not.toThrow();
  });

  // https://www.tencentcloud.com/document/product/1047/34961, with the id of a community
  test("get_group_info gives the community under our names", () => {
    const answer = got({
      GroupId: ID,
      ErrorCode: 0,
      ErrorInfo: "",
      Type: "Community",
      Name: "MyFirstGroup",
      Appid: 1400001001,
      Introduction: "TestGroup",
      Notification: "TestGroup",
      FaceUrl: "http://this.is.face.url",
      Owner_Account: "leckie",
      CreateTime: 1426976500,
      LastInfoTime: 1426976500,
      LastMsgTime: 1426976600,
      NextMsgSeq: 1234,
      MemberNum: 2,
      MaxMemberNum: 50,
      ApplyJoinOption: "FreeAccess",
      MuteAllMember: "On",
    });
    expect(read(answer).get(ID)).toEqual({
      groupId: ID,
      name: "MyFirstGroup",
      introduction: "TestGroup",
      notification: "TestGroup",
      faceUrl: "http://this.is.face.url",
      ownerAccount: "leckie",
      createTime: 1426976500,
      memberNum: 2,
      maxMemberCount: 50,
      muteAllMember: true,
    });
  });
});

describe("an import", () => {
  test.each([
    [{}, "it names no GroupId"],
    [{ GroupId: "" }, "it names no GroupId"],
    [{ GroupId: "@TGS#_other" }, "it names the id “@TGS#_other”"],
  ])("that answers with %j is no success", (body, reason) => {
    expect(() => readImportedGroupId(http({ ...OK, ...body }), call("import_group"), ID)).toThrow(reason);
  });

  test("of an id that is in use is told as such", () => {
    const taken = http({ ActionStatus: "FAIL", ErrorInfo: "", ErrorCode: 10021 });
    expect(() => readImportedGroupId(taken, call("import_group"), ID)).toThrow(AlreadyExistsError);
  });
});

describe("the owner", () => {
  test.each([{}, { Owner_Account: "" }])("that nobody is, is undefined: %j", (owner) => {
    expect(read(got({ GroupId: ID, ...owner })).get(ID)?.ownerAccount).toBeUndefined();
  });

  test.each([
    [{ Owner_Account: "leckie", MemberNum: 1 }, 0],
    [{ Owner_Account: "leckie", MemberNum: 3 }, 2],
    [{ MemberNum: 3 }, 3],
    [{ Owner_Account: "leckie" }, 0],
    [{}, 0],
  ])("does not count among the members beside the owner: %j", (fields, count) => {
    const live = read(got({ GroupId: ID, ...fields })).get(ID);
    expect(live && membersBesideOwner(live)).toBe(count);
  });
});

describe("verdicts for each community", () => {
  const item = (ErrorCode: number, more: object = { GroupId: "@TGS#_gone" }) => ({
    ErrorCode,
    ErrorInfo: "text",
    ...more,
  });

  test.each([10010, 10015])("one that get_group_info reports as %i is left out, the others are there", (code) => {
    expect([...read(got(item(code), { GroupId: ID }, item(code, {}))).keys()]).toEqual([ID]);
  });

  test.each([10002, 10007, 10018, 99999])("one with %i is not taken for one that is gone", (code) => {
    expect(() => read(got({ GroupId: ID }, item(code)))).toThrow(/get_group_info @TGS#_gone: \d+ \(“text”\)/);
  });

  test("make the one for the call meaningless", () => {
    const top = { ActionStatus: "FAIL", ErrorInfo: "no meaning", ErrorCode: 10010 };
    expect(read(http({ ...top, GroupInfo: [{ GroupId: ID }] })).has(ID)).toBe(true);
  });

  test.each([
    [60007, ThrottledError],
    [10010, NotFoundError],
    [10007, RefusedError],
  ])("that are none leave the call's %i", (ErrorCode, kind) => {
    for (const list of [{}, { GroupInfo: [] }, { GroupInfo: null }]) {
      expect(() => read(http({ ActionStatus: "FAIL", ErrorInfo: "", ErrorCode, ...list }))).toThrow(kind);
    }
  });
});

describe("an answer of another shape", () => {
  test.each([{}, { GroupInfo: null }, { GroupInfo: {} }, { GroupInfos: [] }])(
    "is never taken for communities that are gone: %j",
    (body) => {
      expect(() => read(http({ ...OK, ...body }))).toThrow(UnexpectedAnswerError);
    },
  );

  test.each([
    [{ ErrorCode: 0 }, "an item has neither an error nor a GroupId"],
    [{ ErrorCode: "0", GroupId: ID }, "ErrorCode"],
    [{ GroupId: ID, Name: 5 }, "Name"],
    [{ GroupId: ID, MuteAllMember: "Maybe" }, "MuteAllMember"],
    [{ GroupId: ID, MemberNum: "2" }, "MemberNum"],
  ])("the item %j is refused, saying what is wrong", (item, reason) => {
    expect(() => read(got(item))).toThrow(reason);
  });
});
