/**
 * What the lifecycles use: topics of an app, read and written one by one, with the calls behind them shared where that
 * is safe. Reads for a refresh share a snapshot of the community; all other reads are fresh.
 */

import { Batches } from "./batches.js";
import { MAX_TOPIC_IDS_PER_CALL } from "./commands.js";
import { NotFoundError, ServiceError, UnexpectedAnswerError } from "./errors/index.js";
import type { LiveTopic } from "./live-topic.js";
import { orGone } from "./or-gone.js";
import { Snapshots } from "./snapshots.js";
import type { NewTopic, TopicChanges, TopicClient } from "./topic-client.js";
import { describeTopic } from "./topic-id.js";

/** The answer would be over 1 MB. */
const ANSWER_TOO_LARGE = 10018;

/**
 * Verdicts that may be about a single topic of a `destroy_topic`. The pages do not say whether these come for the call
 * or per topic; after one for the call each topic is asked for alone, so that one cannot fail the others.
 */
const MAY_CONCERN_ONE_TOPIC: ReadonlySet<number> = new Set([10004, 10010, 10015, 10021, 10025, 110002, 110003, 110013]);

export class Topics {
  readonly #client: TopicClient;
  readonly #snapshots: Snapshots<Map<string, LiveTopic>>;
  readonly #freshReads: Batches<LiveTopic | undefined>;
  readonly #destructions: Batches<void>;

  constructor(client: TopicClient) {
    this.#client = client;
    this.#snapshots = new Snapshots((groupId) => this.#readAll(groupId));
    this.#freshReads = new Batches(MAX_TOPIC_IDS_PER_CALL, async (groupId, topicIds) => {
      const topics = await this.#readParts(groupId, topicIds);
      return (topicId) => topics.get(topicId);
    });
    this.#destructions = new Batches(MAX_TOPIC_IDS_PER_CALL, (groupId, topicIds) => this.#destroy(groupId, topicIds));
  }

  /** The topic as it is, or was at most a few seconds ago; undefined when it, or its community, is gone. */
  async readShared(groupId: string, topicId: string): Promise<LiveTopic | undefined> {
    const topics = await orGone(this.#snapshots.read(groupId));
    return topics?.get(topicId);
  }

  /** All topics of a community, as a refresh sees them. @throws {NotFoundError} when the community does not exist. */
  readAllShared(groupId: string): Promise<Map<string, LiveTopic>> {
    return this.#snapshots.read(groupId);
  }

  /** The topic as it is now; undefined when it, or its community, is gone. */
  async readFresh(groupId: string, topicId: string): Promise<LiveTopic | undefined> {
    return orGone(this.#freshReads.ask(groupId, topicId));
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
  destroy(groupId: string, topicId: string): Promise<void> {
    return this.whileWriting(groupId, () => this.#destructions.ask(groupId, topicId));
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  /** Does something that changes which topics a community has, or what they are: no read uses a state from before it. */
  async whileWriting<T>(groupId: string, write: () => Promise<T>): Promise<T> {
    this.#snapshots.end(groupId);
    try {
      return await write();
    } finally {
      this.#snapshots.end(groupId);
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

  async #readHalves(groupId: string, topicIds: readonly string[]): Promise<Map<string, LiveTopic>> {
    const middle = Math.ceil(topicIds.length / 2);
    const halves = [topicIds.slice(0, middle), topicIds.slice(middle)];
    const topics = await Promise.all(halves.map((half) => orGone(this.#readParts(groupId, half))));
    return new Map(topics.flatMap((part) => [...(part ?? [])]));
  }

  async #destroy(groupId: string, topicIds: readonly string[]): Promise<(topicId: string) => void> {
    try {
      const verdicts = await this.#client.destroyTopics(groupId, topicIds);
      return (topicId) => {
        if (!verdicts.has(topicId)) {
          const call = `destroy_topic ${describeTopic(topicId)}`;
          throw new UnexpectedAnswerError(call, "the service", "it says nothing about this topic", 0);
        }
        const error = verdicts.get(topicId);
        if (error !== undefined && !(error instanceof NotFoundError)) throw error;
      };
    } catch (error) {
      if (error instanceof NotFoundError && topicIds.length === 1) return () => {};
      if (error instanceof NotFoundError && (await orGone(this.#readAll(groupId))) === undefined) return () => {};
      if (!(error instanceof ServiceError && MAY_CONCERN_ONE_TOPIC.has(error.serviceCode)) || topicIds.length === 1) {
        throw error;
      }
      const outcomes = new Map(
        await Promise.all(
          topicIds.map(async (topicId) => {
            const outcome = await this.#destroy(groupId, [topicId]).catch((failure: unknown) => () => {
              throw failure;
            });
            return [topicId, outcome] as const;
          }),
        ),
      );
      return (topicId) => outcomes.get(topicId)?.(topicId);
    }
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof ServiceError && error.serviceCode === ANSWER_TOO_LARGE;
}
