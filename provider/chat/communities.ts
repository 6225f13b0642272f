/**
 * What the lifecycles use: communities of an app, read and written one by one, with the calls behind the reads shared.
 * Every read is fresh. A write that makes or destroys a community ends the snapshot of its topics.
 */

import { batched, readHalves } from "./batching.js";
import { MAX_GROUP_IDS_PER_CALL } from "./commands.js";
import type { CommunityChanges, LiveCommunity } from "./community.js";
import { meansNoCommunity } from "./community-answers.js";
import type { CommunityClient, NewCommunity } from "./community-client.js";
import { NotFoundError, RefusedError } from "./errors/index.js";
import { isUsed } from "./topic.js";
import type { Topics } from "./topics.js";

/** All communities of an app can share a call. */
const ONE_SCOPE = "";

export class Communities {
  readonly #client: CommunityClient;
  readonly #topics: Topics;
  readonly #read: (scope: string, groupId: string) => Promise<LiveCommunity | undefined>;

  /** `topics` are those of the same app. */
  constructor(client: CommunityClient, topics: Topics) {
    this.#client = client;
    this.#topics = topics;
    this.#read = batched(MAX_GROUP_IDS_PER_CALL, async (_scope, groupIds) => {
      const communities = await this.#readParts(groupIds);
      return (groupId) => communities.get(groupId);
    });
  }

  /** The community as it is now; undefined when it does not exist. */
  read(groupId: string): Promise<LiveCommunity | undefined> {
    return this.#read(ONE_SCOPE, groupId);
  }

  /** How many topics are in it. @throws {NotFoundError} when the community does not exist. */
  countTopics(groupId: string): Promise<number> {
    return this.#topics.count(groupId);
  }

  /** How many topics are in it, and in how many of them messages were sent. @throws {NotFoundError} when it is gone. */
  async countTopicsAndUsed(groupId: string): Promise<{ all: number; withMessages: number }> {
    const topics = [...(await this.#topics.readAllFresh(groupId)).values()];
    return { all: topics.length, withMessages: topics.filter(isUsed).length };
  }

  /** Imports a community with topics on. @throws {AlreadyExistsError} when the id is taken. */
  import(community: NewCommunity): Promise<void> {
    return this.#topics.whileWriting(community.groupId, () => this.#client.importCommunity(community));
  }

  modify(groupId: string, changes: CommunityChanges): Promise<void> {
    return this.#client.modifyCommunity(groupId, changes);
  }

  /** Makes a member the owner; who is the owner already stays it. */
  async changeOwner(groupId: string, ownerAccount: string): Promise<void> {
    try {
      await this.#client.changeOwner(groupId, ownerAccount);
    } catch (error) {
      // A repetition after a lost answer may be refused because the first one took effect.
      if (!(error instanceof RefusedError)) throw error;
      const live = await this.read(groupId);
      if (live?.ownerAccount !== ownerAccount) throw error;
    }
  }

  /** Destroys a community with its topics and their messages. One that is gone already is a success. */
  destroy(groupId: string): Promise<void> {
    return this.#topics.whileWriting(groupId, async () => {
      try {
        await this.#client.destroyCommunity(groupId);
      } catch (error) {
        if (!meansNoCommunity(error)) throw error;
        if (!(error instanceof NotFoundError) && (await this.read(groupId)) !== undefined) throw error;
      }
    });
  }

  async #readParts(groupIds: readonly string[]): Promise<Map<string, LiveCommunity>> {
    try {
      return await this.#client.getCommunities(groupIds);
    } catch (error) {
      if (!meansNoCommunity(error)) throw error;
      if (groupIds.length === 1) return new Map();
      // A verdict for the call may be about one of the communities; each half then tells for itself.
      return readHalves(groupIds, (half) => this.#readParts(half));
    }
  }
}
