/**
 * The offline rules of a topic's properties, as one schema of the known ones. A message is the rest of a sentence that
 * starts with the property: "`topicName` is 36 bytes …". `checkTopic` puts the two together.
 */
import { z } from "zod";
import type { ByteLimits } from "../../chat/limits.js";
import { oncePer } from "../once-per.js";
import { ADOPT_POLICIES, REMOVE_POLICIES } from "../policies.js";
import { account, boolean, filledText, oneOf, string, text, unixSeconds } from "../value-rules.js";

export const topicRules = oncePer((limits: ByteLimits) =>
  z
    .strictObject({
      groupId: string(),
      topicKey: string(),
      topicId: string(),
      serverAssignedId: boolean(),
      ...textRules(limits),
      muteAllMember: boolean(),
      ...createOnlyRules(),
      adopt: oneOf(ADOPT_POLICIES),
      onRemove: oneOf(REMOVE_POLICIES),
    })
    .partial(),
);

function createOnlyRules() {
  return {
    createTime: unixSeconds(),
    fromAccount: account(),
  };
}

/** The rules of the topics of a set. */
export const memberRules = oncePer((limits: ByteLimits) =>
  z
    .strictObject({
      ...textRules(limits),
      muteAllMember: boolean(),
      ...createOnlyRules(),
      topicId: string(),
    })
    .partial(),
);

/** The rules of a set, but for its topics. */
export const setRules = z
  .strictObject({
    groupId: string(),
    topics: z.custom<object>(
      (value) => typeof value === "object" && value !== null && !Array.isArray(value),
      "must be an object of topics by topic key",
    ),
    adopt: oneOf(ADOPT_POLICIES),
    onRemove: oneOf(REMOVE_POLICIES),
    exclusive: boolean(),
  })
  .partial();

function textRules(limits: ByteLimits) {
  return {
    topicName: filledText(limits, "topicName"),
    introduction: text(limits, "introduction"),
    notification: text(limits, "notification"),
    faceUrl: text(limits, "faceUrl"),
    customString: text(limits, "customString"),
  };
}
