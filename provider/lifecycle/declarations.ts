/**
 * Which resource of this run declares which topic, as far as their checks have told. It finds a topic that is declared
 * twice, keeps a delete from destroying a topic that another resource has taken over, and knows the row (URN) on which
 * a message about a topic belongs.
 */
export class Declarations {
  readonly #urnByTopic = new Map<string, string>();
  readonly #topicsByUrn = new Map<string, readonly string[]>();
  readonly #leaving = new Map<string, string>();

  /** Notes that `urn` declares these topics, and no others. Gives those that another resource declares already. */
  declare(topicIds: readonly string[], urn: string): { topicId: string; other: string }[] {
    for (const former of this.#topicsByUrn.get(urn) ?? []) this.#urnByTopic.delete(former);
    const conflicts = topicIds.flatMap((topicId) => {
      const other = this.#urnByTopic.get(topicId);
      return other === undefined ? [] : [{ topicId, other }];
    });
    const own = conflicts.length > 0 ? [] : topicIds;
    for (const topicId of own) this.#urnByTopic.set(topicId, urn);
    this.#topicsByUrn.set(urn, own);
    return conflicts;
  }

  urnOf(topicId: string): string | undefined {
    return this.#urnByTopic.get(topicId);
  }

  /** Notes that a replacement of `urn` will destroy the topic. */
  leave(topicId: string, urn: string | undefined): void {
    this.#leaving.set(topicId, urn ?? "another resource");
  }

  /** The resource whose replacement will destroy the topic. */
  leavingFrom(topicId: string): string | undefined {
    return this.#leaving.get(topicId);
  }
}

/** The resource's name, the last part of its URN. */
export function nameOfUrn(urn: string): string {
  return urn.split("::").slice(3).join("::") || urn;
}
