/**
 * Which failures of a call are tried again, and when. The table of error codes says what a code allows; this file adds
 * what a broken connection and a busy gateway allow, and the deadline of the call.
 */
import {
  type Attempts,
  type CallError,
  ConnectionError,
  ServiceError,
  SignatureExpiredError,
  ThrottledError,
  UnexpectedAnswerError,
} from "./errors/index.js";

/** Longest pause between two attempts, in milliseconds. */
const MAX_PAUSE_MS = 5_000;
const FIRST_PAUSE_MS = 100;
/** Longest time for one attempt, in milliseconds; the backend itself gives up after 3 s. */
const MAX_ATTEMPT_MS = 10_000;
/** An attempt with less time than this would most likely only lose its answer, in milliseconds. */
const MIN_ATTEMPT_MS = 250;

/** How often an error of this kind may be tried again. */
export function maxRetries(error: CallError): number {
  if (error instanceof SignatureExpiredError) return 1;
  if (error instanceof ServiceError) {
    const { class: errorClass, maxRetries = Number.POSITIVE_INFINITY } = error.codeFacts;
    return errorClass === "throttled" || errorClass === "transient" ? maxRetries : 0;
  }
  return error instanceof ConnectionError || error instanceof UnexpectedAnswerError ? error.maxRetries : 0;
}

/** How long the service, or a gateway before it, wants no calls, in milliseconds; undefined where it is not too busy. */
export function busyMs(error: CallError): number | undefined {
  if (error instanceof ThrottledError) return 0;
  return error instanceof UnexpectedAnswerError ? error.busyMs : undefined;
}

/** The attempts of one call, from the first one to its deadline. */
export class CallAttempts {
  #count = 0;
  #outcomeUnknown = false;
  /** By kind of error: an accident of one kind must not use up what another kind is allowed. */
  readonly #retriesByKind = new Map<string | number, number>();
  #endsAt: number;

  /**
   * @param timeoutMs The time that all attempts may take.
   * @param repeatable May the call be sent again when nobody knows what became of an attempt?
   */
  constructor(
    timeoutMs: number,
    private readonly repeatable: boolean,
  ) {
    this.#endsAt = performance.now() + timeoutMs;
  }

  /** Time that does not count: the call waited for the rate limiter. */
  extendBy(ms: number): void {
    this.#endsAt += ms;
  }

  get leftMs(): number {
    return this.#endsAt - performance.now();
  }

  /** What the next attempt may take. */
  get timeoutMs(): number {
    return Math.max(MIN_ATTEMPT_MS, Math.min(MAX_ATTEMPT_MS, Math.ceil(this.leftMs)));
  }

  get summary(): Attempts {
    return { count: this.#count, outcomeUnknown: this.#outcomeUnknown };
  }

  /** The pause before another attempt, in milliseconds, after one that failed; undefined where there must be none. */
  recordFailure(error: CallError): number | undefined {
    const retries = this.#count++;
    this.#outcomeUnknown ||= error.attempts.outcomeUnknown;
    if (error.attempts.outcomeUnknown && !this.repeatable) return undefined;

    const kind = error instanceof ServiceError ? error.serviceCode : error.code;
    const retriesOfKind = this.#retriesByKind.get(kind) ?? 0;
    this.#retriesByKind.set(kind, retriesOfKind + 1);
    const pausableMs = this.leftMs - MIN_ATTEMPT_MS;
    const wantedMs = busyMs(error) ?? 0;
    if (retriesOfKind >= maxRetries(error) || pausableMs <= 0 || wantedMs > pausableMs) return undefined;
    return Math.max(wantedMs, Math.min(jitteredPause(retries), pausableMs));
  }
}

/** Anything between 0 and the exponential pause ("full jitter"), so that clients that failed at the same time do not retry at the same time. */
function jitteredPause(retries: number): number {
  return Math.ceil(Math.random() * Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retries));
}
