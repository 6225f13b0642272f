/** The inputs and the state of a `ChatTopicSet`, and the single topics that they stand for. */
import type { TopicFields } from "../../chat/topic.js";
import { topicIdOf } from "../../chat/topic-id.js";
import { pick } from "../field-changes.js";
import type { ResourceSchema } from "../lifecycle.js";
import {
  asJson,
  MANAGED_FIELD_TYPES,
  type ManagedResource,
  optionalFlag,
  optionalText,
  requiredText,
  resourceSchema,
} from "../resource-schema.js";
import { CREATE_ONLY_FIELDS, TOPIC_FIELD_TYPES, type TopicSpec, VISIBLE_FIELDS } from "../topic/topic-spec.js";
import { isKnown, type OrUnknown, type Preview, UNKNOWN } from "../unknown.js";

/** A topic under its key. */
export interface SetTopic extends TopicFields {
  /** Given where the key is only a label. */
  readonly topicId?: string | undefined;
}

/** By topic key. */
export type SetTopics = Readonly<Record<string, SetTopic>>;

export interface TopicSetResource extends ManagedResource {
  readonly groupId: string;
  /** In the state: only topics that are confirmed. */
  readonly topics: SetTopics;
  readonly topicIds: Readonly<Record<string, string>>;
  readonly fingerprint?: string | undefined;
  readonly exclusive?: boolean | undefined;
}

const SET_TOPIC_SCHEMA = resourceSchema<SetTopic>({ ...TOPIC_FIELD_TYPES, topicId: optionalText });

const OTHERS_SCHEMA = resourceSchema<Omit<TopicSetResource, "topics" | "topicIds">>({
  groupId: requiredText,
  fingerprint: optionalText,
  exclusive: optionalFlag,
  ...MANAGED_FIELD_TYPES,
});

export const TOPIC_SET_SCHEMA: ResourceSchema<TopicSetResource> = {
  read: (properties) => ({
    ...OTHERS_SCHEMA.read(properties),
    topics: mapValues(asJson(properties.topics), (topic) => SET_TOPIC_SCHEMA.read(asJson(topic))),
    topicIds: mapValues(asJson(properties.topicIds), String),
  }),
  readPreview: (properties) => ({
    ...OTHERS_SCHEMA.readPreview(properties),
    topics: orUnknown(properties.topics, (topics) =>
      mapValues(asJson(topics), (topic) => orUnknown(topic, (known) => SET_TOPIC_SCHEMA.readPreview(asJson(known)))),
    ),
    topicIds: orUnknown(properties.topicIds, (ids) => mapValues(asJson(ids), String)),
  }),
};

function orUnknown<T>(value: unknown, read: (known: unknown) => T): OrUnknown<T> {
  return value === UNKNOWN ? UNKNOWN : read(value);
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

/** How a set is called at the start of a sentence. */
export function describeSet(groupId: string | undefined): string {
  return groupId ? `The topic set of ${groupId}` : "The topic set";
}

/** The path of a topic, as issues name it: `topics["general"]`. */
export function topicPath(key: string): string {
  return `topics[${JSON.stringify(key)}]`;
}

/** A topic of a set. */
export interface Member {
  /** Its key in `topics`. */
  readonly key: string;
  /** Does the topic carry its id? Then the key is only a label. */
  readonly hasOwnId: boolean;
  readonly topicId: string;
  /** The topic as a single one would be declared. */
  readonly spec: TopicSpec;
}

/** The topics of a set, by topic id. */
export function membersOf({ groupId, topics, adopt }: TopicSetResource): Map<string, Member> {
  const members = Object.entries(topics).map(([key, topic]): Member => {
    const topicId = topicIdOfMember(groupId, key, topic);
    const spec = { ...topic, groupId, topicId, ...(adopt && { adopt }) };
    return { key, hasOwnId: topic.topicId !== undefined, topicId, spec };
  });
  return new Map(members.map((member) => [member.topicId, member]));
}

export function topicIdOfMember(groupId: string, key: string, topic: Pick<SetTopic, "topicId">): string {
  return topic.topicId ?? topicIdOf(groupId, key);
}

/** A topic as it holds now. */
export interface ConfirmedTopic {
  readonly member: Member;
  readonly fields: TopicFields;
}

/**
 * The part of the state that holds the topics. A topic that could not be destroyed is stored under its id where another
 * topic has its key now.
 */
export function stateOfTopics(confirmed: readonly ConfirmedTopic[]): Pick<TopicSetResource, "topics" | "topicIds"> {
  const topics = new Map<string, SetTopic>();
  const topicIds = new Map<string, string>();
  for (const { member, fields } of confirmed) {
    const { topicId } = member;
    let { key } = member;
    while (topics.has(key)) key = key === member.key ? topicId : `${key} (again)`;
    const declared = declaredFields(fields);
    topics.set(key, member.hasOwnId || key !== member.key ? { ...declared, topicId } : declared);
    topicIds.set(key, topicId);
  }
  return { topics: Object.fromEntries(topics), topicIds: Object.fromEntries(topicIds) };
}

function declaredFields(fields: TopicFields): TopicFields {
  const names = [...VISIBLE_FIELDS, ...CREATE_ONLY_FIELDS].filter((name) => fields[name] !== undefined);
  return { topicName: fields.topicName, ...pick(fields, names) };
}

/** Are the topics of a set known? Not where a part that decides an id is unknown. */
export function areTopicsKnown({ groupId, topics }: Preview<TopicSetResource>): boolean {
  if (!isKnown(groupId) || !isKnown(topics)) return false;
  return Object.values(topics).every((topic) => isKnown(topic) && topic.topicId !== UNKNOWN);
}
