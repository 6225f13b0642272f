/**
 * Answers about communities as data or typed errors. `get_group_info` gives one verdict per community, and there the
 * top-level one carries no meaning (https://www.tencentcloud.com/document/product/1047/34961).
 */
import { z } from "zod";
import type { LiveCommunity } from "./community.js";
import { GROUP_ID_UNKNOWN } from "./error-codes.js";
import { NotFoundError, ServiceError } from "./errors/index.js";
import type { HttpAnswer } from "./transport.js";
import {
  type CallContext,
  errorOfItem,
  itemVerdict,
  readImportedId,
  readItems,
  textOrEmpty,
  wrongShape,
} from "./verdicts.js";

const groupInfo = z.object({
  ...itemVerdict,
  GroupId: z.string().min(1).optional(),
  Name: textOrEmpty,
  Introduction: textOrEmpty,
  Notification: textOrEmpty,
  FaceUrl: textOrEmpty,
  Owner_Account: textOrEmpty,
  CreateTime: z.number().optional(),
  MemberNum: z.number().default(0),
  MaxMemberNum: z.number().optional(),
  MuteAllMember: z.enum(["On", "Off"]).optional(),
});

const gotGroups = z.object({ GroupInfo: z.array(groupInfo) });

/** What {@link readCommunities} needs, for the `GroupBaseInfoFilter`: without one the members would come too. */
export const COMMUNITY_FIELDS = [
  "Name",
  "Introduction",
  "Notification",
  "FaceUrl",
  "Owner_Account",
  "CreateTime",
  "MemberNum",
  "MaxMemberNum",
  "MuteAllMember",
] as const;

/** Checks that the community was made under the id that was asked for. */
export function readImportedGroupId(answer: HttpAnswer, call: CallContext, askedFor: string): void {
  readImportedId(answer, call, "GroupId", askedFor);
}

/** Does the service say that there is no such community? The page of `get_group_info` lists two codes for that. */
export function meansNoCommunity(error: unknown): boolean {
  return error instanceof NotFoundError || (error instanceof ServiceError && error.serviceCode === GROUP_ID_UNKNOWN);
}

/** The communities of a `get_group_info` answer by id; those that do not exist are left out. */
export function readCommunities(answer: HttpAnswer, call: CallContext): Map<string, LiveCommunity> {
  const communities = new Map<string, LiveCommunity>();
  for (const info of readItems(answer, call, "GroupInfo", gotGroups).GroupInfo) {
    if (info.ErrorCode !== 0) {
      const error = errorOfItem(info, info.GroupId, call);
      if (meansNoCommunity(error)) continue;
      throw error;
    }
    if (info.GroupId === undefined) throw wrongShape(call, "an item has neither an error nor a GroupId");
    communities.set(info.GroupId, {
      groupId: info.GroupId,
      name: info.Name,
      introduction: info.Introduction,
      notification: info.Notification,
      faceUrl: info.FaceUrl,
      ownerAccount: info.Owner_Account === "" ? undefined : info.Owner_Account,
      createTime: info.CreateTime,
      memberNum: info.MemberNum,
      maxMemberCount: info.MaxMemberNum,
      muteAllMember: info.MuteAllMember === "On",
    });
  }
  return communities;
}
