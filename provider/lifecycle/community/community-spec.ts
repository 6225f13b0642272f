/** A community as a program declares it, and what a program can do with each of its fields. */
import type { CommunityFields } from "../../chat/community.js";
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

/** The texts: sent at import, compared, changed by modify_group_base_info. */
export const TEXT_FIELDS = ["name", "introduction", "notification", "faceUrl"] as const;
/** These can be changed, and are no longer tracked once the program does not declare them: nothing clears them. */
export const UNTRACKED_WHEN_REMOVED = ["ownerAccount", "maxMemberCount"] as const;
/** Sent at import only. They take no part in drift or matching. */
export const CREATE_ONLY_FIELDS = ["createTime"] as const;

/** A community in its place, and how it may be taken over. */
export interface CommunitySpec extends CommunityFields {
  readonly groupId: string;
  readonly adopt?: AdoptPolicy | undefined;
}

/** What the inputs and the state of a `ChatCommunity` hold. */
export interface CommunityResource extends CommunitySpec, ManagedResource {}

export const COMMUNITY_SCHEMA: ResourceSchema<CommunityResource> = resourceSchema<CommunityResource>({
  groupId: requiredText,
  name: requiredText,
  introduction: optionalText,
  notification: optionalText,
  faceUrl: optionalText,
  ownerAccount: optionalText,
  maxMemberCount: optionalNumber,
  muteAllMember: optionalFlag,
  createTime: optionalNumber,
  ...MANAGED_FIELD_TYPES,
});
