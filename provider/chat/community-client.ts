/** The community commands of the Chat REST API, one method each. */
import type { Caller } from "./caller.js";
import type { CommunityChanges, CommunityFields, LiveCommunity } from "./community.js";
import { COMMUNITY_FIELDS, readCommunities, readImportedGroupId } from "./community-answers.js";
import { readVerdict } from "./verdicts.js";

/** A community for `import_group`. `muteAllMember` is not sent. */
export interface NewCommunity extends CommunityFields {
  readonly groupId: string;
}

export class CommunityClient {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Imports a community with topics on, silently: no webhook, no notification.
   *
   * @throws {AlreadyExistsError} whose `attempts` tell whether an earlier one of this call may have taken the id.
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

  /** A field that is absent stays as it is. */
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
      read: readVerdict,
    });
  }

  /** Destroys a community with its topics and their messages. */
  async destroyCommunity(groupId: string): Promise<void> {
    await this.#caller.call("destroy_group", { subject: groupId, body: { GroupId: groupId }, read: readVerdict });
  }
}
