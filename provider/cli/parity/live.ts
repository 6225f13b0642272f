/** An environment as its app has it now: every field, declared or not, and every topic of its communities. */

import type { LiveTopic } from "../../chat/live-topic.js";
import { orGone } from "../../chat/or-gone.js";
import type { SettingSources } from "../../chat/settings.js";
import { splitTopicId } from "../../chat/topic-id.js";
import { refuseOtherApp } from "../../lifecycle/same-app.js";
import { CHAT_TOPIC_TYPE } from "../../resources/chat-topic.js";
import type { StateResource } from "../pulumi-stacks.js";
import { shownNames } from "../resource-keys.js";
import { idsOf } from "./declared.js";
import { COMPARED_FIELDS, type ComparedTopic, type Environment, type TopicGroup } from "./environment.js";

export async function liveEnvironment(
  stack: string,
  resources: ReadonlyMap<string, StateResource>,
  sources: SettingSources,
): Promise<Environment> {
  const [{ resolveSettings }, { openApp }] = await Promise.all([
    import("../../chat/settings.js"),
    import("../../chat/open-app.js"),
  ]);
  const settings = resolveSettings(sources);
  // A `ChatApp` may name another app. The topics of its resources are not in this one.
  const names = shownNames(resources.keys());
  for (const [key, { outputs }] of resources) refuseOtherApp(`"${names.get(key)}"`, outputs, settings);
  const { topics, close } = openApp(settings);
  try {
    const groupIds = new Set([...resources.values()].map(groupIdOf));
    const communities = new Map<string, Map<string, LiveTopic>>();
    for (const groupId of groupIds) communities.set(groupId, (await orGone(topics.readAllFresh(groupId))) ?? new Map());
    const groups = [...resources].map(([key, resource]): [string, TopicGroup] => {
      return [key, groupOf(resource, resources, communities.get(groupIdOf(resource)) ?? new Map())];
    });
    return { stack, sdkAppId: settings.sdkAppId, groups: new Map(groups) };
  } finally {
    await close();
  }
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
  return new Map(COMPARED_FIELDS.map((name) => [name, topic[name]]));
}
