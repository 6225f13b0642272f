/**
 * What the lifecycles use: communities of an app, read and written one by one, with the calls behind the reads shared.
 * Every read is fresh. A write that makes or destroys a community ends the snapshot of its topics.
 */

import { Batches } from "./batches.js";
import type { Caller } from "./caller.js";
import { MAX_GROUP_IDS_PER_CALL } from "./commands.js";
import { type CommunityChanges, CommunityClient, type NewCommunity } from "./community-client.js";
import { NotFoundError, RefusedError, ServiceError } from "./errors/index.js";
import type { LiveCommunity } from "./live-community.js";
import { isUsed } from "./live-topic.js";
import type { Topics } from "./topics.js";

/** All communities of an app can share a call. */
const ONE_SCOPE = "";

/** "The group id is not valid, or not known." */
const GROUP_NOT_FOUND = 10015;

export class Communities {
  readonly #client: CommunityClient;
  readonly #topics: Topics;
  readonly #reads: Batches<LiveCommunity | undefined>;

  /** `topics` are those of the same app. */
  constructor(caller: Caller, topics: Topics) {
    this.#client = new CommunityClient(caller);
    this.#topics = topics;
    this.#reads = new Batches(MAX_GROUP_IDS_PER_CALL, async (_scope, groupIds) => {
      const communities = await this.#read(groupIds);
      return (groupId) => communities.get(groupId);
    });
  }

  /** The community as it is now; undefined when it does not exist. */
  read(groupId: string): Promise<LiveCommunity | undefined> {
    return this.#reads.ask(ONE_SCOPE, groupId);
  }

  /** How many topics are in it. @throws {NotFoundError} when the community does not exist. */
  topicCount(groupId: string): Promise<number> {
    return this.#topics.count(groupId);
  }

  /** How many topics are in it, and in how many of them messages were sent. @throws {NotFoundError} when it is gone. */
  async topicCounts(groupId: string): Promise<{ all: number; withMessages: number }> {
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
        if (!isAboutTheGroup(error)) throw error;
        if (!(error instanceof NotFoundError) && (await this.read(groupId)) !== undefined) throw error;
      }
    });
  }

  async #read(groupIds: readonly string[]): Promise<Map<string, LiveCommunity>> {
    try {
      return await this.#client.getCommunities(groupIds);
    } catch (error) {
      if (!isAboutTheGroup(error)) throw error;
      if (groupIds.length === 1) return new Map();
      // A verdict for the call may be about one of the communities; each half then tells for itself.
      const middle = Math.ceil(groupIds.length / 2);
      const halves = await Promise.all(
        [groupIds.slice(0, middle), groupIds.slice(middle)].map((half) => this.#read(half)),
      );
      return new Map(halves.flatMap((half) => [...half]));
    }
  }
}

/** Does the service say that there is no such community? */
export function isAboutTheGroup(error: unknown): boolean {
  return error instanceof NotFoundError || (error instanceof ServiceError && error.serviceCode === GROUP_NOT_FOUND);
}
