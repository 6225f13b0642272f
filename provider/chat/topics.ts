/**
 * What the lifecycles use: topics of an app, read and written one by one, with the calls behind them shared where that
 * is safe. Reads for a refresh share a snapshot of the community; all other reads are fresh.
 */

import { batched, readHalves } from "./batching.js";
import { MAX_TOPIC_IDS_PER_CALL } from "./commands.js";
import { ANSWER_TOO_LARGE } from "./error-codes.js";
import { CallError, ChatError, NotFoundError, ServiceError, UnexpectedAnswerError } from "./errors/index.js";
import { Snapshots } from "./snapshots.js";
import type { LiveTopic, TopicChanges } from "./topic.js";
import type { NewTopic, TopicClient } from "./topic-client.js";
import { describeTopic } from "./topic-id.js";
import { undefinedIfNotFound } from "./undefined-if-not-found.js";

export class Topics {
  readonly #client: TopicClient;
  readonly #snapshots: Snapshots<Map<string, LiveTopic>>;
  readonly #readOne: (groupId: string, topicId: string) => Promise<LiveTopic | undefined>;
  readonly #destroyOne: (groupId: string, topicId: string) => Promise<undefined>;

  constructor(client: TopicClient) {
    this.#client = client;
    this.#snapshots = new Snapshots((groupId) => this.#readAll(groupId));
    this.#readOne = batched(MAX_TOPIC_IDS_PER_CALL, async (groupId, topicIds) => {
      const topics = await this.#readParts(groupId, topicIds);
      return (topicId) => topics.get(topicId);
    });
    this.#destroyOne = batched(MAX_TOPIC_IDS_PER_CALL, (groupId, topicIds) => this.#destroy(groupId, topicIds));
  }

  /** The topic as it is, or was at most a few seconds ago; undefined when it, or its community, is gone. */
  async readShared(groupId: string, topicId: string): Promise<LiveTopic | undefined> {
    const topics = await undefinedIfNotFound(this.#snapshots.read(groupId));
    return topics?.get(topicId);
  }

  /** All topics of a community, as a refresh sees them. @throws {NotFoundError} when the community does not exist. */
  readAllShared(groupId: string): Promise<Map<string, LiveTopic>> {
    return this.#snapshots.read(groupId);
  }

  /** The topic as it is now; undefined when it, or its community, is gone. */
  async readFresh(groupId: string, topicId: string): Promise<LiveTopic | undefined> {
    return undefinedIfNotFound(this.#readOne(groupId, topicId));
  }

  /** All topics of a community as they are now. @throws {NotFoundError} when the community does not exist. */
  readAllFresh(groupId: string): Promise<Map<string, LiveTopic>> {
    return this.#readAll(groupId);
  }

  /** How many topics a community has now. @throws {NotFoundError} when the community does not exist. */
  async count(groupId: string): Promise<number> {
    return (await this.#client.getTopics(groupId, undefined, ["TopicName"])).size;
  }

  /** Imports a topic and gives its id. @throws {AlreadyExistsError} when the id is taken. */
  import(topic: NewTopic): Promise<string> {
    return this.whileWriting(topic.groupId, () => this.#client.importTopic(topic));
  }

  modify(groupId: string, topicId: string, changes: TopicChanges): Promise<void> {
    return this.whileWriting(groupId, () => this.#client.modifyTopic(groupId, topicId, changes));
  }

  /** Destroys a topic with its messages. One that is gone already is a success. */
  async destroy(groupId: string, topicId: string): Promise<void> {
    try {
      await this.whileWriting(groupId, () => this.#destroyOne(groupId, topicId));
    } catch (error) {
      throw error instanceof CallError ? error.about("destroy_topic", describeTopic(topicId)) : error;
    }
  }

  /** Does something that changes which topics a community has, or what they are: no read uses a state from before it. */
  async whileWriting<T>(groupId: string, write: () => Promise<T>): Promise<T> {
    this.#snapshots.invalidate(groupId);
    try {
      return await write();
    } finally {
      this.#snapshots.invalidate(groupId);
    }
  }

  async #readAll(groupId: string): Promise<Map<string, LiveTopic>> {
    try {
      return await this.#client.getTopics(groupId);
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      const ids = await this.#client.getTopics(groupId, undefined, ["TopicName"]);
      return this.#readParts(groupId, [...ids.keys()]);
    }
  }

  /** Reads by id, in parts as large as the service answers. */
  async #readParts(groupId: string, topicIds: readonly string[]): Promise<Map<string, LiveTopic>> {
    if (topicIds.length > MAX_TOPIC_IDS_PER_CALL) return this.#readHalves(groupId, topicIds);
    try {
      return await this.#client.getTopics(groupId, topicIds);
    } catch (error) {
      // A "not found" for the call may mean the community or one of the topics; each half then tells for itself.
      if (topicIds.length === 1 || !(isTooLarge(error) || error instanceof NotFoundError)) throw error;
      return this.#readHalves(groupId, topicIds);
    }
  }

  #readHalves(groupId: string, topicIds: readonly string[]): Promise<Map<string, LiveTopic>> {
    return readHalves(topicIds, (half) => undefinedIfNotFound(this.#readParts(groupId, half)));
  }

  /** Gives for each id the error of its verdict; undefined for one that is gone now, whoever destroyed it. */
  async #destroy(groupId: string, topicIds: readonly string[]): Promise<(topicId: string) => undefined | Error> {
    try {
      const verdicts = await this.#client.destroyTopics(groupId, topicIds);
      return (topicId) => {
        if (!verdicts.has(topicId)) return noVerdict(topicId);
        const error = verdicts.get(topicId);
        return error instanceof NotFoundError ? undefined : error;
      };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error instanceof NotFoundError && topicIds.length === 1) return () => undefined;
      if (error instanceof NotFoundError && (await undefinedIfNotFound(this.#readAll(groupId))) === undefined) {
        return () => undefined;
      }
      if (!mayBeAboutOneTopic(error) || topicIds.length === 1) throw error;
      const errors = new Map(await Promise.all(topicIds.map((topicId) => this.#destroyAlone(groupId, topicId))));
      return (topicId) => errors.get(topicId);
    }
  }

  async #destroyAlone(groupId: string, topicId: string): Promise<[string, Error | undefined]> {
    try {
      return [topicId, (await this.#destroy(groupId, [topicId]))(topicId)];
    } catch (error) {
      if (error instanceof ChatError) return [topicId, error];
      throw error;
    }
  }
}

/**
 * The pages do not say whether `destroy_topic` gives such a verdict for the call or for each topic. After one for the call
 * each topic is destroyed by a call of its own, so that one cannot fail the others.
 */
function mayBeAboutOneTopic({ codeFacts }: ServiceError): boolean {
  return codeFacts.scope === "item" || codeFacts.scope === "community";
}

function noVerdict(topicId: string): UnexpectedAnswerError {
  return new UnexpectedAnswerError({
    call: `destroy_topic ${describeTopic(topicId)}`,
    host: "the service",
    reason: "it says nothing about this topic",
    maxRetries: 0,
  });
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ServiceError && error.serviceCode === ANSWER_TOO_LARGE;
}
