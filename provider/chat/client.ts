/**
 * The Chat REST API client: one method a command. Every call goes through the pace of its command, is tried again as
 * the table of error codes allows, within its time, and ends in data or in one typed error.
 */
import { randomInt } from "node:crypto";
import { type Call, type LiveTopic, readDestroyed, readImportedTopicId, readTopics, readVerdict } from "./answers.js";
import { COMMANDS, type Command } from "./commands.js";
import {
  AlreadyExistsError,
  ChatError,
  type ServiceError,
  SignatureExpiredError,
  ThrottledError,
} from "./errors/index.js";
import { Pace } from "./pace.js";
import { isRetriable, retryWhile } from "./retry.js";
import type { Settings } from "./settings.js";
import { describeTopic } from "./topic-id.js";
import { createTransport, type HttpAnswer, type Transport } from "./transport.js";
import { UserSigSource } from "./user-sig.js";

/** The fields of `import_topic`; without a `topicId` the service assigns one. */
export interface NewTopic {
  readonly groupId: string;
  readonly topicId?: string | undefined;
  readonly topicName: string;
  readonly introduction?: string | undefined;
  readonly notification?: string | undefined;
  readonly faceUrl?: string | undefined;
  readonly customString?: string | undefined;
  readonly fromAccount?: string | undefined;
  /** Unix seconds. */
  readonly createTime?: number | undefined;
}

/** The fields that `modify_topic` can change; an absent one stays as it is. */
export interface TopicChanges {
  readonly topicName?: string | undefined;
  readonly introduction?: string | undefined;
  readonly notification?: string | undefined;
  readonly faceUrl?: string | undefined;
  readonly customString?: string | undefined;
  readonly muteAllMember?: boolean | undefined;
}

/** Told when calls wait for their turn; `waiting` of them at `rate` calls per second. */
export type WaitingListener = (command: Command, waiting: number, rate: number) => void;

/** Longest time for one attempt, in milliseconds; the backend itself gives up after 3 s. */
const ATTEMPT_MS = 10_000;
/** A queue of fewer seconds than this is not worth a word. */
const SPEAKS_AFTER_SECONDS = 2;

interface CallOptions<T> {
  readonly subject: string;
  readonly body: object;
  readonly read: (answer: HttpAnswer, call: Call) => T;
  /** May it be sent again when nobody knows what became of the last attempt? */
  readonly repeatable?: boolean;
}

export class ChatClient {
  readonly #settings: Settings;
  readonly #transport: Transport;
  readonly #onWaiting: WaitingListener;
  readonly #userSigs: UserSigSource;
  readonly #paces = new Map<Command, Pace>();

  constructor(
    settings: Settings,
    options: { readonly transport?: Transport; readonly onWaiting?: WaitingListener } = {},
  ) {
    this.#settings = settings;
    this.#transport = options.transport ?? createTransport(settings.baseUrl);
    this.#onWaiting = options.onWaiting ?? (() => {});
    this.#userSigs = new UserSigSource(settings);
  }

