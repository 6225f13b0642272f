/**
 * The ids of all communities of the app, by `get_appid_group_list`: at most one call a second, in pages of 10,000.
 * https://www.tencentcloud.com/document/product/1047/34960
 */
import type { Caller } from "../../provider/chat/caller.js";
import type { HttpAnswer } from "../../provider/chat/transport.js";
import { type CallContext, readVerdict, wrongShape } from "../../provider/chat/verdicts.js";

const MAX_PAGE_SIZE = 10_000;

/** `Next` has 64 bits: it is kept as the text it came as, and goes back so. */
interface Page {
  readonly groupIds: readonly string[];
  readonly next: string;
}

export async function listCommunities(caller: Caller, pageSize = MAX_PAGE_SIZE): Promise<string[]> {
  const found: string[] = [];
  let next = "0";
  do {
    const page: Page = await caller.call("get_appid_group_list", {
      subject: "of the app",
      body: { GroupType: "Community", Limit: pageSize, Next: rawJson(next) },
      read: readPage,
    });
    found.push(...page.groupIds);
    next = page.next;
  } while (next !== "0");
  return found;
}

export function readPage(answer: HttpAnswer, call: CallContext): Page {
  const { GroupIdList } = readVerdict(answer, call);
  const next = nextIn(answer.text);
  if (!Array.isArray(GroupIdList) || next === undefined) throw wrongShape(call, "it has no GroupIdList or no Next");
  return { groupIds: GroupIdList.map((item: { readonly GroupId?: unknown }) => String(item.GroupId)), next };
}

// TypeScript's library does not know these two parts of JSON yet, which Node.js has since version 21.
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
const { parse, rawJSON: rawJson } = JSON as unknown as {
  readonly parse: (text: string, reviver: Reviver) => unknown;
  readonly rawJSON: (text: string) => object;
};

function nextIn(text: string): string | undefined {
  let next: string | undefined;
  parse(text, (key, value, { source }) => {
    if (key === "Next") next = source;
    return value;
  });
  return next;
}
