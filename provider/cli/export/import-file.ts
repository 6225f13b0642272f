/**
 * The file for `pulumi import --file`. Pulumi sends a dynamic provider nothing but the id, so the file carries the whole
 * state: `inputs`, as a program gives them, and `outputs`, as the provider would have stored them. That takes the CLI
 * 3.254 or newer (https://github.com/pulumi/pulumi/pull/23984).
 */

import { splitTopicId } from "../../chat/topic-id.js";
import { CHAT_COMMUNITY_SHIM, CHAT_TOPIC_SET_SHIM, CHAT_TOPIC_SHIM } from "../../dynamic/shim.js";
import { fingerprintOf } from "../../lifecycle/topic-set/fingerprint.js";
import { topicIdOfMember } from "../../lifecycle/topic-set/topic-set-spec.js";
import type { Properties } from "../../pulumi/properties.js";
import { CHAT_COMMUNITY_TYPE } from "../../resources/chat-community.js";
import { CHAT_TOPIC_TYPE } from "../../resources/chat-topic.js";
import { CHAT_TOPIC_SET_TYPE } from "../../resources/chat-topic-set.js";
import type { ExportedArgs, ExportedResource } from "./resources.js";

const TYPES_AND_SHIMS = {
  ChatCommunity: { type: CHAT_COMMUNITY_TYPE, shim: CHAT_COMMUNITY_SHIM },
  ChatTopicSet: { type: CHAT_TOPIC_SET_TYPE, shim: CHAT_TOPIC_SET_SHIM },
  ChatTopic: { type: CHAT_TOPIC_TYPE, shim: CHAT_TOPIC_SHIM },
} as const;

export function importFile(sdkAppId: number, resources: readonly ExportedResource[]): string {
  const entries = resources.map(({ kind, name, id, args }) => {
    const { type, shim } = TYPES_AND_SHIMS[kind];
    const derived = kind === "ChatTopicSet" ? ofSet(args) : kind === "ChatTopic" ? ofTopic(id) : {};
    return {
      type,
      name,
      id,
      inputs: { __provider: shim, ...args },
      outputs: { __provider: shim, ...args, ...derived, sdkAppId },
    };
  });
  return `${JSON.stringify({ resources: entries }, null, 2)}\n`;
}

function ofTopic(topicId: string): Properties {
  return { topicId, topicKey: splitTopicId(topicId)?.topicKey };
}

function ofSet({ groupId, topics }: ExportedArgs): Properties {
  const members = Object.entries(topics as Readonly<Record<string, Properties>>);
  const topicIds = members.map(([key, topic]) => [key, topicIdOfMember(groupId, key, topic)]);
  return { topicIds: Object.fromEntries(topicIds), fingerprint: fingerprintOf(Object.fromEntries(members)) };
}
