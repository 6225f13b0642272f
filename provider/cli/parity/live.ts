/** An environment as its app has it now: every field, declared or not, and every topic of its communities. */

import type { LiveTopic } from "../../chat/topic.js";
import { splitTopicId } from "../../chat/topic-id.js";
import { undefinedIfNotFound } from "../../chat/undefined-if-not-found.js";
import { assertSameApp } from "../../lifecycle/same-app.js";
import { VISIBLE_FIELDS } from "../../lifecycle/topic/topic-spec.js";
import { CHAT_TOPIC_TYPE } from "../../resources/chat-topic.js";
import type { SettingSources } from "../../settings/setting-sources.js";
import type { StateResource } from "../pulumi-stacks.js";
import { shownNames } from "../resource-keys.js";
import { withApp } from "../with-app.js";
import { idsOf } from "./declared.js";
import type { ComparedTopic, Environment, TopicGroup } from "./environment.js";

export async function liveEnvironment(
  stack: string,
  resources: ReadonlyMap<string, StateResource>,
  sources: SettingSources,
): Promise<Environment> {
  const { resolveSettings } = await import("../../settings/settings.js");
  const settings = resolveSettings(sources);
  // A `ChatApp` may name another app. The topics of its resources are not in this one.
  const names = shownNames(resources.keys());
  for (const [key, { outputs }] of resources) assertSameApp(`"${names.get(key)}"`, outputs.sdkAppId, settings);
  return withApp(settings, async ({ topics }) => {
    const communities = new Map<string, Map<string, LiveTopic>>();
    for (const groupId of new Set([...resources.values()].map(groupIdOf))) {
      communities.set(groupId, (await undefinedIfNotFound(topics.readAllFresh(groupId))) ?? new Map());
    }
    const groups = [...resources].map(([key, resource]): [string, TopicGroup] => {
      return [key, groupOf(resource, resources, communities.get(groupIdOf(resource)) ?? new Map())];
    });
    return { stack, sdkAppId: settings.sdkAppId, groups: new Map(groups) };
  });
}

function groupIdOf({ outputs }: StateResource): string {
  return String(outputs.groupId);
}

/** A resource's own topics; for a set, also the topics of its community that no resource of the stack declares. */
function groupOf(
  resource: StateResource,
  resources: ReadonlyMap<string, StateResource>,
  live: ReadonlyMap<string, LiveTopic>,
): TopicGroup {
  const keyById = new Map([...idsOf(resource)].map(([key, id]) => [id, key]));
  const others = new Set(
    [...resources.values()].filter((other) => other !== resource).flatMap((other) => [...idsOf(other).values()]),
  );
  const own = [...live.values()].filter(({ topicId }) => {
    return keyById.has(topicId) || (resource.type !== CHAT_TOPIC_TYPE && !others.has(topicId));
  });
  const declaredKeys = new Set(keyById.values());
  const keyOf = ({ topicId }: LiveTopic): string => {
    const key = keyById.get(topicId) ?? splitTopicId(topicId)?.topicKey ?? topicId;
    // A set can have a topic under a key that the id of another topic ends with.
    return declaredKeys.has(key) && !keyById.has(topicId) ? topicId : key;
  };
  return new Map(own.map((topic) => [keyOf(topic), topicOf(topic)]));
}

function topicOf(topic: LiveTopic): ComparedTopic {
  return new Map(VISIBLE_FIELDS.map((name) => [name, topic[name]]));
}
