/** Read of a set: its topics as they are; those that are gone are dropped, and an exclusive set shows the others too. */
import type { LiveTopic } from "../../chat/topic.js";
import { splitTopicId, topicIdOf } from "../../chat/topic-id.js";
import { undefinedIfNotFound } from "../../chat/undefined-if-not-found.js";
import type { LifecycleContext, ReadResult } from "../lifecycle.js";
import { TOPIC_KIND } from "../topic/topic-kind.js";
import { fingerprintOf } from "./fingerprint.js";
import { type ConfirmedTopic, membersOf, stateOfTopics, type TopicSetResource } from "./topic-set-spec.js";

export async function readTopicSet(
  context: LifecycleContext,
  groupId: string,
  state: TopicSetResource,
): Promise<ReadResult<TopicSetResource> | undefined> {
  const live = await undefinedIfNotFound((await context.topics()).readAllShared(groupId));
  if (live === undefined) return undefined;

  const members = membersOf(state);
  const own = [...members.values()].flatMap((member): ConfirmedTopic[] => {
    const topic = live.get(member.topicId);
    return topic ? [{ member, fields: TOPIC_KIND.asLive(member.spec, topic) }] : [];
  });
  const others = state.exclusive ? [...live.values()].filter(({ topicId }) => !members.has(topicId)) : [];
  const { fingerprint, ...inputs } = {
    ...state,
    ...stateOfTopics([...own, ...others.map((topic) => undeclaredTopic(groupId, topic))]),
  };
  return { state: { ...inputs, fingerprint: fingerprintOf(inputs.topics) }, inputs };
}

/** Pulumi's wire format (google-protobuf's `Struct`) drops a key of this name without a word. */
const UNCARRIED_KEY = "__proto__";

/** A topic that nobody declared: the next update will remove it, and its preview can show that. */
function undeclaredTopic(groupId: string, { topicId, topicName }: LiveTopic): ConfirmedTopic {
  const ownKey = splitTopicId(topicId)?.topicKey ?? UNCARRIED_KEY;
  const hasOwnId = ownKey === UNCARRIED_KEY || topicIdOf(groupId, ownKey) !== topicId;
  const spec = { groupId, topicId, topicName };
  return { member: { key: hasOwnId ? topicId : ownKey, hasOwnId, topicId, spec }, fields: spec };
}
