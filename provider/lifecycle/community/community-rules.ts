/** The offline rules of a community's properties, as one schema of the known ones. */
import { z } from "zod";
import { type ByteLimits, MAX_MEMBERS_PER_COMMUNITY } from "../../chat/limits.js";
import { memoizedBy } from "../memoized-by.js";
import { ADOPT_POLICIES, REMOVE_POLICIES } from "../policies.js";
import { account, boolean, filledText, oneOf, string, text, unixSeconds, wholeNumber } from "../value-rules.js";

export const communityRules = memoizedBy((limits: ByteLimits) =>
  z
    .strictObject({
      groupId: string(),
      name: filledText(limits, "communityName"),
      introduction: text(limits, "communityIntroduction"),
      notification: text(limits, "communityNotification"),
      faceUrl: text(limits, "communityFaceUrl"),
      ownerAccount: account(),
      maxMemberCount: wholeNumber(1, MAX_MEMBERS_PER_COMMUNITY.onRequest),
      createTime: unixSeconds(),
      muteAllMember: boolean(),
      adopt: oneOf(ADOPT_POLICIES),
      onRemove: oneOf(REMOVE_POLICIES),
    })
    .partial(),
);
