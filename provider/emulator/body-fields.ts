/**
 * Reads the body of a command by a table of its fields. Each kind of field has its check and its error code; the first
 * issue found refuses the whole body.
 *
 * Sources: the field tables of the command pages; 60003 and 60015 from
 * https://www.tencentcloud.com/document/product/1047/34348; ids from …/1047/33529.
 */

import type { LimitedText } from "../chat/limits.js";
import { BYTE_LIMITS } from "../chat/limits.js";
import { groupIdIssue } from "./ids.js";
import { Refusal } from "./refusal.js";
import type { Rules } from "./rules.js";
import type { App } from "./store.js";

/** What a field is, which decides how it is checked. */
type FieldKind =
  | "account"
  | "groupId"
  /** An id that the command itself checks. */
  | "newGroupId"
  | "topicId"
  | "topicIdList"
  | "groupIdList"
  | "nameList"
  | "object"
  | "objectList"
  | "communityType"
  | "role"
  | "zeroOrOne"
  | "memberCount"
  | "unixSeconds"
  | "onOff"
  | "pageSize"
  | "pageMark"
  | "groupType"
  | LimitedText;

interface Field {
  readonly kind: FieldKind;
  readonly required?: boolean;
}

/** A command's fields by their names in the body. */
export type BodyFields = Readonly<Record<string, Field>>;

/** The most groups in one page of `get_appid_group_list`, …/1047/34960. */
export const MAX_PAGE_SIZE = 10_000;

/** The types that groups can have, …/1047/34960. */
const GROUP_TYPES: readonly unknown[] = ["Public", "Private", "ChatRoom", "AVChatRoom", "BChatRoom", "Community"];

/** The fields of `body` that the table lists, each checked. */
export function readBody<Body>(
  body: Readonly<Record<string, unknown>>,
  fields: BodyFields,
  app: App,
  rules: Rules,
): Body {
  if (rules.unknownFields === "refused") {
    const unknown = Object.keys(body).find((name) => !Object.hasOwn(fields, name));
    if (unknown !== undefined) throw invalid(`${unknown.slice(0, 100)} is not a field of this command`);
  }
  const read: [string, unknown][] = [];
  for (const [name, field] of Object.entries(fields)) {
    if (Object.hasOwn(body, name)) read.push([name, readField(name, field.kind, body[name], app, rules)]);
    else if (field.required) throw invalid(`${name} is missing`);
  }
  return Object.fromEntries(read) as Body;
}

/** The refusal of a parameter. */
export function invalid(detail: string): Refusal {
  return new Refusal(10004, `invalid parameter: ${detail}`);
}

function readField(name: string, kind: FieldKind, value: unknown, app: App, rules: Rules): unknown {
  switch (kind) {
    case "account":
      return readAccount(name, value, app, rules);
    case "groupId":
      return readGroupId(name, value, rules);
    case "newGroupId":
    case "topicId":
      return readString(name, value);
    case "topicIdList":
    case "groupIdList":
    case "nameList":
      if (!Array.isArray(value)) throw invalid(`${name} is not an array`);
      for (const item of value) readString(`an item of ${name}`, item);
      return value;
    case "object":
      return readObject(name, value);
    case "objectList":
      if (!Array.isArray(value)) throw invalid(`${name} is not an array`);
      for (const item of value) readObject(`an item of ${name}`, item);
      return value;
    case "communityType":
      if (value !== "Community") throw invalid(`${name} is not Community`);
      return value;
    case "role":
      if (value !== "Admin") throw invalid(`${name} is not Admin`);
      return value;
    case "zeroOrOne":
      if (value !== 0 && value !== 1) throw invalid(`${name} is neither 0 nor 1`);
      return value;
    case "memberCount":
      if (!Number.isSafeInteger(value) || (value as number) < 1 || (value as number) > rules.maxMembersPerCommunity) {
        throw invalid(`${name} is not a number of members from 1 to ${rules.maxMembersPerCommunity}`);
      }
      return value;
    case "unixSeconds":
      if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > rules.maxCreateTime) {
        throw invalid(`${name} is not a time in Unix seconds up to ${rules.maxCreateTime}`);
      }
      return value;
    case "onOff":
      if (value !== "On" && value !== "Off") throw invalid(`${name} is neither On nor Off`);
      return value;
    case "pageSize":
      if (!Number.isSafeInteger(value) || (value as number) < 1 || (value as number) > MAX_PAGE_SIZE) {
        throw invalid(`${name} is not a number from 1 to ${MAX_PAGE_SIZE}`);
      }
      return value;
    case "pageMark":
      if (!Number.isSafeInteger(value) || (value as number) < 0) throw invalid(`${name} is not a whole number`);
      return value;
    case "groupType":
      if (!GROUP_TYPES.includes(value)) throw invalid(`${name} is none of ${GROUP_TYPES.join(", ")}`);
      return value;
    default:
      return readText(name, kind, value, rules);
  }
}

function readString(name: string, value: unknown): string {
  if (typeof value !== "string") throw invalid(`${name} is not a string`);
  return value;
}

function readObject(name: string, value: unknown): object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(`${name} is not an object`);
  return value;
}

function readAccount(name: string, value: unknown, app: App, rules: Rules): string {
  const number = typeof value === "number" && rules.numericAccounts === "accepted";
  if (typeof value !== "string" && !number) throw new Refusal(60015, `${name} is not a string`);
  const account = String(value);
  const known = app.admins.has(account) || app.accounts.has(account);
  if (account === "" || (!known && rules.unknownAccounts === "refused")) {
    throw new Refusal(10019, `${name}: the account ${account.slice(0, 100)} does not exist`);
  }
  return account;
}

function readGroupId(name: string, value: unknown, rules: Rules): string {
  const groupId = readString(name, value);
  const issue = groupIdIssue(groupId, rules.maxGroupIdBytes);
  if (issue !== undefined) throw new Refusal(10015, `invalid group id: ${groupId.slice(0, 100)} ${issue}`);
  return groupId;
}

function readText(name: string, kind: LimitedText, value: unknown, rules: Rules): string {
  const text = readString(name, value);
  const bytes = Buffer.byteLength(text, "utf8");
  const limit = rules.byteLimits[kind] ?? BYTE_LIMITS[kind];
  if (bytes > limit) throw invalid(`${name} is ${bytes} bytes, the limit is ${limit}`);
  if (rules.refusedWords.some((word) => text.includes(word))) {
    throw new Refusal(80001, `${name} was refused by the content check`);
  }
  return text;
}
