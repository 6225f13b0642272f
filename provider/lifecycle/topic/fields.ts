/** The properties of a topic in a program and in the state, and how they meet a live topic. */
import type { LiveTopic } from "../../chat/live-topic.js";
import { describeTopic, splitTopicId } from "../../chat/topic-id.js";
import type { Properties } from "../lifecycle.js";
import type { AdoptPolicy, RemovePolicy } from "../policies.js";

/** The texts, under the vendor's names: sent at import, compared, changed by modify_topic. */
export const TEXT_FIELDS = ["topicName", "introduction", "notification", "faceUrl", "customString"] as const;
/** Sent at import only. They take no part in drift or matching. */
export const CREATE_ONLY_FIELDS = ["createTime", "fromAccount"] as const;

/** The texts and the mute flag, as far as a program declares them. */
export interface DeclaredTexts {
  readonly topicName?: string;
  readonly introduction?: string;
  readonly notification?: string;
  readonly faceUrl?: string;
  readonly customString?: string;
  readonly muteAllMember?: boolean;
}

/** A single topic's properties once they are all known. In the state `topicId` is always there. */
export interface TopicProperties extends DeclaredTexts {
  readonly groupId: string;
  readonly topicName: string;
  readonly topicKey?: string;
  readonly topicId?: string;
  readonly serverAssignedId?: boolean;
  readonly createTime?: number;
  readonly fromAccount?: string;
  readonly adopt?: AdoptPolicy;
  readonly onRemove?: RemovePolicy;
  readonly sdkAppId: number;
}

/** Only for properties that {@link checkTopic} has passed, or that came out of the state. */
export function asTopic(properties: Properties): TopicProperties {
  return properties as unknown as TopicProperties;
}

/** The state of a topic that was written from `inputs` under `topicId`. */
export function outputsOf({ __urn, ...inputs }: Properties, topicId: string): Properties {
  return { ...inputs, topicId };
}

export function groupIdOf(topicId: string, properties: Properties): string {
  return typeof properties.groupId === "string" ? properties.groupId : (splitTopicId(topicId)?.groupId ?? "");
}

/** How a topic is called at the start of a sentence. */
export function nameOfTopic(topicId: string): string {
  return `Topic ${describeTopic(topicId)}`;
}

/** The live values of those fields that `tracked` has. */
export function liveValues(tracked: Properties, live: LiveTopic): Properties {
  const names = [...TEXT_FIELDS, "muteAllMember"] as const;
  return Object.fromEntries(names.filter((name) => name in tracked).map((name) => [name, live[name]]));
}
