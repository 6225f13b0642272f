/** An environment as its app has it now: every field, declared or not, and every topic of its communities. */

import type { LiveTopic } from "../../chat/live-topic.js";
import { orGone } from "../../chat/or-gone.js";
import type { SettingSources } from "../../chat/settings.js";
import { splitTopicId } from "../../chat/topic-id.js";
import { refuseOtherApp } from "../../lifecycle/same-app.js";
import { CHAT_TOPIC_TYPE } from "../../resources/chat-topic.js";
import type { StateResource } from "../pulumi-stacks.js";
import { idsOf } from "./declared.js";
import type { ComparedTopic, Environment, TopicGroup } from "./environment.js";
import { COMPARED_FIELDS } from "./fields.js";

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
  // Those of a `ChatApp` of another app: their topics are not in this one.
  for (const [name, { outputs }] of resources) refuseOtherApp(`"${name}"`, outputs, settings);
  const { topics, close } = openApp(settings);
  try {
    const groupIds = new Set([...resources.values()].map(groupIdOf));
    const communities = new Map<string, Map<string, LiveTopic>>();
    for (const groupId of groupIds) communities.set(groupId, (await orGone(topics.readAllFresh(groupId))) ?? new Map());
    const groups = [...resources].map(([name, resource]): [string, TopicGroup] => {
      return [name, groupOf(name, resource, resources, communities.get(groupIdOf(resource)) ?? new Map())];
    });
    return { stack, sdkAppId: settings.sdkAppId, groups: new Map(groups) };
  } finally {
    await close();
  }
}

function groupIdOf({ outputs }: StateResource): string {
  return String(outputs.groupId);
}

/** A resource's own topics; for a set, also those of its community that no resource of the stack has. */
function groupOf(
  name: string,
  resource: StateResource,
  resources: ReadonlyMap<string, StateResource>,
  live: ReadonlyMap<string, LiveTopic>,
): TopicGroup {
  const keyById = new Map([...idsOf(resource)].map(([key, id]) => [id, key]));
  const others = new Set(
    [...resources].filter(([other]) => other !== name).flatMap(([, other]) => [...idsOf(other).values()]),
  );
  const own = [...live.values()].filter(({ topicId }) => {
    return keyById.has(topicId) || (resource.type !== CHAT_TOPIC_TYPE && !others.has(topicId));
  });
  return new Map(
    own.map((topic) => [
      keyById.get(topic.topicId) ?? splitTopicId(topic.topicId)?.topicKey ?? topic.topicId,
      topicOf(topic),
    ]),
  );
}

function topicOf(topic: LiveTopic): ComparedTopic {
  return new Map(COMPARED_FIELDS.map((name) => [name, topic[name]]));
}
