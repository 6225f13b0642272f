/** A topic as a program declares it, and what a program can do with each of its fields. */
import type { TopicFields } from "../../chat/topic.js";
import { splitTopicId } from "../../chat/topic-id.js";
import type { ResourceSchema } from "../lifecycle.js";
import type { AdoptPolicy } from "../policies.js";
import {
  MANAGED_FIELD_TYPES,
  type ManagedResource,
  optionalFlag,
  optionalNumber,
  optionalText,
  requiredText,
  resourceSchema,
} from "../resource-schema.js";

/** The texts: sent at import, compared, changed by modify_topic. */
export const TEXT_FIELDS = ["topicName", "introduction", "notification", "faceUrl", "customString"] as const;
/** What a member of the community meets, and what is compared with the app. */
export const VISIBLE_FIELDS = [...TEXT_FIELDS, "muteAllMember"] as const;
/** Sent at import only. They take no part in drift or matching. */
export const CREATE_ONLY_FIELDS = ["createTime", "fromAccount"] as const;

/** A topic in its place, and how it may be taken over. */
export interface TopicSpec extends TopicFields {
  readonly groupId: string;
  /** Undefined where the service assigns the id. */
  readonly topicId?: string | undefined;
  readonly adopt?: AdoptPolicy | undefined;
}

/** What the inputs and the state of a `ChatTopic` hold. In the state `topicId` is always there. */
export interface TopicResource extends TopicSpec, ManagedResource {
  readonly topicKey?: string | undefined;
  readonly serverAssignedId?: boolean | undefined;
}

/** How the fields of a topic are read from inputs and states. */
export const TOPIC_FIELD_TYPES = {
  topicName: requiredText,
  introduction: optionalText,
  notification: optionalText,
  faceUrl: optionalText,
  customString: optionalText,
  muteAllMember: optionalFlag,
  createTime: optionalNumber,
  fromAccount: optionalText,
};

export const TOPIC_SCHEMA: ResourceSchema<TopicResource> = resourceSchema<TopicResource>({
  ...TOPIC_FIELD_TYPES,
  groupId: requiredText,
  topicId: optionalText,
  topicKey: optionalText,
  serverAssignedId: optionalFlag,
  ...MANAGED_FIELD_TYPES,
});

/** The community of a topic; a state that was made by hand may leave it to the topic's id. */
export function groupIdOf(topicId: string, { groupId }: { readonly groupId?: string | undefined }): string {
  return groupId || (splitTopicId(topicId)?.groupId ?? "");
}
