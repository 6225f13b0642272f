/**
 * `get_appid_group_list`: the ids of all groups of the app, page by page. The emulator holds communities only, so a
 * GroupType of another kind lists none.
 * Source: https://www.tencentcloud.com/document/product/1047/34960.
 */

import { type BodyFields, invalid, MAX_PAGE_SIZE, readBody } from "../body-fields.js";
import type { AnswerFields, CommandCall } from "./command-call.js";

const FIELDS: BodyFields = {
  Limit: { kind: "pageSize" },
  Next: { kind: "pageMark" },
  GroupType: { kind: "groupType" },
};

interface GetAppidGroupListBody {
  readonly Limit?: number;
  readonly Next?: number;
  readonly GroupType?: string;
}

/**
 * Added to a position in the list to make `Next`. It needs more than 32 bits, as in the page's sample, so that a client
 * that cannot keep such a number is noticed.
 */
const FIRST_MARK = 4_454_685_361;

export function getAppidGroupList(call: CommandCall): AnswerFields {
  const body = readBody<GetAppidGroupListBody>(call.body, FIELDS, call.app, call.rules);
  const { Limit = MAX_PAGE_SIZE, Next = 0, GroupType = "Community" } = body;
  const groupIds = GroupType === "Community" ? [...call.app.communities.keys()] : [];
  const start = Next === 0 ? 0 : Next - FIRST_MARK;
  if (start < 0) throw invalid("Next is not what an earlier answer gave");
  const end = start + Limit;
  return {
    TotalCount: groupIds.length,
    GroupIdList: groupIds.slice(start, end).map((GroupId) => ({ GroupId })),
    Next: end < groupIds.length ? FIRST_MARK + end : 0,
  };
}
