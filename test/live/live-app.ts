/**
 * The app under test, and all that the live suite may do to it: calls of any form about communities of this suite, and of
 * no others. Each community is written down before it is made, and `removeAll` leaves none of this run.
 */
import { Caller } from "../../provider/chat/caller.js";
import type { Command, Service } from "../../provider/chat/commands.js";
import { errorCodeFacts } from "../../provider/chat/error-codes.js";
import { serviceError } from "../../provider/chat/errors/index.js";
import { type OpenApp, openApp } from "../../provider/chat/open-app.js";
import { topicIdOf } from "../../provider/chat/topic-id.js";
import type { HttpAnswer } from "../../provider/chat/transport.js";
import { type CallContext, wrongShape } from "../../provider/chat/verdicts.js";
import type { Settings } from "../../provider/settings/settings.js";
import { groupIdOf, isOfRun, isOurs } from "./names.js";
import type { CommunityRecord } from "./record.js";

/** An answer as it came. */
export type Answer = Readonly<Record<string, unknown>> & { readonly ErrorCode: number };

/** One call with its answer; there is no credential in either. */
export interface Exchange {
  readonly command: Command;
  readonly body: object;
  readonly answer: Answer;
}

type Body = Readonly<Record<string, unknown>>;

export interface CallOptions {
  /** In place of the command's own; `import_topic` only. */
  readonly service?: string;
  /** Take an answer about the call frequency, or about an accident, as the answer. */
  readonly takeAccidents?: boolean;
}

export class LiveApp {
  /** The settings, with the service that `import_topic` turned out to be on. */
  settings: Settings;
  readonly exchanges: Exchange[] = [];
  readonly #app: OpenApp;
  readonly #callers = new Map<string, Caller>();

  constructor(
    settings: Settings,
    readonly run: string,
    private readonly record: CommunityRecord,
  ) {
    this.settings = settings;
    this.#app = openApp(settings);
  }

  /** The topics of the app, as somebody else would edit them. */
  get topics(): OpenApp["topics"] {
    return this.#app.topics;
  }

  /** Writes a community of this run down and gives its id: for whoever makes it next. */
  reserve(name: string): string {
    const groupId = groupIdOf(this.run, name);
    this.record.add("made", groupId);
    return groupId;
  }

  /** Makes a community of this run, silently, and gives its id. */
  async makeCommunity(name: string, fields: Body = {}): Promise<string> {
    const groupId = this.reserve(name);
    expectDone(await this.importCommunity(groupId, fields), `import_group ${groupId}`);
    return groupId;
  }

  /** The answer to the import of a community that was reserved. */
  importCommunity(groupId: string, fields: Body = {}): Promise<Answer> {
    const body = { Type: "Community", SupportTopic: 1, GroupId: groupId, Name: "Live test", ...fields };
    return this.call("import_group", body);
  }

  /** Imports a topic and gives its id. */
  async makeTopic(groupId: string, key: string, fields: Body = {}): Promise<string> {
    const topicId = topicIdOf(groupId, key);
    expectDone(await this.importTopic(groupId, key, fields), `import_topic ${topicId}`);
    return topicId;
  }

  importTopic(groupId: string, key: string, fields: Body = {}, options: CallOptions = {}): Promise<Answer> {
    const body = { Type: "Community", GroupId: groupId, TopicId: topicIdOf(groupId, key), TopicName: "t", ...fields };
    return this.call("import_topic", body, options);
  }

  /** What the answer to a `get_topic` says of a topic. */
  async topicInfo(groupId: string, topicId: string): Promise<Body> {
    const [item] = await this.topicItems(groupId, [topicId]);
    if (item?.TopicInfo === undefined) throw new Error(`get_topic shows nothing of ${topicId}`);
    return item.TopicInfo as Body;
  }

  /** The items of a `get_topic`, without `topicIds` of all topics. */
  async topicItems(groupId: string, topicIds?: readonly string[]): Promise<Body[]> {
    const answer = await this.call("get_topic", {
      GroupId: groupId,
      From_Account: this.settings.adminAccount,
      TopicIdList: topicIds,
    });
    if (!Array.isArray(answer.TopicAndSelfInfo)) expectDone(answer, `get_topic in ${groupId}`);
    return answer.TopicAndSelfInfo as Body[];
  }

