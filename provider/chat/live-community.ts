/** A community in the app. Apart from the schemas of answers, which a preview need not load. */

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
