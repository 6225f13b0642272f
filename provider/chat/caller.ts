/**
 * One call of the Chat REST API, whatever the command: signed, sent at the rate of its command, tried again as `retry.ts`
 * allows, and ended in data or in one typed error that knows its attempts.
 */
import { randomInt } from "node:crypto";
import type { App } from "./app.js";
import { COMMANDS, type Command } from "./commands.js";
import { CallError, SignatureExpiredError } from "./errors/index.js";
import { RateLimiter } from "./rate-limiter.js";
import { busyMs, CallAttempts } from "./retry.js";
import { createTransport, type HttpAnswer, type Transport } from "./transport.js";
import { UserSigSource } from "./user-sig.js";
import type { CallContext } from "./verdicts.js";
import { wait } from "./wait.js";

/** Told when calls wait for the rate limiter; `waiting` of them at `rate` calls per second. */
export type WaitingListener = (command: Command, waiting: number, rate: number) => void;

/** Shorter queues, in seconds, are not reported. */
const REPORT_AFTER_SECONDS = 2;

export interface CallRequest<T> {
  /** What the call is about, for messages: `"general" in @TGS#_players`. */
  readonly subject: string;
  readonly body: object;
  readonly read: (answer: HttpAnswer, call: CallContext) => T;
  /** May it be sent again when nobody knows what became of the last attempt? Default: true. */
  readonly repeatable?: boolean;
}

/** What one attempt came to; `pauseMs` is missing where no other one may follow. */
type Attempted<T> = { readonly value: T } | { readonly error: CallError; readonly pauseMs: number | undefined };

export class Caller {
  readonly #transport: Transport;
  readonly #onWaiting: WaitingListener;
  readonly #userSigs: UserSigSource;
  readonly #limiters = new Map<Command, RateLimiter>();

  constructor(
    readonly app: App,
    options: { readonly transport?: Transport; readonly onWaiting?: WaitingListener } = {},
  ) {
    this.#transport = options.transport ?? createTransport(app.baseUrl);
    this.#onWaiting = options.onWaiting ?? (() => {});
    this.#userSigs = new UserSigSource(app);
  }

  /** @throws {CallError} */
  async call<T>(command: Command, request: CallRequest<T>): Promise<T> {
    const limiter = this.#limiterOf(command);
    const attempts = new CallAttempts(this.app.timeoutSeconds * 1_000, request.repeatable ?? true);
    for (;;) {
      const attempt = limiter.run((start) => {
        attempts.extendBy(start.waitedMs);
        return this.#attempt(command, request, attempts, (pauseMs) => limiter.slowDown(start.at, pauseMs));
      });
      if (limiter.waiting > limiter.rate * REPORT_AFTER_SECONDS)
        this.#onWaiting(command, limiter.waiting, limiter.rate);
      const outcome = await attempt;
      if ("value" in outcome) return outcome.value;
      if (outcome.pauseMs === undefined) throw outcome.error.after(attempts.summary);
      await wait(outcome.pauseMs);
    }
  }

  async #attempt<T>(
    command: Command,
    { subject, body, read }: CallRequest<T>,
    attempts: CallAttempts,
    slowDown: (pauseMs: number) => void,
  ): Promise<Attempted<T>> {
    const userSig = await this.#userSigs.userSig();
    try {
      const url = this.#url(command, userSig);
      const answer = await this.#transport.post(url, JSON.stringify(body), attempts.timeoutMs, `${command} ${subject}`);
      return { value: read(answer, { command, subject, host: url.host }) };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      const isExpired = error instanceof SignatureExpiredError;
      if (isExpired) this.#userSigs.discard(userSig);
      const pauseMs = attempts.recordFailure(error);
      const busy = busyMs(error);
      // A pause that is too long for this call must not hold up the others either.
      if (busy !== undefined) slowDown(pauseMs === undefined ? 0 : busy);
      return { error, pauseMs: isExpired && !this.#userSigs.renewable ? undefined : pauseMs };
    }
  }

  #limiterOf(command: Command): RateLimiter {
    let limiter = this.#limiters.get(command);
    if (limiter === undefined) {
      limiter = new RateLimiter(this.app.callsPerSecond[command]);
      this.#limiters.set(command, limiter);
    }
    return limiter;
  }

  #url(command: Command, userSig: string): URL {
    const service = command === "import_topic" ? this.app.importService : COMMANDS[command].service;
    const url = new URL(`/v4/${service}/${command}`, this.app.baseUrl);
    url.search = new URLSearchParams({
      sdkappid: String(this.app.sdkAppId),
      identifier: this.app.adminAccount,
      usersig: userSig,
      random: String(randomInt(0, 2 ** 32)),
      contenttype: "json",
    }).toString();
    return url;
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }
}
