/** The properties of a set in a program and in the state, and the single topics that they stand for. */
import { topicIdOf } from "../../chat/topic-id.js";
import type { Properties } from "../lifecycle.js";
import type { AdoptPolicy, RemovePolicy } from "../policies.js";
import { isKnown } from "../unknown.js";

/** A set's properties once they are all known. */
export interface SetProperties {
  readonly groupId: string;
  /** By topic key. In the outputs: only topics whose state is confirmed. */
  readonly topics: Readonly<Record<string, Properties>>;
  readonly topicIds: Readonly<Record<string, string>>;
  readonly adopt?: AdoptPolicy;
  readonly onRemove?: RemovePolicy;
  readonly exclusive?: boolean;
  readonly sdkAppId: number;
}

/** Only for properties that `checkTopicSet` has passed, or that came out of the state. */
export function asSet(properties: Properties): SetProperties {
  return properties as unknown as SetProperties;
}

/** How a set is called at the start of a sentence. */
export function nameOfSet({ groupId }: Properties): string {
  return typeof groupId === "string" ? `The topic set of ${groupId}` : "The topic set";
}

/** The path of a topic, as failures name it: `topics["general"]`. */
export function pathOf(key: string): string {
  return `topics[${JSON.stringify(key)}]`;
}

/** A topic of a set. */
export interface Member {
  /** Its key in `topics`; a label only, where the topic has a `topicId`. */
  readonly key: string;
  readonly topicId: string;
  /** What stands under the key. */
  readonly entry: Properties;
  /** Its properties as a single topic would have them. */
  readonly properties: Properties;
}

/** The topics that the properties of a set name, by topic id. */
export function membersOf(set: Properties): Map<string, Member> {
  const { groupId, topics = {}, sdkAppId, adopt, onRemove } = asSet(set);
  const shared = { groupId, sdkAppId, ...(adopt && { adopt }), ...(onRemove && { onRemove }) };
  return new Map(
    Object.entries(topics).map(([key, topic]) => {
      const topicId = idOfMember(groupId, key, topic);
      return [topicId, { key, topicId, entry: topic, properties: { ...topic, ...shared, topicId } }];
    }),
  );
}

export function idOfMember(groupId: string, key: string, topic: Properties): string {
  return typeof topic.topicId === "string" ? topic.topicId : topicIdOf(groupId, key);
}

/** The entry of a member in `topics`, from the properties that it has reached as a single topic. */
export function entryOf(member: Member, reached: Properties): Properties {
  const { groupId, sdkAppId, adopt, onRemove, topicKey, topicId, ...entry } = reached;
  return "topicId" in member.entry ? { ...entry, topicId: member.topicId } : entry;
}

/**
 * The part of the state that tells of topics. A topic that should be gone but is not may find its key taken by another;
 * it then stands under its id.
 */
export function stateOfTopics(reached: readonly { member: Member; entry: Properties }[]): {
  topics: Record<string, Properties>;
  topicIds: Record<string, string>;
} {
  const topics = new Map<string, Properties>();
  const topicIds = new Map<string, string>();
  for (const { member, entry } of reached) {
    let key = member.key;
    while (topics.has(key)) key = key === member.key ? member.topicId : `${key} (again)`;
    topics.set(key, key === member.key ? entry : { ...entry, topicId: member.topicId });
    topicIds.set(key, member.topicId);
  }
  return { topics: Object.fromEntries(topics), topicIds: Object.fromEntries(topicIds) };
}

/** Can the topics of a set be told? Not where a part that decides an id is unknown. */
export function isFullyKnown(set: Properties): boolean {
  if (!isKnown(set.groupId) || !isKnown(set.topics)) return false;
  return Object.values(set.topics as Record<string, unknown>).every(
    (topic) => isKnown<unknown>(topic) && isKnown((topic as Properties).topicId ?? ""),
  );
}
