/**
 * The pace of one command: no window of one second ever holds more than `callsPerSecond` calls. A throttled answer
 * halves the rate, since somebody else is using the limit too; after that it creeps back, so that two pipelines that
 * share an app settle beside each other and both finish.
 */
import { TokenBucket } from "limiter";

/** The part of the limit that may go out at once after a pause. A larger part would leave less for the steady rate. */
const BURST_SHARE = 0.03;
/** Kept back, since requests that leave evenly arrive less evenly: enough for a stall of 0.13 s on the way at 200/s. */
const HEADROOM = 0.88;
/** From a crawl back to the full rate in this time, in milliseconds, if nothing is throttled. */
const RECOVERY_MS = 20_000;
/** The slowest the pace becomes, in calls per second. */
const CRAWL = 1;

export class Pace {
  readonly #bucket: TokenBucket;
  readonly #fullRate: number;
  #waiting = 0;
  #slowedAt = Number.NEGATIVE_INFINITY;
  #recoveredAt = 0;

  constructor(callsPerSecond: number) {
    const burst = Math.max(1, Math.floor(callsPerSecond * BURST_SHARE));
    // A window holds fewer than burst + rate calls, hence at most callsPerSecond where their sum is one more.
    this.#fullRate = HEADROOM * (callsPerSecond + 1 - burst);
    this.#bucket = new TokenBucket({ bucketSize: burst, tokensPerInterval: this.#fullRate, interval: 1000 });
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

  /** Waits for a turn, and tells when it was given (for {@link slowDown}). */
  async turn(): Promise<number> {
    this.#waiting++;
    try {
      this.#recover();
      await this.#bucket.removeTokens(1);
      // Also for those that wait already: a long queue must not crawl to its end for one throttled moment.
      this.#recover();
      return performance.now();
    } finally {
      this.#waiting--;
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

  #recover(): void {
    if (this.rate >= this.#fullRate) return;
    const now = performance.now();
    const gained = (this.#fullRate * (now - this.#recoveredAt)) / RECOVERY_MS;
    this.#recoveredAt = now;
    this.#bucket.tokensPerInterval = Math.min(this.#fullRate, this.rate + gained);
  }
}
