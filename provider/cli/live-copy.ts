/**
 * Copies live communities into a seed for the emulator, topics and texts, so that a change can be tried on a copy of
 * production first. It only reads; the copy has a key of its own, so that the app's never lies in the emulator's files.
 */

import type { LiveCommunity } from "../chat/community.js";
import type { LiveTopic } from "../chat/topic.js";
import type { Rules, Seed, SeedCommunity, SeedTopic } from "../emulator/index.js";
import type { Settings } from "../settings/settings.js";
import { withApp } from "./with-app.js";

/** What an emulator needs to stand in for the app. */
export interface LiveCopy {
  readonly sdkAppId: number;
  readonly seed: Seed;
  /** What differs for this app from the emulator's defaults. */
  readonly rules: Partial<Rules>;
}

/** Reads these communities of the app that the TENCENT_CHAT_ variables name. */
export async function copyLive(
  groupIds: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<LiveCopy> {
  const [{ resolveSettings }, { DEFAULT_SECRET_KEY }] = await Promise.all([
    import("../settings/settings.js"),
    import("../emulator/index.js"),
  ]);
  const settings = resolveSettings({ configuration: () => undefined, environment, environmentOnly: {} });
  const { sdkAppId, adminAccount } = settings;
  return withApp(settings, async ({ communities, topics }) => {
    const copies: SeedCommunity[] = [];
    for (const groupId of new Set(groupIds)) {
      const community = await communities.read(groupId);
      if (community === undefined) throw new Error(`app ${sdkAppId} has no community ${groupId}`);
      copies.push(communityCopy(community, await topics.readAllFresh(groupId)));
    }
    const accounts = copies.flatMap(({ ownerAccount }) => ownerAccount ?? []);
    const app = { sdkAppId, secretKey: DEFAULT_SECRET_KEY, admins: [adminAccount], accounts: [...new Set(accounts)] };
    return { sdkAppId, seed: { apps: [{ ...app, communities: copies }] }, rules: rulesOf(settings) };
  });
}

function rulesOf({ byteLimits, importService }: Settings): Partial<Rules> {
  // Nothing lists the accounts of an app, so the copy has to take every account for one.
  return { byteLimits, importService, unknownAccounts: "accepted" };
}

function communityCopy(community: LiveCommunity, topics: ReadonlyMap<string, LiveTopic>): SeedCommunity {
  const { ownerAccount, createTime, maxMemberCount, memberNum, ...texts } = community;
  return {
    ...texts,
    memberNum: Math.max(memberNum, ownerAccount === undefined ? 0 : 1),
    topics: [...topics.values()].map(topicCopy),
    ...(ownerAccount === undefined ? {} : { ownerAccount }),
    ...(createTime === undefined ? {} : { createTime }),
    ...(maxMemberCount === undefined || maxMemberCount < 1 ? {} : { maxMemberCount }),
  };
}

function topicCopy({ createTime, nextMsgSeq, ...topic }: LiveTopic): SeedTopic {
  // An answer without the number means that there is none yet.
  const counted = { ...topic, nextMsgSeq: Math.max(1, nextMsgSeq) };
  return createTime === undefined ? counted : { ...counted, createTime };
}
