/**
 * What the emulator holds: apps, their communities, their topics. Maps throughout, since the keys come from callers.
 */

import { DEFAULT_MAX_MEMBER_COUNT, ID_RULES } from "../chat/limits.js";
import type { Seed, SeedApp, SeedCommunity, SeedTopic } from "./seed.js";

export interface Topic {
  readonly topicId: string;
  topicName: string;
  introduction: string;
  notification: string;
  faceUrl: string;
  customString: string;
  muteAllMember: boolean;
  readonly fromAccount: string | undefined;
  readonly createTime: number;
  nextMsgSeq: number;
  lastMsgTime: number;
}

export interface Community {
  readonly groupId: string;
  name: string;
  introduction: string;
  notification: string;
  faceUrl: string;
  /** A member too. */
  ownerAccount: string | undefined;
  /** Those whose names are known, the owner among them. */
  readonly members: Set<string>;
  /** How many members there are beside them. */
  readonly unnamedMembers: number;
  maxMemberCount: number;
  muteAllMember: boolean;
  readonly createTime: number;
  lastInfoTime: number;
  readonly supportTopic: boolean;
  /** By topic id, in the order of creation. */
  readonly topics: Map<string, Topic>;
  readonly destroyedTopicIds: Set<string>;
}

export interface App {
  readonly sdkAppId: number;
  readonly secretKey: string;
  readonly admins: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  readonly communities: Map<string, Community>;
  readonly destroyedGroupIds: Set<string>;
}

/** All apps of one emulator. `now` is in Unix seconds. */
export class Store {
  readonly apps = new Map<number, App>();

  constructor(seed: Seed, now: number) {
    this.add(seed, now);
  }

  /** Adds the apps of a seed that are not there yet. */
  add(seed: Seed, now: number): void {
    for (const app of seed.apps) {
      if (!this.apps.has(app.sdkAppId)) this.apps.set(app.sdkAppId, appFrom(app, now));
    }
  }

  /** Everything, as a seed. */
  toSeed(): Seed {
    return { apps: [...this.apps.values()].map(appToSeed) };
  }
}

function appFrom(app: SeedApp, now: number): App {
  const communities = (app.communities ?? []).map((community) => communityFrom(community, now));
  return {
    sdkAppId: app.sdkAppId,
    secretKey: app.secretKey,
    admins: new Set(app.admins ?? ["administrator"]),
    accounts: new Set(app.accounts),
    communities: new Map(communities.map((community) => [community.groupId, community])),
    destroyedGroupIds: new Set(app.destroyedGroupIds),
  };
}

/** A community as a seed, or a command that makes one, describes it. */
export function communityFrom(community: SeedCommunity, now: number): Community {
  const { groupId, ownerAccount, memberNum, createTime = now } = community;
  const topics = (community.topics ?? []).map((topic) => topicFrom(groupId, topic, now));
  const members = new Set([...(community.members ?? []), ...(ownerAccount === undefined ? [] : [ownerAccount])]);
  return {
    groupId,
    name: community.name ?? "",
    introduction: community.introduction ?? "",
    notification: community.notification ?? "",
    faceUrl: community.faceUrl ?? "",
    ownerAccount,
    members,
    unnamedMembers: Math.max(0, (memberNum ?? 0) - members.size),
    maxMemberCount: community.maxMemberCount ?? DEFAULT_MAX_MEMBER_COUNT,
    muteAllMember: community.muteAllMember ?? false,
    createTime,
    lastInfoTime: community.lastInfoTime ?? createTime,
    supportTopic: community.supportTopic ?? true,
    topics: new Map(topics.map((topic) => [topic.topicId, topic])),
    destroyedTopicIds: new Set(community.destroyedTopicIds),
  };
}

export function memberNumOf(community: Community): number {
  return community.members.size + community.unnamedMembers;
}

function topicFrom(groupId: string, topic: SeedTopic, now: number): Topic {
  return {
    topicId: topic.topicId ?? `${groupId}${ID_RULES.topicSeparator}${topic.topicKey}`,
    topicName: topic.topicName,
    introduction: topic.introduction ?? "",
    notification: topic.notification ?? "",
    faceUrl: topic.faceUrl ?? "",
    customString: topic.customString ?? "",
    muteAllMember: topic.muteAllMember ?? false,
    fromAccount: topic.fromAccount,
    createTime: topic.createTime ?? now,
    nextMsgSeq: topic.nextMsgSeq ?? 1,
    lastMsgTime: topic.lastMsgTime ?? 0,
  };
}

function appToSeed(app: App): SeedApp {
  const destroyed = app.destroyedGroupIds;
  return {
    sdkAppId: app.sdkAppId,
    secretKey: app.secretKey,
    admins: [...app.admins],
    accounts: [...app.accounts],
    communities: [...app.communities.values()].map(communityToSeed),
    ...(destroyed.size > 0 ? { destroyedGroupIds: [...destroyed] } : {}),
  };
}

function communityToSeed(community: Community): SeedCommunity {
  const { ownerAccount, members, unnamedMembers, topics, destroyedTopicIds, ...fields } = community;
  return {
    ...fields,
    ...(ownerAccount === undefined ? {} : { ownerAccount }),
    members: [...members],
    memberNum: memberNumOf(community),
    topics: [...topics.values()].map(topicToSeed),
    ...(destroyedTopicIds.size > 0 ? { destroyedTopicIds: [...destroyedTopicIds] } : {}),
  };
}

function topicToSeed(topic: Topic): SeedTopic {
  const { fromAccount, ...rest } = topic;
  return fromAccount === undefined ? rest : { ...rest, fromAccount };
}
