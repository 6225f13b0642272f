/** `getTopics`: the topics of a community as they are in the app, whoever made them. */
import type * as pulumi from "@pulumi/pulumi";
import { isUsed, type LiveTopic } from "../chat/topic.js";
import { splitTopicId } from "../chat/topic-id.js";
import type { Lookup } from "./ask.js";
import { lookUp, lookUpOutput } from "./lookup.js";

/** The arguments of {@link getTopics}. */
export interface GetTopicsArgs {
  /** Id of the community. */
  groupId: string;
}

/** The arguments of {@link getTopicsOutput}. */
export interface GetTopicsOutputArgs {
  /** Id of the community. */
  groupId: pulumi.Input<string>;
}

/** A topic in the app. */
export interface GetTopicsTopic {
  /** The full id. */
  readonly topicId: string;
  /** The last part of the id, after `@TOPIC#_`. */
  readonly topicKey: string;
  /** Name that users see. */
  readonly topicName: string;
  /** Empty where there is none. */
  readonly introduction: string;
  /** Empty where there is none. */
  readonly notification: string;
  /** Empty where there is none. */
  readonly faceUrl: string;
  /** Empty where there is none. */
  readonly customString: string;
  /** True when members cannot write. */
  readonly muteAllMember: boolean;
  /** Unix seconds. */
  readonly createTime: number | undefined;
  /** Were messages sent in it? */
  readonly used: boolean;
}

/** What {@link getTopics} gives. */
export interface GetTopicsResult {
  /** Id of the community. */
  readonly groupId: string;
  /** By topic id. Empty for a community without topics. */
  readonly topics: GetTopicsTopic[];
  /** The app that was asked. */
  readonly sdkAppId: number;
}

const TOPICS: Lookup<Omit<GetTopicsResult, "sdkAppId">> = {
  name: "getTopics",
  ask: async ({ topics }, groupId) => {
    const live = [...(await topics.readAllFresh(groupId)).values()];
    return { groupId, topics: live.map(asResult).sort(byId) };
  },
};

function asResult(topic: LiveTopic): GetTopicsTopic {
  const { nextMsgSeq, lastMsgTime, topicId, ...fields } = topic;
  return { topicId, topicKey: splitTopicId(topicId)?.topicKey ?? topicId, ...fields, used: isUsed(topic) };
}

function byId(one: GetTopicsTopic, other: GetTopicsTopic): number {
  return one.topicId < other.topicId ? -1 : 1;
}

/**
 * Looks up the topics of a community as they are now, in the preview and again in the update. It waits for no resource of
 * the program: use {@link getTopicsOutput} for a community that the program makes.
 *
 * @param options `provider` or `parent` choose a `ChatApp`; otherwise the stack's settings count.
 * @throws `pulumi.RunError` with a `code` of the README's table, `MISSING_COMMUNITY` when there is no such community.
 *
 * Source: https://www.tencentcloud.com/document/product/1047/49469.
 *
 * @example
 * ```ts
 * import { getTopics } from "pulumi-tencent-chat";
 *
 * export const silentTopics = getTopics({ groupId: "@TGS#_players" }).then(({ topics }) =>
 *   topics.filter(({ used }) => !used).map(({ topicKey }) => topicKey),
 * );
 * ```
 */
export function getTopics(args: GetTopicsArgs, options?: pulumi.InvokeOptions): Promise<GetTopicsResult> {
  return lookUp(TOPICS, args, options);
}

/**
 * As {@link getTopics}, but with values that are not known yet: it waits for the resources behind `groupId` and for those
 * that `dependsOn` names, and is unknown at a preview that is still to create one of them.
 *
 * @param options As for {@link getTopics}, and `dependsOn`.
 *
 * @example
 * ```ts
 * import { ChatCommunity, ChatTopic, getTopicsOutput } from "pulumi-tencent-chat";
 *
 * const players = new ChatCommunity("players", { name: "Players" });
 * const lobby = new ChatTopic("lobby", { groupId: players.groupId, topicName: "Lobby" });
 * const { topics } = getTopicsOutput({ groupId: players.groupId }, { dependsOn: lobby });
 * export const topicNames = topics.apply((all) => all.map(({ topicName }) => topicName));
 * ```
 */
export function getTopicsOutput(
  args: GetTopicsOutputArgs,
  options?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetTopicsResult> {
  return lookUpOutput(TOPICS, args, options);
}
