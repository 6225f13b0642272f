/**
 * Which resource of this run declares which topic or community, as far as their checks have told (of a topic whose id the
 * service assigned, its diff). It finds one that is declared twice, keeps a delete from destroying what another resource
 * has taken over, keeps an exclusive set alone in its community, and knows the row (URN) on which a message about a topic
 * belongs.
 */
import { splitTopicId } from "../chat/topic-id.js";
import { DeclaredTwiceError, HandoverRefusedError } from "./errors/index.js";
import type { Failure } from "./failure.js";
import { describeResource } from "./resource-name.js";

interface Removal {
  readonly urn: string | undefined;
  readonly nextGroupId: string | undefined;
}

export class Declarations {
  readonly #urnById = new Map<string, string>();
  readonly #idsByUrn = new Map<string, readonly string[]>();
  readonly #groupIdByUrn = new Map<string, string>();
  /** The exclusive set of a community. */
  readonly #exclusiveByGroupId = new Map<string, string>();
  readonly #removals = new Map<string, Removal>();

  /**
   * Notes that `urn` declares these topics or communities, and no others.
   *
   * @param describe How one is called at the start of a sentence.
   * @returns A failure for each that another resource declares already, and for each that another one will destroy.
   */
  declare(ids: readonly string[], urn: string, describe: (id: string) => string): Failure[] {
    for (const former of this.#idsByUrn.get(urn) ?? []) this.#urnById.delete(former);
    const twice = ids.flatMap((id): Failure[] => {
      const other = this.#urnById.get(id);
      return other === undefined ? [] : [{ name: keyOf(id), error: new DeclaredTwiceError(describe(id), other, urn) }];
    });
    const own = twice.length > 0 ? [] : ids;
    for (const id of own) this.#urnById.set(id, urn);
    this.#idsByUrn.set(urn, own);
    const removed = ids.flatMap((id): Failure[] => {
      const removal = this.#removals.get(id);
      if (removal === undefined || removal.urn === urn) return [];
      return [{ name: keyOf(id), error: new HandoverRefusedError(describe(id), removal.urn, urn) }];
    });
    return [...twice, ...removed];
  }

  /**
   * Notes that `urn` has topics in a community, an exclusive set all of them.
   *
   * @returns The resources that it cannot share the community with.
   */
  claimCommunity(urn: string, groupId: string, isExclusive: boolean): string[] {
    const former = this.#groupIdByUrn.get(urn) ?? "";
    if (this.#exclusiveByGroupId.get(former) === urn) this.#exclusiveByGroupId.delete(former);
    this.#groupIdByUrn.delete(urn);

    const exclusive = this.#exclusiveByGroupId.get(groupId);
    // Only a set that wants all of it asks for every resource there: single topics come in thousands.
    const others = isExclusive ? this.resourcesIn(groupId) : exclusive === undefined ? [] : [exclusive];
    if (others.length > 0) return others;
    this.#groupIdByUrn.set(urn, groupId);
    if (isExclusive) this.#exclusiveByGroupId.set(groupId, urn);
    return [];
  }

  /** Has the check of `urn` run in this process? Not in a plain refresh or destroy, which run no program. */
  knows(urn: string): boolean {
    return this.#idsByUrn.has(urn);
  }

  /** The resource that declares a topic or community. */
  urnOf(id: string): string | undefined {
    return this.#urnById.get(id);
  }

  /** The resource that declares it, as messages call it. */
  describeDeclarer(id: string): string | undefined {
    const urn = this.urnOf(id);
    return urn && describeResource(urn);
  }

  /** The resources that have topics in a community. */
  resourcesIn(groupId: string): string[] {
    return [...this.#groupIdByUrn].filter(([, claimed]) => claimed === groupId).map(([urn]) => urn);
  }

  /** Notes that `urn` will destroy it, and the other community in which the topics in its place are to be. */
  noteRemoval(id: string, urn: string | undefined, nextGroupId?: string): void {
    this.#removals.set(id, { urn, nextGroupId });
  }

  /** The community in which the topic in the place of a removed one is to be, where that is another one. */
  nextGroupOf(topicId: string): string | undefined {
    return this.#removals.get(topicId)?.nextGroupId;
  }
}

function keyOf(id: string): string {
  return splitTopicId(id)?.topicKey ?? id;
}
