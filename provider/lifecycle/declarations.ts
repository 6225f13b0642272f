/**
 * Which resource of this run declares which topic, as far as their checks have told. It finds a topic that is declared
 * twice, keeps a delete from destroying a topic that another resource has taken over, and knows the row (URN) on which
 * a message about a topic belongs.
 */
export class Declarations {
  readonly #urnByTopic = new Map<string, string>();
  readonly #topicByUrn = new Map<string, string>();

  /** Notes that `urn` declares the topic. Gives the URN of another resource that does so already. */
  declare(topicId: string, urn: string): string | undefined {
    const other = this.#urnByTopic.get(topicId);
    if (other !== undefined && other !== urn) return other;
    const former = this.#topicByUrn.get(urn);
    if (former !== undefined) this.#urnByTopic.delete(former);
    this.#urnByTopic.set(topicId, urn);
    this.#topicByUrn.set(urn, topicId);
    return undefined;
  }

  urnOf(topicId: string): string | undefined {
    return this.#urnByTopic.get(topicId);
  }
}

/** The resource's name, the last part of its URN. */
export function nameOfUrn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