  /**
   * Imports a topic, silently: no webhook, no notification. Gives its id.
   *
   * An import without a `topicId` is not sent again after a lost answer: there might be two topics then.
   *
   * @throws {AlreadyExistsError} with `afterLostAnswer` set where an earlier attempt of this call may be the taker.
   */
  async importTopic(topic: NewTopic): Promise<string> {
    return this.#call("import_topic", {
      subject: topic.topicId ? describeTopic(topic.topicId) : `"${topic.topicName}" in ${topic.groupId}`,
      repeatable: topic.topicId !== undefined,
      body: {
        Type: "Community",
        GroupId: topic.groupId,
        TopicId: topic.topicId,
        TopicName: topic.topicName,
        From_Account: topic.fromAccount,
        CustomString: topic.customString,
        FaceUrl: topic.faceUrl,
        Notification: topic.notification,
        Introduction: topic.introduction,
        CreateTime: topic.createTime,
      },
      read: (answer, call) => readImportedTopicId(answer, call, topic.topicId),
    });
  }

  /**
   * The topics of a community, or those of `topicIds`, by id; one that does not exist is left out.
   *
   * @throws {NotFoundError} when the community itself does not exist.
   */
  async getTopics(
    groupId: string,
    topicIds?: readonly string[],
    fields?: readonly string[],
  ): Promise<Map<string, LiveTopic>> {
    const [only] = topicIds?.length === 1 ? topicIds : [];
    return this.#call("get_topic", {
      subject: only ? describeTopic(only) : `of ${topicIds ? `${topicIds.length} topics in ` : ""}${groupId}`,
      body: {
        GroupId: groupId,
        From_Account: this.#settings.adminAccount,
        TopicIdList: topicIds,
        ResponseFilter: fields,
      },
      read: readTopics,
    });
  }

  async modifyTopic(groupId: string, topicId: string, changes: TopicChanges): Promise<void> {
    await this.#call("modify_topic", {
      subject: describeTopic(topicId),
      body: {
        GroupId: groupId,
        TopicId: topicId,
        TopicName: changes.topicName,
        FaceUrl: changes.faceUrl,
        Notification: changes.notification,
        Introduction: changes.introduction,
        CustomString: changes.customString,
        MuteAllMember: changes.muteAllMember === undefined ? undefined : changes.muteAllMember ? "On" : "Off",
      },
      read: readVerdict,
    });
  }

  /** Destroys topics with their messages; what became of each, undefined for destroyed. */
  async destroyTopics(groupId: string, topicIds: readonly string[]): Promise<Map<string, ServiceError | undefined>> {
    const [only] = topicIds.length === 1 ? topicIds : [];
    return this.#call("destroy_topic", {
      subject: only ? describeTopic(only) : `of ${topicIds.length} topics in ${groupId}`,
      body: { GroupId: groupId, TopicIdList: topicIds },
      read: readDestroyed,
    });
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #call<T>(command: Command, options: CallOptions<T>): Promise<T> {
    const { repeatable = true } = options;
    const pace = this.#paceOf(command);
    const call: Call = {
      command,
      subject: options.subject,
      host: new URL(this.#settings.baseUrl).host,
      credentials: this.#describeCredentials(),
    };
    let retries = 0;
    let outcomeUnknown = false;
    // The time that a call may take runs only while it is not waiting for its turn.
    let endsAt = performance.now() + this.#settings.timeoutSeconds * 1000;

    const again = (error: unknown): boolean => {
      if (!(error instanceof ChatError)) return false;
      outcomeUnknown ||= error.outcomeUnknown;
      if (error instanceof SignatureExpiredError && !this.#userSigs.renewable) return false;
      if (error.outcomeUnknown && !repeatable) return false;
      if (performance.now() >= endsAt || !isRetriable(error, retries)) return false;
      retries++;
      return true;
    };

    try {
      return await retryWhile(again).execute(async () => {
        const queuedAt = performance.now();
        const turn = await this.#turn(command, pace);
        endsAt += turn - queuedAt;
        const userSig = await this.#userSigs.userSig();
        try {
          const attemptMs = Math.max(1, Math.min(ATTEMPT_MS, Math.ceil(endsAt - performance.now())));
          const answer = await this.#transport.post(
            this.#url(command, userSig),
            JSON.stringify(options.body),
            attemptMs,
            `${command} ${options.subject}`,
          );
          return options.read(answer, call);
        } catch (error) {
          if (error instanceof ThrottledError) pace.slowDown(turn);
          if (error instanceof SignatureExpiredError) this.#userSigs.renew(userSig);
          throw error;
        }
      });
    } catch (error) {
      if (error instanceof AlreadyExistsError) error.afterLostAnswer = outcomeUnknown;
      if (error instanceof ChatError && retries > 0) error.message += ` (Tried ${retries + 1} times.)`;
      throw error;
    }
  }

  #turn(command: Command, pace: Pace): Promise<number> {
    const turn = pace.turn();
    if (pace.waiting > pace.rate * SPEAKS_AFTER_SECONDS) this.#onWaiting(command, pace.waiting, pace.rate);
    return turn;
  }

  #paceOf(command: Command): Pace {
    let pace = this.#paces.get(command);
    if (pace === undefined) {
      pace = new Pace(this.#settings.callsPerSecond[command]);
      this.#paces.set(command, pace);
    }
    return pace;
  }

  #url(command: Command, userSig: string): URL {
    const service = command === "import_topic" ? this.#settings.importService : COMMANDS[command].service;
    const url = new URL(`/v4/${service}/${command}`, this.#settings.baseUrl);
    url.search = new URLSearchParams({
      sdkappid: String(this.#settings.sdkAppId),
      identifier: this.#settings.adminAccount,
      usersig: userSig,
      random: String(randomInt(0, 2 ** 32)),
      contenttype: "json",
    }).toString();
    return url;
  }

  #describeCredentials(): string {
    const { credentials } = this.#settings;
    return credentials.kind === "secretKey"
      ? `The signature was made with the key from ${credentials.origin}`
      : `The signature came from ${credentials.origin} and ends at ${new Date(credentials.endsAt * 1000).toISOString()}`;
  }
}
