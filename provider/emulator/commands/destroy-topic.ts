/**
 * `destroy_topic`: removes topics for good. Each has a verdict of its own in `DestroyResultItem`.
 * Source: https://www.tencentcloud.com/document/product/1047/49470.
 */

import { type BodyFields, invalid, readBody } from "../body-fields.js";
import { codeText, Refusal } from "../refusal.js";
import type { Community } from "../store.js";
import { type AnswerFields, type CommandCall, topicCommunity } from "./command-call.js";

const FIELDS: BodyFields = {
  GroupId: { kind: "groupId", required: true },
  TopicIdList: { kind: "topicIdList", required: true },
};

interface DestroyTopicBody {
  readonly GroupId: string;
  readonly TopicIdList: readonly string[];
}

export function destroyTopic(call: CommandCall): AnswerFields {
  const { rules } = call;
  const body = readBody<DestroyTopicBody>(call.body, FIELDS, call.app, rules);
  const community = topicCommunity(call.app, body.GroupId);
  const list = body.TopicIdList;
  if (list.length === 0) throw invalid("TopicIdList is empty");
  if (list.length > rules.maxTopicIdsPerCall) {
    throw invalid(`TopicIdList has ${list.length} ids, the limit is ${rules.maxTopicIdsPerCall}`);
  }
  const codes = list.map((topicId) => call.itemCode ?? destroy(community, topicId));
  const failed = codes.find((code) => code !== 0);
  // By this rule the answer has no items; the topics that were there are destroyed all the same.
  if (failed !== undefined && rules.destroyFailures === "top") throw new Refusal(failed);
  return {
    ErrorInfo: "ok",
    DestroyResultItem: list.map((TopicId, index) => {
      const code = codes[index] ?? 0;
      return { ErrorCode: code, ErrorInfo: code === 0 ? "ok" : codeText(code), TopicId };
    }),
  };
}

/** The topic's verdict. */
function destroy(community: Community, topicId: string): number {
  if (!community.topics.delete(topicId)) return 110003;
  community.destroyedTopicIds.add(topicId);
  return 0;
}
