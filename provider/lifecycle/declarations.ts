/**
 * Which resource of this run declares which topic or community, as far as their checks have told (of a topic whose id the
 * service assigned, its diff). It finds one that is declared twice, keeps a delete from destroying what another resource
 * has taken over, keeps an exclusive set alone in its community, and knows the row (URN) on which a message about a topic
 * belongs.
 */

interface Replacement {
  readonly urn: string;
  readonly nextGroupId: string | undefined;
}

export class Declarations {
  readonly #urnById = new Map<string, string>();
  readonly #idsByUrn = new Map<string, readonly string[]>();
  readonly #groupIdByUrn = new Map<string, string>();
  /** The exclusive set of a community. */
  readonly #ownerByGroupId = new Map<string, string>();
  readonly #leaving = new Map<string, Replacement>();

  /** Notes that `urn` declares these, and no others. Gives those that another resource declares already. */
  declare(ids: readonly string[], urn: string): { id: string; other: string }[] {
    for (const former of this.#idsByUrn.get(urn) ?? []) this.#urnById.delete(former);
    const conflicts = ids.flatMap((id) => {
      const other = this.#urnById.get(id);
      return other === undefined ? [] : [{ id, other }];
    });
    const own = conflicts.length > 0 ? [] : ids;
    for (const id of own) this.#urnById.set(id, urn);
    this.#idsByUrn.set(urn, own);
    return conflicts;
  }

  /**
   * Notes that `urn` has topics in a community, an exclusive set all of them. Gives the resources that it cannot share
   * the community with.
   */
  settle(urn: string, groupId: string, isExclusive: boolean): string[] {
    const former = this.#groupIdByUrn.get(urn) ?? "";
    if (this.#ownerByGroupId.get(former) === urn) this.#ownerByGroupId.delete(former);
    this.#groupIdByUrn.delete(urn);

    const owner = this.#ownerByGroupId.get(groupId);
    // Only a set that wants all of it asks for every resident: single topics come in thousands.
    const others = isExclusive ? this.residentsOf(groupId) : owner === undefined ? [] : [owner];
    if (others.length > 0) return others;
    this.#groupIdByUrn.set(urn, groupId);
    if (isExclusive) this.#ownerByGroupId.set(groupId, urn);
    return [];
  }

  /** Has the check of `urn` run in this process? Not in a plain refresh or destroy, which run no program. */
  knows(urn: string): boolean {
    return this.#idsByUrn.has(urn);
  }

  urnOf(id: string): string | undefined {
    return this.#urnById.get(id);
  }

  /** The resources that have topics in a community. */
  residentsOf(groupId: string): string[] {
    return [...this.#groupIdByUrn].filter(([, settledIn]) => settledIn === groupId).map(([urn]) => urn);
  }

  /** Notes that a replacement of `urn` will destroy it, and the other community that the new topics belong to. */
  leave(id: string, urn: string | undefined, nextGroupId?: string): void {
    this.#leaving.set(id, { urn: urn ?? "another resource", nextGroupId });
  }

  /** The resource whose replacement will destroy it. */
  leavingFrom(id: string): string | undefined {
    return this.#leaving.get(id)?.urn;
  }

  /** The community in which a topic's replacement is to be, where that is another one. */
  nextGroupOf(topicId: string): string | undefined {
    return this.#leaving.get(topicId)?.nextGroupId;
  }
}

/** The resource's name, the last part of its URN. */
export function nameOfUrn(urn: string): string {
  return urn.split("::").slice(3).join("::") || urn;
}

/** How a message calls the resource: `ChatTopicSet "topics"`. */
export function describeResource(urn: string): string {
  const className = urn.split("::")[2]?.split(":").at(-1) ?? "resource";
  return `${className} ${JSON.stringify(nameOfUrn(urn))}`;
}
