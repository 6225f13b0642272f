/** An environment as its stack's state has it: the declared fields, as of the last update or refresh. */
import { splitTopicId } from "../../chat/topic-id.js";
import { VISIBLE_FIELDS } from "../../lifecycle/topic/topic-spec.js";
import { CHAT_TOPIC_TYPE } from "../../resources/chat-topic.js";
import { CHAT_TOPIC_SET_TYPE } from "../../resources/chat-topic-set.js";
import type { StateResource } from "../pulumi-stacks.js";
import { resourceKeyOf } from "../resource-keys.js";
import type { ComparedTopic, Environment, FieldValue, TopicGroup } from "./environment.js";

/** The `ChatTopic`s and `ChatTopicSet`s in a state, by key. */
export function topicResources(resources: readonly StateResource[]): Map<string, StateResource> {
  const ours = resources.filter(({ type, external }) => isOfTopics(type) && !external);
  return new Map(ours.map((resource) => [resourceKeyOf(resource.urn), resource]));
}

function isOfTopics(type: string): boolean {
  return type === CHAT_TOPIC_TYPE || type === CHAT_TOPIC_SET_TYPE;
}

export function declaredEnvironment(stack: string, resources: ReadonlyMap<string, StateResource>): Environment {
  return {
    stack,
    sdkAppId: sdkAppIdOf(resources),
    groups: new Map([...resources].map(([key, resource]) => [key, groupOf(resource)])),
  };
}

export function sdkAppIdOf(resources: ReadonlyMap<string, StateResource>): number | undefined {
  const ids = [...resources.values()].map(({ outputs }) => outputs.sdkAppId);
  return ids.find((id) => typeof id === "number");
}

/** The ids of a resource's topics, by the topic key under which they are compared. */
export function idsOf({ type, id, outputs }: StateResource): Map<string, string> {
  if (type === CHAT_TOPIC_TYPE) return new Map([[splitTopicId(id)?.topicKey ?? id, id]]);
  const ids = Object.entries((outputs.topicIds ?? {}) as Record<string, unknown>);
  return new Map(ids.map(([key, topicId]) => [key, String(topicId)]));
}

function groupOf(resource: StateResource): TopicGroup {
  if (resource.type === CHAT_TOPIC_TYPE) {
    return new Map([...idsOf(resource).keys()].map((key) => [key, topicOf(resource.outputs)]));
  }
  const topics = Object.entries((resource.outputs.topics ?? {}) as Record<string, Record<string, unknown>>);
  return new Map(topics.map(([key, topic]) => [key, topicOf(topic)]));
}

function topicOf(properties: Readonly<Record<string, unknown>>): ComparedTopic {
  return new Map(VISIBLE_FIELDS.map((name) => [name, readValue(properties[name])]));
}

function readValue(value: unknown): FieldValue {
  if (typeof value === "string" || typeof value === "boolean" || value === undefined) return value;
  throw new Error("a topic has a secret value, which the state keeps encrypted; compare with --live");
}
