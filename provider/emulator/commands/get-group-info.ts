/**
 * `get_group_info`: some communities with their members. Each has a verdict of its own; the code at the top says
 * nothing about them. With a filter, only what it names is told.
 * Source: https://www.tencentcloud.com/document/product/1047/34961; the fields …/1047/33529.
 */

import { MAX_GROUP_IDS_PER_CALL } from "../../chat/commands.js";
import { type BodyFields, invalid, readBody } from "../body-fields.js";
import { codeText, Refusal } from "../refusal.js";
import type { Rules } from "../rules.js";
import { type Community, memberNumOf } from "../store.js";
import type { AnswerFields, CommandCall } from "./command-call.js";

const FIELDS: BodyFields = {
  GroupIdList: { kind: "groupIdList", required: true },
  ResponseFilter: { kind: "object" },
};
const FILTER_FIELDS: BodyFields = {
  GroupBaseInfoFilter: { kind: "nameList" },
  MemberInfoFilter: { kind: "nameList" },
  AppDefinedDataFilter_Group: { kind: "nameList" },
  AppDefinedDataFilter_GroupMember: { kind: "nameList" },
};

interface GetGroupInfoBody {
  readonly GroupIdList: readonly string[];
  readonly ResponseFilter?: Readonly<Record<string, unknown>>;
}

interface Filter {
  readonly GroupBaseInfoFilter?: readonly string[];
  readonly MemberInfoFilter?: readonly string[];
}

/** The names that a filter may hold; `Account` is how the page's sample calls a member's id. */
const BASE_NAMES: readonly string[] = [
  "GroupId",
  "Type",
  "Name",
  "Appid",
  "Introduction",
  "Notification",
  "FaceUrl",
  "Owner_Account",
  "CreateTime",
  "InfoSeq",
  "LastInfoTime",
  "LastMsgTime",
  "NextMsgSeq",
  "MemberNum",
  "MaxMemberNum",
  "ApplyJoinOption",
  "MuteAllMember",
];
const MEMBER_NAMES: readonly string[] = [
  "Account",
  "Member_Account",
  "Role",
  "JoinTime",
  "MsgSeq",
  "MsgFlag",
  "LastSendMsgTime",
  "MuteUntil",
  "NameCard",
];

export function getGroupInfo(call: CommandCall): AnswerFields {
  const { app, rules } = call;
  const { GroupIdList: list, ResponseFilter } = readBody<GetGroupInfoBody>(call.body, FIELDS, app, rules);
  if (list.length === 0) throw invalid("GroupIdList is empty");
  if (list.length > MAX_GROUP_IDS_PER_CALL) {
    throw invalid(`GroupIdList has ${list.length} ids, the limit is ${MAX_GROUP_IDS_PER_CALL}`);
  }
  const filter = ResponseFilter && readBody<Filter>(ResponseFilter, FILTER_FIELDS, app, rules);
  const base = filter ? namesIn(filter.GroupBaseInfoFilter ?? [], BASE_NAMES, rules) : BASE_NAMES;
  const ofMembers = filter ? namesIn(filter.MemberInfoFilter ?? [], MEMBER_NAMES, rules) : MEMBER_NAMES;
  return {
    GroupInfo: list.flatMap((groupId) => {
      const community = app.communities.get(groupId);
      if (call.itemCode !== undefined) return [failedItem(groupId, call.itemCode, rules)];
      if (community !== undefined) return [foundItem(community, app.sdkAppId, base, ofMembers, rules)];
      return rules.missingGroup === "omitted" ? [] : [failedItem(groupId, Number(rules.missingGroup), rules)];
    }),
  };
}

function namesIn(given: readonly string[], known: readonly string[], rules: Rules): readonly string[] {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined && rules.unknownFields === "refused") {
    throw invalid(`ResponseFilter has ${unknown.slice(0, 100)}, which is not a field of a group`);
  }
  return given;
}

function foundItem(
  community: Community,
  sdkAppId: number,
  base: readonly string[],
  ofMembers: readonly string[],
  rules: Rules,
): AnswerFields {
  const info: [string, unknown][] = [
    ["Type", "Community"],
    ["Name", community.name],
    ["Appid", sdkAppId],
    ["Introduction", community.introduction],
    ["Notification", community.notification],
    ["FaceUrl", community.faceUrl],
    ["Owner_Account", community.ownerAccount ?? ""],
    ["CreateTime", community.createTime],
    ["LastInfoTime", community.lastInfoTime],
    // Messages are in the topics.
    ["LastMsgTime", 0],
    ["NextMsgSeq", 1],
    ["MemberNum", memberNumOf(community)],
    ["MaxMemberNum", community.maxMemberCount],
    ["ApplyJoinOption", "FreeAccess"],
    ["MuteAllMember", community.muteAllMember ? "On" : "Off"],
  ];
  const shown = info.filter(([name, value]) => base.includes(name) && (value !== "" || rules.emptyTexts === "present"));
  return {
    GroupId: community.groupId,
    ErrorCode: 0,
    ErrorInfo: "",
    ...Object.fromEntries(shown),
    ...(ofMembers.length > 0 ? { MemberList: memberList(community, ofMembers, rules) } : {}),
  };
}

/** A member takes more than this in an answer. */
const SHORTEST_MEMBER_BYTES = 20;

function memberList(community: Community, names: readonly string[], rules: Rules): AnswerFields[] {
  if (memberNumOf(community) * SHORTEST_MEMBER_BYTES > rules.maxAnswerBytes) throw new Refusal(10018);
  const unnamed = Array.from({ length: community.unnamedMembers }, (_, index) => `member_${index + 1}`);
  return [...community.members, ...unnamed].map((account) => {
    const member: [string, unknown][] = [
      ["Role", account === community.ownerAccount ? "Owner" : "Member"],
      ["JoinTime", community.createTime],
      ["MsgSeq", 0],
      ["MsgFlag", "AcceptAndNotify"],
      ["LastSendMsgTime", 0],
      ["MuteUntil", 0],
    ];
    return { Member_Account: account, ...Object.fromEntries(member.filter(([name]) => names.includes(name))) };
  });
}

function failedItem(groupId: string, code: number, rules: Rules): AnswerFields {
  const verdict = { ErrorCode: code, ErrorInfo: codeText(code) };
  return rules.failedItems === "bare" ? verdict : { GroupId: groupId, ...verdict };
}
