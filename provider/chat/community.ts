/** Communities as they are given to the API, and as they are in the app. In a file without zod, which a preview need not load for them. */

/** What a community is made with. */
export interface CommunityFields {
  readonly name: string;
  readonly introduction?: string | undefined;
  readonly notification?: string | undefined;
  readonly faceUrl?: string | undefined;
  readonly ownerAccount?: string | undefined;
  readonly maxMemberCount?: number | undefined;
  readonly muteAllMember?: boolean | undefined;
  /** Unix seconds. */
  readonly createTime?: number | undefined;
}

/** The fields that `modify_group_base_info` can change later. */
export type CommunityChanges = Partial<Omit<CommunityFields, "createTime" | "ownerAccount">>;

/** A community as the service has it. Texts that it does not mention are empty. */
export interface LiveCommunity {
  readonly groupId: string;
  readonly name: string;
  readonly introduction: string;
  readonly notification: string;
  readonly faceUrl: string;
  /** Undefined for a community without an owner. */
  readonly ownerAccount: string | undefined;
  /** Unix seconds. */
  readonly createTime: number | undefined;
  /** Members, the owner among them. */
  readonly memberNum: number;
  readonly maxMemberCount: number | undefined;
  readonly muteAllMember: boolean;
}

/** How many members there are beside the owner. */
export function membersBesideOwner({ memberNum, ownerAccount }: LiveCommunity): number {
  return Math.max(0, memberNum - (ownerAccount === undefined ? 0 : 1));
}
