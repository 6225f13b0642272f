/** The community commands of the Chat REST API, one method each. */
import type { Caller } from "./caller.js";
import { COMMUNITY_FIELDS, readCommunities, readImportedGroupId } from "./community-answers.js";
import type { LiveCommunity } from "./live-community.js";
import { readVerdict } from "./verdicts.js";

/** The fields of `import_group`. */
export interface NewCommunity {
  readonly groupId: string;
  readonly name: string;
  readonly introduction?: string | undefined;
  readonly notification?: string | undefined;
  readonly faceUrl?: string | undefined;
  readonly ownerAccount?: string | undefined;
  readonly maxMemberCount?: number | undefined;
  /** Unix seconds. */
  readonly createTime?: number | undefined;
}

/** The fields that `modify_group_base_info` can change; an absent one stays as it is. */
export interface CommunityChanges {
  readonly name?: string | undefined;
  readonly introduction?: string | undefined;
  readonly notification?: string | undefined;
  readonly faceUrl?: string | undefined;
  readonly maxMemberCount?: number | undefined;
  readonly muteAllMember?: boolean | undefined;
}

/** https://www.tencentcloud.com/document/product/1047/34895; on the pages of topics the code is about their number. */
const OWNER_IN_TOO_MANY = "For a community the code means that its owner is in too many groups already.";

/** https://www.tencentcloud.com/document/product/1047/34966 */
const OWNER_IS_MEMBER =
  "The new owner has to be a member of the community already (REST `add_group_member`, or `import_group_member`).";

export class CommunityClient {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Imports a community with topics on, silently: no webhook, no notification.
   *
   * @throws {AlreadyExistsError} with `afterLostAnswer` set where an earlier attempt of this call may be the taker.
   */
  async importCommunity(community: NewCommunity): Promise<void> {
    await this.#caller.call("import_group", {
      subject: community.groupId,
      body: {
        Type: "Community",
        SupportTopic: 1,
        GroupId: community.groupId,
        Name: community.name,
        Introduction: community.introduction,
        Notification: community.notification,
        FaceUrl: community.faceUrl,
        Owner_Account: community.ownerAccount,
        MaxMemberCount: community.maxMemberCount,
        CreateTime: community.createTime,
      },
      hints: { 10037: OWNER_IN_TOO_MANY },
      read: (answer, call) => readImportedGroupId(answer, call, community.groupId),
    });
  }

  /** The communities by id; one that does not exist is left out. */
  async getCommunities(groupIds: readonly string[]): Promise<Map<string, LiveCommunity>> {
    return this.#caller.call("get_group_info", {
      subject: groupIds.length === 1 ? String(groupIds[0]) : `of ${groupIds.length} communities`,
      body: { GroupIdList: groupIds, ResponseFilter: { GroupBaseInfoFilter: COMMUNITY_FIELDS } },
      read: readCommunities,
    });
  }

  async modifyCommunity(groupId: string, changes: CommunityChanges): Promise<void> {
    await this.#caller.call("modify_group_base_info", {
      subject: groupId,
      body: {
        GroupId: groupId,
        Name: changes.name,
        Introduction: changes.introduction,
        Notification: changes.notification,
        FaceUrl: changes.faceUrl,
        // The import calls the same limit MaxMemberCount.
        MaxMemberNum: changes.maxMemberCount,
        MuteAllMember: changes.muteAllMember === undefined ? undefined : changes.muteAllMember ? "On" : "Off",
      },
      read: readVerdict,
    });
  }

  /** Makes a member the owner. */
  async changeOwner(groupId: string, ownerAccount: string): Promise<void> {
    await this.#caller.call("change_group_owner", {
      subject: `${groupId} to “${ownerAccount}”`,
      body: { GroupId: groupId, NewOwner_Account: ownerAccount },
      hints: { 10004: OWNER_IS_MEMBER, 10007: OWNER_IS_MEMBER },
      read: readVerdict,
    });
  }

  /** Destroys a community with its topics and their messages. */
  async destroyCommunity(groupId: string): Promise<void> {
    await this.#caller.call("destroy_group", { subject: groupId, body: { GroupId: groupId }, read: readVerdict });
  }
}
