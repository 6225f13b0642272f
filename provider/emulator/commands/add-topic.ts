/**
 * What `import_topic` and `create_topic` have in common: a new topic in a community, under an id that the caller chose
 * or that is assigned here.
 */

import { assignedTopicId, chosenTopicIdIssue } from "../ids.js";
import { Refusal } from "../refusal.js";
import type { Topic } from "../store.js";
import { type AnswerFields, type CommandCall, topicCommunity } from "./command-call.js";

/** The body of either command, its fields checked. */
export interface AddTopicBody {
  readonly GroupId: string;
  readonly TopicId?: string;
  readonly TopicName?: string;
  readonly From_Account?: string;
  readonly CustomString?: string;
  readonly FaceUrl?: string;
  readonly Notification?: string;
  readonly Introduction?: string;
  /** Only `import_topic` takes it. */
  readonly CreateTime?: number;
}

/** Adds the topic; `duplicateCode` answers for an id that is in use. */
export function addTopic(call: CommandCall, body: AddTopicBody, duplicateCode: number): AnswerFields {
  const { rules } = call;
  const community = topicCommunity(call.app, body.GroupId);
  if (!body.TopicName && rules.topicName === "required") {
    throw new Refusal(10004, "invalid parameter: TopicName is empty or missing");
  }
  const topicId = body.TopicId ?? assignedTopicId(community.groupId, call.random);
  if (body.TopicId !== undefined) {
    const issue = chosenTopicIdIssue(community.groupId, body.TopicId);
    if (issue !== undefined) {
      throw new Refusal(rules.invalidTopicIdCode, `invalid topic id: ${body.TopicId.slice(0, 200)} ${issue}`);
    }
  }
  // Before the quota: who repeats a call that filled the community learns that the topic is there.
  const wasDestroyed = !rules.reuseDestroyedIds && community.destroyedTopicIds.has(topicId);
  if (community.topics.has(topicId) || wasDestroyed)
    throw new Refusal(duplicateCode, `topic id ${topicId} is already in use`);
  if (community.topics.size >= rules.maxTopicsPerCommunity) {
    throw new Refusal(10037, `the community has ${community.topics.size} topics already`);
  }
  const topic: Topic = {
    topicId,
    topicName: body.TopicName ?? "",
    introduction: body.Introduction ?? "",
    notification: body.Notification ?? "",
    faceUrl: body.FaceUrl ?? "",
    customString: body.CustomString ?? "",
    muteAllMember: false,
    fromAccount: body.From_Account,
    createTime: body.CreateTime ?? call.now,
    nextMsgSeq: 1,
    lastMsgTime: 0,
  };
  community.topics.set(topicId, topic);
  community.destroyedTopicIds.delete(topicId);
  return { TopicId: topicId };
}
