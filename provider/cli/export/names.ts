/**
 * Topic keys and names of resources in the exported program. A topic keeps the key that is in its id, where a program can
 * choose that id. Another one (the service assigned its id, or Pulumi cannot carry its key) gets a key made of its name,
 * and the program declares its id beside the key.
 */

import { ID_RULES } from "../../chat/limits.js";
import type { LiveTopic } from "../../chat/topic.js";
import { splitTopicId, topicIdOf, topicKeyIssues } from "../../chat/topic-id.js";
import { longestFittingStart } from "../../chat/utf8.js";
import { UNCARRIED_KEYS } from "../../resources/chat-topic-set.js";

export interface TopicNames {
  /** The key under which a set has it. */
  readonly key: string;
  /** Is the key only a label, so that the topic needs its full id beside it? */
  readonly isLabel: boolean;
  /** The name of a resource of its own. */
  readonly resource: string;
}

/** Longest name that is made of a text, in bytes. */
const MAX_NAME_BYTES = 60;

/**
 * The names of topics, by topic id. Of several that would get the same one the first keeps it, and the others are
 * counted: in the order of creation a topic that is added later changes no name.
 */
export function nameTopics(groupId: string, topics: readonly LiveTopic[], prefix = ""): Map<string, TopicNames> {
  const chosen = new Map(topics.map(({ topicId }) => [topicId, chosenKey(groupId, topicId)]));
  // Keys that are in ids cannot change, so they are taken before any key is made of a name.
  const keys = new Set([...chosen.values()].filter((key) => key !== undefined));
  const resources = new Set<string>();
  return new Map(
    topics.map(({ topicId, topicName }) => {
      const own = chosen.get(topicId);
      const key = own ?? unique(wordsOf(topicName).toLowerCase() || "topic", keys);
      const resource = unique((prefix ? `${prefix}-` : "") + (wordsOf(key) || "topic"), resources);
      return [topicId, { key, isLabel: own === undefined, resource }];
    }),
  );
}

/** The name of a community's resource: `players` for `@TGS#_players`. */
export function nameCommunity(groupId: string): string {
  return wordsOf(groupId.slice(ID_RULES.communityPrefix.length)) || "community";
}

/** The key of an id that a program may choose and Pulumi can carry. */
function chosenKey(groupId: string, topicId: string): string | undefined {
  const key = splitTopicId(topicId)?.topicKey;
  if (key === undefined || UNCARRIED_KEYS.has(key) || topicIdOf(groupId, key) !== topicId) return undefined;
  return topicKeyIssues(key, groupId).length === 0 ? key : undefined;
}

/** Letters and digits of any script, with `-` for what is between them. */
function wordsOf(text: string): string {
  const words = text.normalize("NFC").match(/[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}_.]*[\p{L}\p{N}\p{M}])?/gu) ?? [];
  return longestFittingStart(words.join("-"), MAX_NAME_BYTES);
}

/** The name, or the first of `name-2`, `name-3` … that is free; it is taken then. */
function unique(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate) || UNCARRIED_KEYS.has(candidate); count++) candidate = `${name}-${count}`;
  taken.add(candidate);
  return candidate;
}
