/**
 * `change_group_owner`: makes a member the owner. The former owner stays a member.
 * Source: https://www.tencentcloud.com/document/product/1047/34966.
 */

import { type BodyFields, invalid, readBody } from "../body-fields.js";
import { Refusal } from "../refusal.js";
import { type AnswerFields, type CommandCall, communityOf } from "./command-call.js";

const FIELDS: BodyFields = {
  GroupId: { kind: "groupId", required: true },
  NewOwner_Account: { kind: "account", required: true },
};

interface ChangeGroupOwnerBody {
  readonly GroupId: string;
  readonly NewOwner_Account: string;
}

export function changeGroupOwner(call: CommandCall): AnswerFields {
  const { rules } = call;
  const body = readBody<ChangeGroupOwnerBody>(call.body, FIELDS, call.app, rules);
  const community = communityOf(call.app, body.GroupId);
  const account = body.NewOwner_Account;
  if (account === community.ownerAccount && rules.sameOwner === "refused") {
    throw invalid(`${account} is the owner already`);
  }
  if (!community.members.has(account)) {
    throw new Refusal(rules.nonMemberOwnerCode, `${account} is not a member of ${community.groupId}`);
  }
  community.ownerAccount = account;
  community.lastInfoTime = call.now;
  return {};
}
