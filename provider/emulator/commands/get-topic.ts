/**
 * `get_topic`: some topics of a community, or all. Each has a verdict of its own; the code at the top says nothing
 * about them. The community's id is spelled `GroupID` in the answer, as on the page.
 * Source: https://www.tencentcloud.com/document/product/1047/49469.
 */

import { type BodyFields, invalid, readBody } from "../body-fields.js";
import { codeText } from "../refusal.js";
import type { Rules } from "../rules.js";
import type { Community, Topic } from "../store.js";
import { type AnswerFields, type CommandCall, topicCommunity } from "./command-call.js";

const FIELDS: BodyFields = {
  GroupId: { kind: "groupId", required: true },
  From_Account: { kind: "account", required: true },
  TopicIdList: { kind: "topicIdList" },
  ResponseFilter: { kind: "nameList" },
};

interface GetTopicBody {
  readonly GroupId: string;
  readonly From_Account: string;
  readonly TopicIdList?: readonly string[];
  readonly ResponseFilter?: readonly string[];
}

/** These two come whatever the filter says. */
const ALWAYS_SHOWN: readonly string[] = ["TopicId", "GroupID"];

export function getTopic(call: CommandCall): AnswerFields {
  const { rules } = call;
  const body = readBody<GetTopicBody>(call.body, FIELDS, call.app, rules);
  const community = topicCommunity(call.app, body.GroupId);
  const shown = shownNames(body.ResponseFilter, rules);
  const items = topicIds(community, body.TopicIdList, rules).flatMap((topicId) => {
    const topic = community.topics.get(topicId);
    if (call.itemCode !== undefined) return [failedItem(community, topicId, call.itemCode, rules)];
    if (topic !== undefined) return [foundItem(community, topic, shown, rules)];
    return rules.missingTopic === "omitted" ? [] : [failedItem(community, topicId, Number(rules.missingTopic), rules)];
  });
  return { ErrorInfo: "ok", TopicAndSelfInfo: items };
}

function topicIds(community: Community, list: readonly string[] | undefined, rules: Rules): readonly string[] {
  if (list === undefined || (list.length === 0 && rules.emptyTopicIdList === "all")) {
    const all = [...community.topics.keys()];
    return rules.topicOrder === "created" ? all : all.reverse();
  }
  if (list.length === 0) throw invalid("TopicIdList is empty");
  if (list.length > rules.maxTopicIdsPerCall) {
    throw invalid(`TopicIdList has ${list.length} ids, the limit is ${rules.maxTopicIdsPerCall}`);
  }
  return list;
}

function topicInfo(community: Community, topic: Topic, rules: Rules): [string, unknown][] {
  const mute = topic.muteAllMember;
  return [
    ["TopicName", topic.topicName],
    ["GroupID", community.groupId],
    ["FaceUrl", topic.faceUrl],
    ["TopicId", topic.topicId],
    ["NextMsgSeq", topic.nextMsgSeq],
    ["Notification", topic.notification],
    ["Introduction", topic.introduction],
    ["CreateTime", topic.createTime],
    ["LastMsgTime", topic.lastMsgTime],
    rules.muteField === "MuteAllMember" ? ["MuteAllMember", mute ? "On" : "Off"] : ["ShutUpAllFlag", mute ? 1 : 0],
    ["CustomString", topic.customString],
  ];
}

const FILTER_NAMES: readonly string[] = [
  ...ALWAYS_SHOWN,
  "TopicName",
  "FaceUrl",
  "NextMsgSeq",
  "Notification",
  "Introduction",
  "CreateTime",
  "LastMsgTime",
  "MuteAllMember",
  "ShutUpAllFlag",
  "CustomString",
];

function shownNames(filter: readonly string[] | undefined, rules: Rules): ReadonlySet<string> {
  const unknown = filter?.find((name) => !FILTER_NAMES.includes(name));
  if (unknown !== undefined && rules.unknownFields === "refused") {
    throw invalid(`ResponseFilter has ${unknown.slice(0, 100)}, which is not a field of a topic`);
  }
  return new Set(filter === undefined ? FILTER_NAMES : [...ALWAYS_SHOWN, ...filter]);
}

function foundItem(community: Community, topic: Topic, shown: ReadonlySet<string>, rules: Rules): AnswerFields {
  const info = topicInfo(community, topic, rules).filter(
    ([name, value]) => shown.has(name) && (value !== "" || rules.emptyTexts === "present"),
  );
  return {
    ErrorCode: 0,
    ErrorInfo: "ok",
    // Nobody has read anything here and nobody is muted alone: there are no members.
    SelfInfo: { ShutUpTime: 0, MsgSeq: 0, MsgFlag: "AcceptAndNotify" },
    TopicInfo: Object.fromEntries(info),
  };
}

function failedItem(community: Community, topicId: string, code: number, rules: Rules): AnswerFields {
  const verdict = { ErrorCode: code, ErrorInfo: codeText(code) };
  if (rules.failedItems === "bare") return verdict;
  return { ...verdict, TopicInfo: { GroupID: community.groupId, TopicId: topicId } };
}