  /** The items of a `get_group_info`. */
  async groupItems(groupIds: readonly string[]): Promise<Body[]> {
    const answer = await this.call("get_group_info", { GroupIdList: groupIds });
    if (!Array.isArray(answer.GroupInfo)) expectDone(answer, `get_group_info of ${groupIds.join(", ")}`);
    return answer.GroupInfo as Body[];
  }

  /** Sends a call as it is and gives the answer as it is, whatever its verdict. */
  async call(command: Command, body: Body, options: CallOptions = {}): Promise<Answer> {
    for (const groupId of groupIdsIn(body)) {
      if (!isOurs(groupId)) throw new Error(`${command} is about ${groupId}, which is not of this suite`);
    }
    const answer = await this.#callerOf(options).call(command, {
      subject: String(body.TopicId ?? body.GroupId ?? ""),
      body,
      read: (raw, call) => readAnswer(raw, call, options.takeAccidents ?? false),
    });
    this.exchanges.push({ command, body, answer });
    return answer;
  }

  #callerOf({ service = this.settings.importService, takeAccidents = false }: CallOptions): Caller {
    const key = `${service} ${takeAccidents}`;
    const caller = this.#callers.get(key) ?? new Caller(this.#settingsOf(service as Service, takeAccidents));
    this.#callers.set(key, caller);
    return caller;
  }

  /** A caller that is to be throttled must not keep to the frequency of the rarest command. */
  #settingsOf(importService: Service, hurried: boolean): Settings {
    const { callsPerSecond } = this.settings;
    return {
      ...this.settings,
      importService,
      callsPerSecond: hurried ? { ...callsPerSecond, get_appid_group_list: 100 } : callsPerSecond,
    };
  }

  /** Destroys what this run made and is still there; gives what could not be destroyed. */
  async removeAll(): Promise<Leftover[]> {
    const ofThisRun = this.record.left().filter((groupId) => isOfRun(groupId, this.run));
    return removeCommunities(this.#app, this.record, ofThisRun);
  }

  async close(): Promise<void> {
    for (const caller of this.#callers.values()) await caller.close();
    await this.#app.close();
  }
}

export interface Leftover {
  readonly groupId: string;
  readonly reason: string;
}

/** Destroys communities with their topics, one after the other, whatever becomes of each; gives those that stay. */
export async function removeCommunities(
  app: OpenApp,
  record: CommunityRecord,
  groupIds: readonly string[],
): Promise<Leftover[]> {
  const leftovers: Leftover[] = [];
  for (const groupId of groupIds) {
    try {
      await removeCommunity(app, groupId);
      record.add("gone", groupId);
    } catch (error) {
      leftovers.push({ groupId, reason: (error as Error).message });
    }
  }
  return leftovers;
}

async function removeCommunity({ topics, communities }: OpenApp, groupId: string): Promise<void> {
  if (!isOurs(groupId)) throw new Error("it is not of this suite");
  try {
    await communities.destroy(groupId);
  } catch (error) {
    // The service may keep a community that has topics.
    const topicIds = [...(await topics.readAllFresh(groupId)).keys()];
    if (topicIds.length === 0) throw error;
    await Promise.all(topicIds.map((topicId) => topics.destroy(groupId, topicId)));
    await communities.destroy(groupId);
  }
}

function groupIdsIn({ GroupId, GroupIdList = [] }: Body): string[] {
  return [...(GroupId === undefined ? [] : [GroupId]), ...(GroupIdList as unknown[])].map(String);
}

function readAnswer(raw: HttpAnswer, call: CallContext, takeAccidents: boolean): Answer {
  if (raw.status !== 200) throw wrongShape(call, `HTTP status ${raw.status}`);
  let answer: Answer;
  try {
    answer = JSON.parse(raw.text);
  } catch {
    throw wrongShape(call, "it is not JSON");
  }
  const { ErrorCode: serviceCode, ErrorInfo = "" } = answer;
  const kind = errorCodeFacts(serviceCode).class;
  // Such an answer says nothing about what was asked: it is repeated.
  if (!takeAccidents && (kind === "throttled" || kind === "transient" || kind === "auth")) {
    throw serviceError({ command: call.command, subject: call.subject, serviceCode, vendorText: String(ErrorInfo) });
  }
  return answer;
}

function expectDone(answer: Answer, what: string): void {
  if (answer.ErrorCode !== 0) throw new Error(`${what}: ${answer.ErrorCode} (“${String(answer.ErrorInfo)}”)`);
}
