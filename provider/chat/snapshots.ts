/**
 * Reads that share an answer. The engine reads topics one by one, a few at a time; the first read fetches the whole
 * community, and reads that come while that lasts, or shortly after, use the same answer. A write of ours invalidates it,
 * also a fetch that is still under way: no read after a write sees a state from before it.
 */

/** How long an answer may be used, in milliseconds. */
const FRESH_MS = 5_000;

interface Snapshot<T> {
  readonly value: Promise<T>;
  staleAt: number;
}

export class Snapshots<T> {
  readonly #byGroup = new Map<string, Snapshot<T>>();

  constructor(
    private readonly fetch: (groupId: string) => Promise<T>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  read(groupId: string): Promise<T> {
    const present = this.#byGroup.get(groupId);
    if (present !== undefined && this.now() < present.staleAt) return present.value;
    const snapshot: Snapshot<T> = { value: this.fetch(groupId), staleAt: Number.POSITIVE_INFINITY };
    this.#byGroup.set(groupId, snapshot);
    snapshot.value.then(
      () => {
        snapshot.staleAt = this.now() + FRESH_MS;
      },
      () => {
        if (this.#byGroup.get(groupId) === snapshot) this.#byGroup.delete(groupId);
      },
    );
    return snapshot.value;
  }

  /** Something of ours changes, or has just changed, the community. */
  invalidate(groupId: string): void {
    this.#byGroup.delete(groupId);
  }
}
