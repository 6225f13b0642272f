/**
 * `destroy_group`: removes a community for good, its topics with it.
 * Source: https://www.tencentcloud.com/document/product/1047/34896.
 */

import { type BodyFields, readBody } from "../body-fields.js";
import { Refusal } from "../refusal.js";
import { type AnswerFields, type CommandCall, communityOf } from "./command-call.js";

const FIELDS: BodyFields = { GroupId: { kind: "groupId", required: true } };

export function destroyGroup(call: CommandCall): AnswerFields {
  const { app, rules } = call;
  const { GroupId } = readBody<{ readonly GroupId: string }>(call.body, FIELDS, app, rules);
  const { groupId, topics } = communityOf(app, GroupId);
  if (topics.size > 0 && rules.destroyWithTopics === "refused") {
    throw new Refusal(10007, `group ${groupId} has ${topics.size} topics`);
  }
  app.communities.delete(groupId);
  app.destroyedGroupIds.add(groupId);
  return {};
}
