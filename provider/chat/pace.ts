/**
 * The pace of one command: no window of one second ever holds more than `callsPerSecond` calls, at the service too. The
 * service counts a call at some moment between its start and its answer; so a call keeps its place here until one second
 * after its answer, and nothing that happens on the way can bring too many together. A throttled answer halves the
 * rate, since somebody else is using the limit too; after that it creeps back, so that two pipelines that share an app
 * settle beside each other and both finish.
 */
import { TokenBucket } from "limiter";

const WINDOW_MS = 1_000;
/** The part of the limit that may go out at once after a pause. */
const BURST_SHARE = 0.03;
/** From a crawl back to the full rate in this time, in milliseconds, if nothing is throttled. */
const RECOVERY_MS = 20_000;
/** The slowest the pace becomes, in calls per second. */
const CRAWL = 1;

export class Pace {
  readonly #callsPerSecond: number;
  /** Spreads the calls over the second, and slows them down. */
  readonly #bucket: TokenBucket;
  /** The turn that was given last, or that will be. */
  #lastTurn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** Calls that have had their turn and have no answer yet. */
  #open = 0;
  /** When the calls that still keep their places were answered, oldest first. */
  readonly #answeredAt: number[] = [];
  #onAnswer = () => {};
  #slowedAt = Number.NEGATIVE_INFINITY;
  #recoveredAt = 0;

  constructor(callsPerSecond: number) {
    this.#callsPerSecond = callsPerSecond;
    const burst = Math.max(1, Math.floor(callsPerSecond * BURST_SHARE));
    this.#bucket = new TokenBucket({ bucketSize: burst, tokensPerInterval: callsPerSecond, interval: 1_000 });
    this.#bucket.content = burst;
  }

  /** Calls that wait for their turn now. */
  get waiting(): number {
    return this.#waiting;
  }

  /** The present rate, in calls per second. */
  get rate(): number {
    return this.#bucket.tokensPerInterval;
  }

  /** Makes a call when its turn has come, in the order of asking. It is told when that was (for {@link slowDown}). */
  async turn<T>(call: (turnAt: number) => T | PromiseLike<T>): Promise<T> {
    this.#waiting++;
    this.#recover();
    const turn = this.#lastTurn.then(() => this.#nextTurn());
    this.#lastTurn = turn;
    try {
      return await call(await turn);
    } finally {
      this.#open--;
      this.#answeredAt.push(performance.now());
      this.#onAnswer();
    }
  }

  /** A call that had its turn at `turnAt` was throttled. Answers to calls from before the last slowing count once. */
  slowDown(turnAt: number): void {
    if (turnAt < this.#slowedAt) return;
    this.#slowedAt = performance.now();
    this.#recoveredAt = this.#slowedAt;
    this.#bucket.content = 0;
    this.#bucket.tokensPerInterval = Math.max(CRAWL, this.rate / 2);
  }

  async #nextTurn(): Promise<number> {
    while (!this.#hasPlace()) await this.#untilPlacesChange();
    await this.#bucket.removeTokens(1);
    // Also for those that wait already: a long queue must not crawl to its end for one throttled moment.
    this.#recover();
    this.#waiting--;
    this.#open++;
    return performance.now();
  }

  #hasPlace(): boolean {
    const windowStart = performance.now() - WINDOW_MS;
    while ((this.#answeredAt[0] ?? Number.POSITIVE_INFINITY) <= windowStart) this.#answeredAt.shift();
    return this.#open + this.#answeredAt.length < this.#callsPerSecond;
  }

  #untilPlacesChange(): Promise<void> {
    return new Promise((changed) => {
      const [oldest] = this.#answeredAt;
      if (oldest === undefined) this.#onAnswer = changed;
      else setTimeout(changed, Math.ceil(oldest + WINDOW_MS - performance.now()));
    });
  }

  #recover(): void {
    if (this.rate >= this.#callsPerSecond) return;
    const now = performance.now();
    const gained = (this.#callsPerSecond * (now - this.#recoveredAt)) / RECOVERY_MS;
    this.#recoveredAt = now;
    this.#bucket.tokensPerInterval = Math.min(this.#callsPerSecond, this.rate + gained);
  }
}
