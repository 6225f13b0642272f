/** The properties of a community in a program and in the state, and how they meet a live community. */
import { type LiveCommunity, membersBesideOwner } from "../../chat/live-community.js";
import type { Difference } from "../adoption.js";
import type { Properties } from "../lifecycle.js";
import { differingTexts } from "../planned-changes.js";
import type { AdoptPolicy, RemovePolicy } from "../policies.js";

/** The texts, under the vendor's names: sent at import, compared, changed by modify_group_base_info. */
export const TEXT_FIELDS = ["name", "introduction", "notification", "faceUrl"] as const;
/** These can be changed, and are no longer tracked once the program does not declare them: nothing clears them. */
export const UNTRACKED_WHEN_REMOVED = ["ownerAccount", "maxMemberCount"] as const;
/** Sent at import only. They take no part in drift or matching. */
export const CREATE_ONLY_FIELDS = ["createTime"] as const;

/** The fields that can be changed, as far as a program declares them. */
export interface DeclaredFields {
  readonly name?: string;
  readonly introduction?: string;
  readonly notification?: string;
  readonly faceUrl?: string;
  readonly ownerAccount?: string;
  readonly maxMemberCount?: number;
  readonly muteAllMember?: boolean;
}

/** A community's properties once they are all known. */
export interface CommunityProperties extends DeclaredFields {
  readonly groupId: string;
  readonly name: string;
  readonly createTime?: number;
  readonly adopt?: AdoptPolicy;
  readonly onRemove?: RemovePolicy;
  readonly sdkAppId: number;
}

/** Only for properties that `checkCommunity` has passed, or that came out of the state. */
export function asCommunity(properties: Properties): CommunityProperties {
  return properties as unknown as CommunityProperties;
}

/** How a community is called at the start of a sentence. */
export function nameOfCommunity(groupId: string): string {
  return `Community ${groupId}`;
}

/** The live values of those fields that `tracked` has. */
export function liveValues(tracked: Properties, live: LiveCommunity): Properties {
  const names = [...TEXT_FIELDS, "ownerAccount", "muteAllMember"] as const;
  const values = names.filter((name) => name in tracked).map((name) => [name, live[name]]);
  // Where the service does not tell the limit, there is nothing to compare.
  const { maxMemberCount = tracked.maxMemberCount } = live;
  return { ...Object.fromEntries(values), ...("maxMemberCount" in tracked && { maxMemberCount }) };
}

/** The fields that are declared and live differently. `muteAllMember`, which an import cannot set, is none of them. */
export function differencesOf(declared: DeclaredFields, live: LiveCommunity): Difference[] {
  const untracked = UNTRACKED_WHEN_REMOVED.filter(
    (name) => declared[name] !== undefined && declared[name] !== live[name],
  );
  return [...differingTexts(TEXT_FIELDS, declared, live), ...untracked].map((name) => ({
    name,
    there: live[name],
    here: declared[name],
  }));
}

/** By what a community counts as used: "12 topics", "3 members beside its owner". */
export function describeContents(topics: number, live: LiveCommunity, kind = ""): string[] {
  const members = membersBesideOwner(live);
  const besideOwner = live.ownerAccount === undefined ? "" : " beside its owner";
  return [
    ...(topics > 0 ? [`${numberOf(topics, "topic")}${kind}`] : []),
    ...(members > 0 ? [`${numberOf(members, "member")}${besideOwner}`] : []),
  ];
}

/** `1 topic`, `2 topics` */
export function numberOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
