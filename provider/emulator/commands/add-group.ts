/**
 * What `import_group` and `create_group` have in common: a new community, under an id that the caller chose or that is
 * assigned here. The emulator holds no groups of another type.
 */

import { type BodyFields, invalid } from "../body-fields.js";
import { assignedGroupId, groupIdIssue, isAssignedGroupId } from "../ids.js";
import { Refusal } from "../refusal.js";
import type { Rules } from "../rules.js";
import { type Community, communityFrom } from "../store.js";
import type { CommandCall } from "./command-call.js";

export const ADD_GROUP_FIELDS: BodyFields = {
  Owner_Account: { kind: "account" },
  Type: { kind: "communityType", required: true },
  GroupId: { kind: "newGroupId" },
  Name: { kind: "communityName", required: true },
  Introduction: { kind: "communityIntroduction" },
  Notification: { kind: "communityNotification" },
  FaceUrl: { kind: "communityFaceUrl" },
  MaxMemberCount: { kind: "memberCount" },
  SupportTopic: { kind: "zeroOrOne" },
};

/** The body of either command, its fields checked. */
export interface AddGroupBody {
  readonly Owner_Account?: string;
  readonly GroupId?: string;
  readonly Name: string;
  readonly Introduction?: string;
  readonly Notification?: string;
  readonly FaceUrl?: string;
  readonly MaxMemberCount?: number;
  readonly SupportTopic?: 0 | 1;
}

/** What only one of the commands takes. */
interface More {
  /** Unix seconds. */
  readonly createTime?: number | undefined;
  readonly members?: readonly string[];
}

/** Adds the community; `duplicateCode` answers for an id that is in use. */
export function addGroup(call: CommandCall, body: AddGroupBody, duplicateCode: number, more: More = {}): Community {
  const { app, rules, now } = call;
  if (body.Name === "") throw invalid("Name is empty");
  if (body.GroupId !== undefined) assertGroupIdAllowed(body.GroupId, rules);
  const groupId = body.GroupId ?? assignedGroupId(call.random);
  const wasDestroyed = !rules.reuseDestroyedIds && app.destroyedGroupIds.has(groupId);
  if (app.communities.has(groupId) || wasDestroyed)
    throw new Refusal(duplicateCode, `group id ${groupId} is already in use`);

  const community = communityFrom(
    {
      groupId,
      name: body.Name,
      introduction: body.Introduction ?? "",
      notification: body.Notification ?? "",
      faceUrl: body.FaceUrl ?? "",
      maxMemberCount: body.MaxMemberCount ?? Math.min(rules.defaultMaxMemberCount, rules.maxMembersPerCommunity),
      members: more.members ?? [],
      createTime: more.createTime ?? now,
      lastInfoTime: now,
      supportTopic: body.SupportTopic === 1,
      ...(body.Owner_Account === undefined ? {} : { ownerAccount: body.Owner_Account }),
    },
    now,
  );
  app.communities.set(groupId, community);
  app.destroyedGroupIds.delete(groupId);
  return community;
}

/** The pages of both commands list 10004 for this, and not 10015. */
function assertGroupIdAllowed(groupId: string, rules: Rules): void {
  const shown = groupId.slice(0, 100);
  const issue = groupIdIssue(groupId, rules.maxGroupIdBytes);
  if (issue !== undefined) throw invalid(`GroupId ${shown} ${issue}`);
  if (isAssignedGroupId(groupId) && rules.assignedGroupIds === "refused") {
    throw invalid(`GroupId ${shown} has the form of ids that are assigned`);
  }
}
