/**
 * The rate limiter of one command: no window of one second ever holds more than `callsPerSecond` calls, at the service
 * too. The service counts a call at some moment between its start and its answer; so a call keeps its place here until
 * one second after its answer, and no delay on the way can bring too many together. Within that limit a token bucket
 * spreads the calls over the second. A throttled answer halves its rate, since somebody else uses the limit too; then
 * the rate rises again, so that two pipelines that share an app both finish.
 */
import { wait } from "./wait.js";

const WINDOW_MS = 1_000;
/** The part of the limit that may go out at once after a pause. */
const BURST_SHARE = 0.03;
/** The time in which the rate rises from nothing to the full one, in milliseconds, if nothing is throttled. */
const RECOVERY_MS = 20_000;
/** The lowest rate, in calls per second. */
const MIN_RATE = 1;

/** When a call could start. */
export interface CallStart {
  /** For {@link RateLimiter.slowDown}. */
  readonly at: number;
  /** How long it waited for the rate, in milliseconds; pauses that the service asked for do not count. */
  readonly waitedMs: number;
}

export class RateLimiter {
  readonly #callsPerSecond: number;
  /** The present rate, in calls per second. */
  #rate: number;
  readonly #maxTokens: number;
  /** Calls that may start at once; less than one while the next one still has to wait. */
  #tokens: number;
  #tokensAt = performance.now();
  /** No call starts before this. */
  #pausedUntil = 0;
  /** All pauses together, in milliseconds, up to the end of the last one. */
  #pausesMs = 0;
  /** The start that was given last, or that will be. */
  #lastStart: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** Calls that have started and have no answer yet. */
  #inFlight = 0;
  /** When the calls that still keep their places were answered, oldest first. */
  readonly #answeredAt: number[] = [];
  #onAnswer = () => {};
  #slowedAt = Number.NEGATIVE_INFINITY;

  constructor(callsPerSecond: number) {
    this.#callsPerSecond = callsPerSecond;
    this.#rate = callsPerSecond;
    this.#maxTokens = Math.max(1, Math.floor(callsPerSecond * BURST_SHARE));
    this.#tokens = this.#maxTokens;
  }

  /** Calls that wait to start. */
  get waiting(): number {
    return this.#waiting;
  }

  /** The present rate, in calls per second. */
  get rate(): number {
    return this.#rate;
  }

  /** Makes a call as soon as the rate allows, in the order of asking. */
  async run<T>(call: (start: CallStart) => T | PromiseLike<T>): Promise<T> {
    this.#waiting++;
    const queuedAt = performance.now();
    const pausedBefore = this.#pausedMs;
    const start = this.#lastStart.then(() => this.#nextStart());
    this.#lastStart = start;
    const at = await start;
    try {
      return await call({ at, waitedMs: at - queuedAt - (this.#pausedMs - pausedBefore) });
    } finally {
      this.#inFlight--;
      this.#answeredAt.push(performance.now());
      this.#onAnswer();
    }
  }

  /**
   * A call that started at `startedAt` was throttled. Answers to calls from before the last slowing count once.
   *
   * @param pauseMs How long the service wants no call at all.
   */
  slowDown(startedAt: number, pauseMs = 0): void {
    const now = performance.now();
    const pausedUntil = Math.max(this.#pausedUntil, now);
    this.#pausedUntil = Math.max(pausedUntil, now + pauseMs);
    this.#pausesMs += this.#pausedUntil - pausedUntil;
    if (startedAt < this.#slowedAt) return;
    this.#slowedAt = now;
    this.#refill();
    this.#tokens = 0;
    this.#rate = Math.max(MIN_RATE, this.#rate / 2);
  }

  /** All pauses together, in milliseconds, up to now. */
  get #pausedMs(): number {
    return this.#pausesMs - Math.max(0, this.#pausedUntil - performance.now());
  }

  async #nextStart(): Promise<number> {
    for (;;) {
      const pauseMs = this.#pausedUntil - performance.now();
      if (pauseMs > 0) await wait(Math.ceil(pauseMs));
      else if (!this.#hasPlace()) await this.#untilPlacesChange();
      else if (!this.#takeToken()) await wait(Math.ceil(((1 - this.#tokens) * 1_000) / this.#rate));
      else break;
    }
    this.#waiting--;
    this.#inFlight++;
    return performance.now();
  }

  #hasPlace(): boolean {
    const windowStart = performance.now() - WINDOW_MS;
    while ((this.#answeredAt[0] ?? Number.POSITIVE_INFINITY) <= windowStart) this.#answeredAt.shift();
    return this.#inFlight + this.#answeredAt.length < this.#callsPerSecond;
  }

  #untilPlacesChange(): Promise<void> {
    const [oldest] = this.#answeredAt;
    if (oldest !== undefined) return wait(Math.ceil(oldest + WINDOW_MS - performance.now()));
    return new Promise((resolve) => {
      this.#onAnswer = resolve;
    });
  }

  #takeToken(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }

  /** The tokens that have come since the last look; the rate rises as well, also for a queue that waits already. */
  #refill(): void {
    const now = performance.now();
    const elapsedMs = now - this.#tokensAt;
    this.#tokensAt = now;
    this.#tokens = Math.min(this.#maxTokens, this.#tokens + (elapsedMs * this.#rate) / 1_000);
    this.#rate = Math.min(this.#callsPerSecond, this.#rate + (elapsedMs * this.#callsPerSecond) / RECOVERY_MS);
  }
}
