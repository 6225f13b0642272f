/**
 * Which failures are tried again, and how long. The table of error codes says what a code allows; this file adds what
 * a broken connection allows, and the deadline.
 */
import { ExponentialBackoff, handleWhen, type IExponentialBackoffOptions, type RetryPolicy, retry } from "cockatiel";
import { errorCodeFacts } from "./error-codes.js";
import {
  type ChatError,
  ConnectionError,
  ServiceError,
  SignatureExpiredError,
  UnexpectedAnswerError,
} from "./errors/index.js";

/** Longest pause between two attempts, in milliseconds. */
const MAX_PAUSE_MS = 5_000;
const FIRST_PAUSE_MS = 100;

/** Full jitter: anything between 0 and the exponential pause, so that clients that failed together do not return so. */
function fullJitter(leftMs: () => number) {
  return (pauses: number | undefined, options: IExponentialBackoffOptions<number>): [number, number] => {
    const already = pauses ?? 0;
    const ceiling = Math.min(options.maxDelay, options.initialDelay * options.exponent ** already);
    return [Math.max(0, Math.ceil(Math.min(Math.random() * ceiling, leftMs()))), already + 1];
  };
}

/** May `error` be tried again after `retries` retries for errors of its kind? */
export function isRetriable(error: ChatError, retries: number): boolean {
  if (error instanceof SignatureExpiredError) return retries < 1;
  if (error instanceof ServiceError) {
    const facts = errorCodeFacts(error.serviceCode);
    if (facts.class !== "throttled" && facts.class !== "transient") return false;
    return retries < (facts.maxRetries ?? Number.POSITIVE_INFINITY);
  }
  if (error instanceof ConnectionError || error instanceof UnexpectedAnswerError) return retries < error.maxRetries;
  return false;
}

/** Asks `again` after each failure, and pauses before each further attempt, for `leftMs` at most. */
export function retryWhile(
  again: (error: unknown) => boolean,
  leftMs: () => number = () => Number.POSITIVE_INFINITY,
): RetryPolicy {
  return retry(handleWhen(again), {
    maxAttempts: Number.MAX_SAFE_INTEGER,
    backoff: new ExponentialBackoff({
      initialDelay: FIRST_PAUSE_MS,
      maxDelay: MAX_PAUSE_MS,
      generator: fullJitter(leftMs),
    }),
  });
}
