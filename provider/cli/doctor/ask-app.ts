/**
 * The one call by which the app is examined: `get_group_info`. It only reads, fires no webhook, and may be made 200 times
 * a second (https://www.tencentcloud.com/document/product/1047/34961); listing the app's groups may be done only once a
 * second (https://cloud.tencent.com/document/product/269/1614). It needs no community: for an id that
 * does not exist the group service says so, and a call reaches that service only once its signature and its account are
 * accepted. `get_topic` would need a community with topics to show as much; all other commands write.
 *
 * One call serves all checks, since many wrong signatures lock an app out for a minute (70050,
 * https://www.tencentcloud.com/document/product/1047/34348).
 */
import { channel } from "node:diagnostics_channel";
import { z } from "zod";
import { Caller } from "../../chat/caller.js";
import { meansNoCommunity } from "../../chat/community-answers.js";
import { ChatError } from "../../chat/errors/index.js";
import { createTransport, type HttpAnswer, type Transport } from "../../chat/transport.js";
import { type CallContext, errorOfItem, itemVerdict, readItems, textOrEmpty } from "../../chat/verdicts.js";
import type { Settings } from "../../settings/settings.js";

/** An id that no group should have. If one had it, reading it would do no harm. */
const NOBODYS_GROUP_ID = "@TGS#_asked-for-by-tencent-chat-doctor";

/** The longest wait for an answer, in seconds: somebody waits for the report, so it is shorter than a run's. */
const LONGEST_SECONDS = 10;

const group = z.object({ Type: textOrEmpty, Name: textOrEmpty, MemberNum: z.number().default(0) });
const answered = z.object({ GroupInfo: z.array(group.extend(itemVerdict)) });

/** A group as the service has it, whatever its type. */
export type Group = z.infer<typeof group>;

/** An answer and the time it took, in Unix milliseconds of this machine. */
export interface Exchange {
  readonly sentAt: number;
  readonly answeredAt: number;
  /** The server's clock, Unix milliseconds, in whole seconds, where it tells. */
  readonly serverTime: number | undefined;
}

export interface Reply {
  /** Why there is no good answer. */
  readonly error: ChatError | undefined;
  /** The group that was asked for; undefined where it does not exist. */
  readonly group: Group | undefined;
  /** The last HTTP answer, good or bad; undefined where none came. */
  readonly exchange: Exchange | undefined;
  /** The `host:port` pairs to which a connection was opened: the host's, or a proxy's. */
  readonly connectedTo: ReadonlySet<string>;
}

export async function askApp(settings: Settings, groupId = NOBODYS_GROUP_ID): Promise<Reply> {
  const connectedTo = new Set<string>();
  const note = (message: unknown): void => {
    const { connectParams } = message as { connectParams: { hostname: string; port: string; protocol: string } };
    connectedTo.add(hostAndPort(connectParams));
  };
  // https://undici.nodejs.org/#/docs/api/DiagnosticsChannel: which proxy a call goes through is undici's decision.
  const connections = channel("undici:client:beforeConnect");
  connections.subscribe(note);
  const transport = new WatchedTransport(createTransport(settings.baseUrl));
  const timeoutSeconds = Math.min(settings.timeoutSeconds, LONGEST_SECONDS);
  const caller = new Caller({ ...settings, timeoutSeconds }, { transport });
  let error: ChatError | undefined;
  let group: Group | undefined;
  try {
    group = await caller.call("get_group_info", {
      subject: groupId,
      body: {
        GroupIdList: [groupId],
        ResponseFilter: { GroupBaseInfoFilter: ["Type", "Name", "MemberNum"] },
      },
      read: readGroup,
    });
  } catch (thrown) {
    if (!(thrown instanceof ChatError)) throw thrown;
    if (!meansNoCommunity(thrown)) error = thrown;
  } finally {
    connections.unsubscribe(note);
    await caller.close();
  }
  return { error, group, exchange: transport.exchange, connectedTo };
}

function readGroup(answer: HttpAnswer, call: CallContext): Group | undefined {
  const [found] = readItems(answer, call, "GroupInfo", answered).GroupInfo;
  if (found !== undefined && found.ErrorCode !== 0) throw errorOfItem(found, undefined, call);
  return found;
}

/** With the port, which `URL` and undici leave empty where the protocol implies it. */
export function hostAndPort(address: { hostname: string; port: string; protocol: string }): string {
  return `${address.hostname}:${address.port || (address.protocol === "https:" ? 443 : 80)}`;
}

class WatchedTransport implements Transport {
  exchange: Exchange | undefined;

  constructor(private readonly transport: Transport) {}

  async post(url: URL, body: string, timeoutMs: number, call: string) {
    const sentAt = Date.now();
    const answer = await this.transport.post(url, body, timeoutMs, call);
    this.exchange = { sentAt, answeredAt: Date.now(), serverTime: answer.serverTime };
    return answer;
  }

  close(): Promise<void> {
    return this.transport.close();
  }
}
