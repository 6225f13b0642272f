/** The offline rules of a topic's properties, as a schema of the known ones. */
import { z } from "zod";
import type { ByteLimits } from "../../chat/limits.js";
import { memoizedBy } from "../memoized-by.js";
import { ADOPT_POLICIES, REMOVE_POLICIES } from "../policies.js";
import { account, boolean, filledText, oneOf, string, text, unixSeconds } from "../value-rules.js";

export const topicRules = memoizedBy((limits: ByteLimits) =>
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

export function createOnlyRules() {
  return {
    createTime: unixSeconds(),
    fromAccount: account(),
  };
}

export function textRules(limits: ByteLimits) {
  return {
    topicName: filledText(limits, "topicName"),
    introduction: text(limits, "introduction"),
    notification: text(limits, "notification"),
    faceUrl: text(limits, "faceUrl"),
    customString: text(limits, "customString"),
  };
}
