/**
 * `create_topic`: a new topic, created now. The service would call webhooks and notify members; the emulator does not.
 * Source: https://www.tencentcloud.com/document/product/1047/49471.
 */

import { type BodyFields, readBody } from "../body-fields.js";
import { type AddTopicBody, addTopic } from "./add-topic.js";
import type { AnswerFields, CommandCall } from "./command-call.js";

const FIELDS: BodyFields = {
  GroupId: { kind: "groupId", required: true },
  TopicId: { kind: "topicId" },
  TopicName: { kind: "topicName" },
  From_Account: { kind: "account" },
  CustomString: { kind: "customString" },
  FaceUrl: { kind: "faceUrl" },
  Notification: { kind: "notification" },
  Introduction: { kind: "introduction" },
};

export function createTopic(call: CommandCall): AnswerFields {
  const body = readBody<AddTopicBody>(call.body, FIELDS, call.app, call.rules);
  return addTopic(call, body, call.rules.createDuplicateCode);
}
