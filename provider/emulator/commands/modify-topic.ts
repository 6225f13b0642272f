/**
 * `modify_topic`: changes the fields that the body names and leaves the others.
 * Source: https://www.tencentcloud.com/document/product/1047/49468.
 */

import { type BodyFields, invalid, readBody } from "../body-fields.js";
import { topicIdIssue } from "../ids.js";
import { Refusal } from "../refusal.js";
import { type AnswerFields, type CommandCall, topicCommunity } from "./command-call.js";

const FIELDS: BodyFields = {
  GroupId: { kind: "groupId", required: true },
  TopicId: { kind: "topicId", required: true },
  TopicName: { kind: "topicName" },
  From_Account: { kind: "account" },
  CustomString: { kind: "customString" },
  FaceUrl: { kind: "faceUrl" },
  Notification: { kind: "notification" },
  Introduction: { kind: "introduction" },
  MuteAllMember: { kind: "onOff" },
};

interface ModifyTopicBody {
  readonly GroupId: string;
  readonly TopicId: string;
  readonly TopicName?: string;
  readonly CustomString?: string;
  readonly FaceUrl?: string;
  readonly Notification?: string;
  readonly Introduction?: string;
  readonly MuteAllMember?: "On" | "Off";
}

export function modifyTopic(call: CommandCall): AnswerFields {
  const { rules } = call;
  const body = readBody<ModifyTopicBody>(call.body, FIELDS, call.app, rules);
  const community = topicCommunity(call.app, body.GroupId);
  const issue = topicIdIssue(community.groupId, body.TopicId);
  if (issue !== undefined) {
    throw new Refusal(rules.invalidTopicIdCode, `invalid topic id: ${body.TopicId.slice(0, 200)} ${issue}`);
  }
  const topic = community.topics.get(body.TopicId);
  // The page lists 10010 for a deleted topic, and not 110003.
  if (topic === undefined) throw new Refusal(10010, `topic ${body.TopicId} does not exist`);
  if (body.TopicName === "" && rules.topicName === "required") throw invalid("TopicName is empty");

  const changed = (given: string | undefined, current: string): string =>
    given === undefined || (given === "" && !rules.emptyStringClears) ? current : given;
  topic.topicName = changed(body.TopicName, topic.topicName);
  topic.introduction = changed(body.Introduction, topic.introduction);
  topic.notification = changed(body.Notification, topic.notification);
  topic.faceUrl = changed(body.FaceUrl, topic.faceUrl);
  topic.customString = changed(body.CustomString, topic.customString);
  if (body.MuteAllMember !== undefined) topic.muteAllMember = body.MuteAllMember === "On";
  return {};
}
