/** Read of a set: its topics as they are; those that are gone are dropped, and an exclusive set shows the others too. */

import type { LiveTopic } from "../../chat/live-topic.js";
import { orGone } from "../../chat/or-gone.js";
import { splitTopicId, topicIdOf } from "../../chat/topic-id.js";
import type { LifecycleContext, Properties, ReadResult } from "../lifecycle.js";
import { refuseOtherApp } from "../same-app.js";
import { liveValues } from "../topic/fields.js";
import { fingerprintOf } from "./fingerprint.js";
import { asSet, type Member, membersOf, nameOfSet, stateOfTopics } from "./set-properties.js";

export async function readTopicSet(
  context: LifecycleContext,
  id: string,
  old: Properties,
): Promise<ReadResult | undefined> {
  refuseOtherApp(nameOfSet(old), old, context.settings());
  const live = await orGone((await context.topics()).readAllShared(id));
  if (live === undefined) return undefined;

  const members = membersOf(old);
  const own = [...members.values()].flatMap((member) => {
    const topic = live.get(member.topicId);
    return topic ? [{ member, entry: { ...member.entry, ...liveValues(member.entry, topic) } }] : [];
  });
  const others = asSet(old).exclusive ? [...live.values()].filter(({ topicId }) => !members.has(topicId)) : [];
  const { topics, topicIds } = stateOfTopics([...own, ...others.map((topic) => undeclared(id, topic))]);
  const inputs = { ...old, topics, topicIds };
  const { fingerprint, ...withoutFingerprint } = inputs as Properties;
  return { outputs: { ...inputs, fingerprint: fingerprintOf(topics) }, inputs: withoutFingerprint };
}

/** Pulumi's wire format (google-protobuf's `Struct`) drops a key of this name without a word. */
const UNCARRIED_KEY = "__proto__";

/** A topic that nobody declared, as an entry: the next update will remove it, and its preview can show that. */
function undeclared(groupId: string, { topicId, topicName }: LiveTopic): { member: Member; entry: Properties } {
  const key = splitTopicId(topicId)?.topicKey ?? UNCARRIED_KEY;
  const isKeyEnough = key !== UNCARRIED_KEY && topicIdOf(groupId, key) === topicId;
  const entry = isKeyEnough ? { topicName } : { topicName, topicId };
  return { member: { key: isKeyEnough ? key : topicId, topicId, entry, properties: {} }, entry };
}
