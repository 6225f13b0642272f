/**
 * `create_group`: a new community, created now, with members if wanted. The service would call webhooks; the emulator
 * does not.
 * Source: https://www.tencentcloud.com/document/product/1047/34895.
 */

import { type BodyFields, invalid, readBody } from "../body-fields.js";
import { Refusal } from "../refusal.js";
import { ADD_GROUP_FIELDS, type AddGroupBody, addGroup } from "./add-group.js";
import type { AnswerFields, CommandCall } from "./command-call.js";

const FIELDS: BodyFields = { ...ADD_GROUP_FIELDS, MemberList: { kind: "objectList" } };
const MEMBER_FIELDS: BodyFields = { Member_Account: { kind: "account", required: true }, Role: { kind: "role" } };

/** More initial members are 10005, as the page says. */
const MAX_INITIAL_MEMBERS = 100;

interface CreateGroupBody extends AddGroupBody {
  readonly MemberList?: readonly Readonly<Record<string, unknown>>[];
}

export function createGroup(call: CommandCall): AnswerFields {
  const { app, rules } = call;
  const body = readBody<CreateGroupBody>(call.body, FIELDS, app, rules);
  const list = body.MemberList ?? [];
  if (list.length > MAX_INITIAL_MEMBERS) {
    throw new Refusal(10005, `MemberList has ${list.length} members, the limit is ${MAX_INITIAL_MEMBERS}`);
  }
  const members = list.map(
    (member) => readBody<{ readonly Member_Account: string }>(member, MEMBER_FIELDS, app, rules).Member_Account,
  );
  if (new Set(members).size < members.length) throw invalid("MemberList names an account twice");
  const { groupId } = addGroup(call, body, rules.createDuplicateCode, { members });
  return { GroupId: groupId, HugeGroupFlag: 0, Type: "Community" };
}
