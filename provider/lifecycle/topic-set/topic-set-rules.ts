/** The offline rules of a set's properties, and of its topics', as schemas of the known ones. */
import { z } from "zod";
import type { ByteLimits } from "../../chat/limits.js";
import { memoizedBy } from "../memoized-by.js";
import { ADOPT_POLICIES, REMOVE_POLICIES } from "../policies.js";
import { isObject } from "../resource-schema.js";
import { createOnlyRules, textRules } from "../topic/topic-rules.js";
import { boolean, oneOf, string } from "../value-rules.js";

/** The rules of the topics of a set. */
export const setTopicRules = memoizedBy((limits: ByteLimits) =>
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
    topics: z.custom<object>(isObject, "must be an object of topics by topic key"),
    adopt: oneOf(ADOPT_POLICIES),
    onRemove: oneOf(REMOVE_POLICIES),
    exclusive: boolean(),
  })
  .partial();
