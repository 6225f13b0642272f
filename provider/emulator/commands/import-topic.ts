/**
 * `import_topic`: a new topic, silently (no webhooks, no notifications), with the time of its creation.
 * Source: https://www.tencentcloud.com/document/product/1047/53448.
 */

import { type BodyFields, readBody } from "../body-fields.js";
import { type AddTopicBody, addTopic } from "./add-topic.js";
import type { AnswerFields, CommandCall } from "./command-call.js";

const FIELDS: BodyFields = {
  Type: { kind: "communityType" },
  GroupId: { kind: "groupId", required: true },
  TopicId: { kind: "topicId" },
  TopicName: { kind: "topicName" },
  From_Account: { kind: "account" },
  CustomString: { kind: "customString" },
  FaceUrl: { kind: "faceUrl" },
  Notification: { kind: "notification" },
  Introduction: { kind: "introduction" },
  CreateTime: { kind: "unixSeconds" },
};

export function importTopic(call: CommandCall): AnswerFields {
  const body = readBody<AddTopicBody>(call.body, FIELDS, call.app, call.rules);
  return addTopic(call, body, 10021);
}
