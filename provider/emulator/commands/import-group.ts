/**
 * `import_group`: a new community, silently (no webhooks, no notifications), with the time of its creation.
 * Source: https://www.tencentcloud.com/document/product/1047/34967.
 */

import { type BodyFields, readBody } from "../body-fields.js";
import { ADD_GROUP_FIELDS, type AddGroupBody, addGroup } from "./add-group.js";
import type { AnswerFields, CommandCall } from "./command-call.js";

const FIELDS: BodyFields = { ...ADD_GROUP_FIELDS, CreateTime: { kind: "unixSeconds" } };

interface ImportGroupBody extends AddGroupBody {
  readonly CreateTime?: number;
}

export function importGroup(call: CommandCall): AnswerFields {
  const body = readBody<ImportGroupBody>(call.body, FIELDS, call.app, call.rules);
  return { GroupId: addGroup(call, body, 10021, { createTime: body.CreateTime }).groupId };
}
