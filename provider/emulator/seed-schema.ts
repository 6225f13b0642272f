/**
 * Reads a seed that comes from outside: every wrong or unknown value is reported with its path, all at once.
 */

import { z } from "zod";
import { ID_RULES } from "../chat/limits.js";
import { groupIdIssue, topicIdIssue } from "./ids.js";
import { readInput } from "./issues.js";
import type { Seed } from "./seed.js";

const account = z.string().min(1);
const seconds = z.int().min(0);

const topicSchema = z
  .strictObject({
    topicId: z.string().optional(),
    topicKey: z.string().min(1).optional(),
    topicName: z.string(),
    introduction: z.string().optional(),
    notification: z.string().optional(),
    faceUrl: z.string().optional(),
    customString: z.string().optional(),
    muteAllMember: z.boolean().optional(),
    fromAccount: account.optional(),
    createTime: seconds.optional(),
    nextMsgSeq: z.int().min(1).optional(),
    lastMsgTime: seconds.optional(),
  })
  .refine((topic) => (topic.topicId === undefined) !== (topic.topicKey === undefined), {
    error: "give either topicId or topicKey",
  });

const communitySchema = z
  .strictObject({
    groupId: z.string(),
    name: z.string().optional(),
    introduction: z.string().optional(),
    notification: z.string().optional(),
    faceUrl: z.string().optional(),
    ownerAccount: account.optional(),
    members: z.array(account).optional(),
    memberNum: z.int().min(0).optional(),
    maxMemberCount: z.int().min(1).optional(),
    muteAllMember: z.boolean().optional(),
    createTime: seconds.optional(),
    lastInfoTime: seconds.optional(),
    supportTopic: z.boolean().optional(),
    topics: z.array(topicSchema).optional(),
    destroyedTopicIds: z.array(z.string()).optional(),
  })
  .superRefine((community, context) => {
    const issue = groupIdIssue(community.groupId);
    if (issue !== undefined) {
      context.addIssue({ code: "custom", path: ["groupId"], message: `${community.groupId} ${issue}` });
      return;
    }
    const named = new Set([...(community.members ?? []), ...(community.ownerAccount ? [community.ownerAccount] : [])]);
    if (community.memberNum !== undefined && community.memberNum < named.size) {
      const message = `is ${community.memberNum}, but ${named.size} members have a name`;
      context.addIssue({ code: "custom", path: ["memberNum"], message });
    }
    const seen = new Set<string>();
    for (const [index, topic] of (community.topics ?? []).entries()) {
      const topicId = topic.topicId ?? community.groupId + ID_RULES.topicSeparator + topic.topicKey;
      const path = ["topics", index, topic.topicId === undefined ? "topicKey" : "topicId"];
      const issue = topicIdIssue(community.groupId, topicId) ?? (seen.has(topicId) ? "is there twice" : undefined);
      if (issue !== undefined) context.addIssue({ code: "custom", path, message: `${topicId} ${issue}` });
      seen.add(topicId);
    }
  });

const appSchema = z
  .strictObject({
    sdkAppId: z.int().min(1).max(4_294_967_295),
    secretKey: z.string().min(1),
    admins: z.array(account).min(1).optional(),
    accounts: z.array(account).optional(),
    communities: z.array(communitySchema).optional(),
    destroyedGroupIds: z.array(z.string()).optional(),
  })
  .superRefine((app, context) => {
    const groupIds = (app.communities ?? []).map((community) => community.groupId);
    for (const index of repeated(groupIds)) {
      const message = `${groupIds[index]} is there twice`;
      context.addIssue({ code: "custom", path: ["communities", index, "groupId"], message });
    }
  });

const seedSchema = z.strictObject({ apps: z.array(appSchema) }).superRefine((seed, context) => {
  for (const index of repeated(seed.apps.map((app) => app.sdkAppId))) {
    const message = `${seed.apps[index]?.sdkAppId} is there twice`;
    context.addIssue({ code: "custom", path: ["apps", index, "sdkAppId"], message });
  }
});

function repeated(values: readonly unknown[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}

/** The seed, if it is one; otherwise throws an Error that lists every wrong value with its path from `root` on. */
export function parseSeed(value: unknown, root = "seed"): Seed {
  return readInput(seedSchema, value, root) as Seed;
}
