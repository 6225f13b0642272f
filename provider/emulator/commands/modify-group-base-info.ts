/**
 * `modify_group_base_info`: changes the fields that the body names and leaves the others. `ApplyJoinOption` is not for
 * communities.
 * Source: https://www.tencentcloud.com/document/product/1047/34962.
 */

import { type BodyFields, invalid, readBody } from "../body-fields.js";
import { type AnswerFields, type CommandCall, communityOf } from "./command-call.js";

const FIELDS: BodyFields = {
  GroupId: { kind: "groupId", required: true },
  Name: { kind: "communityName" },
  Introduction: { kind: "communityIntroduction" },
  Notification: { kind: "communityNotification" },
  FaceUrl: { kind: "communityFaceUrl" },
  MaxMemberNum: { kind: "memberCount" },
  MuteAllMember: { kind: "onOff" },
};

interface ModifyGroupBody {
  readonly GroupId: string;
  readonly Name?: string;
  readonly Introduction?: string;
  readonly Notification?: string;
  readonly FaceUrl?: string;
  readonly MaxMemberNum?: number;
  readonly MuteAllMember?: "On" | "Off";
}

export function modifyGroupBaseInfo(call: CommandCall): AnswerFields {
  const { rules } = call;
  const body = readBody<ModifyGroupBody>(call.body, FIELDS, call.app, rules);
  const community = communityOf(call.app, body.GroupId);
  if (body.Name === "") throw invalid("Name is empty");

  const changed = (given: string | undefined, current: string): string =>
    given === undefined || (given === "" && !rules.emptyStringClears) ? current : given;
  community.name = changed(body.Name, community.name);
  community.introduction = changed(body.Introduction, community.introduction);
  community.notification = changed(body.Notification, community.notification);
  community.faceUrl = changed(body.FaceUrl, community.faceUrl);
  community.maxMemberCount = body.MaxMemberNum ?? community.maxMemberCount;
  if (body.MuteAllMember !== undefined) community.muteAllMember = body.MuteAllMember === "On";
  community.lastInfoTime = call.now;
  return {};
}
