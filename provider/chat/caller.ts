/**
 * One call of the Chat REST API, whatever the command: signed, sent at the pace of its command, tried again as the
 * table of error codes allows, within its time, and ended in data or in one typed error.
 */
import { randomInt } from "node:crypto";
import { COMMANDS, type Command } from "./commands.js";
import { AlreadyExistsError, ChatError, ServiceError, SignatureExpiredError, ThrottledError } from "./errors/index.js";
import { Pace } from "./pace.js";
import { isRetriable, retryWhile } from "./retry.js";
import type { Settings } from "./settings.js";
import { createTransport, type HttpAnswer, type Transport } from "./transport.js";
import { UserSigSource } from "./user-sig.js";
import type { Call } from "./verdicts.js";

/** Told when calls wait for their turn; `waiting` of them at `rate` calls per second. */
export type WaitingListener = (command: Command, waiting: number, rate: number) => void;

/** Longest time for one attempt, in milliseconds; the backend itself gives up after 3 s. */
const ATTEMPT_MS = 10_000;
/** An attempt with less time than this would most likely only lose its answer, in milliseconds. */
const SHORTEST_ATTEMPT_MS = 250;
/** A queue of fewer seconds than this is not worth a word. */
const SPEAKS_AFTER_SECONDS = 2;

export interface CallOptions<T> {
  /** What the call is about, for messages: `"general" in @TGS#_players`. */
  readonly subject: string;
  readonly body: object;
  readonly read: (answer: HttpAnswer, call: Call) => T;
  /** May it be sent again when nobody knows what became of the last attempt? */
  readonly repeatable?: boolean;
  /** By code: what explains a refusal of just this call. */
  readonly hints?: Readonly<Record<number, string>>;
}

export class Caller {
  readonly settings: Settings;
  readonly #transport: Transport;
  readonly #onWaiting: WaitingListener;
  readonly #userSigs: UserSigSource;
  readonly #paces = new Map<Command, Pace>();

  constructor(
    settings: Settings,
    options: { readonly transport?: Transport; readonly onWaiting?: WaitingListener } = {},
  ) {
    this.settings = settings;
    this.#transport = options.transport ?? createTransport(settings.baseUrl);
    this.#onWaiting = options.onWaiting ?? (() => {});
    this.#userSigs = new UserSigSource(settings);
  }

  async call<T>(command: Command, options: CallOptions<T>): Promise<T> {
    const { repeatable = true } = options;
    const pace = this.#paceOf(command);
    const call: Call = {
      command,
      subject: options.subject,
      host: new URL(this.settings.baseUrl).host,
      credentials: this.#describeCredentials(),
      hints: options.hints,
    };
    let retries = 0;
    /** By kind: an accident of one kind must not use up what another kind is allowed. */
    const retriesOfKind = new Map<string | number, number>();
    let outcomeUnknown = false;
    // The time that a call may take runs only while it is not waiting for its turn.
    let endsAt = performance.now() + this.settings.timeoutSeconds * 1000;
    const leftForPauses = () => endsAt - performance.now() - SHORTEST_ATTEMPT_MS;

    const again = (error: unknown): boolean => {
      if (!(error instanceof ChatError)) return false;
      outcomeUnknown ||= error.outcomeUnknown;
      if (error instanceof SignatureExpiredError && !this.#userSigs.renewable) return false;
      if (error.outcomeUnknown && !repeatable) return false;
      const kind = error instanceof ServiceError ? error.serviceCode : error.code;
      const already = retriesOfKind.get(kind) ?? 0;
      if (leftForPauses() <= 0 || !isRetriable(error, already)) return false;
      retriesOfKind.set(kind, already + 1);
      retries++;
      return true;
    };

    try {
      return await retryWhile(again, leftForPauses).execute(() => {
        const queuedAt = performance.now();
        return this.#inTurn(command, pace, async (turnAt) => {
          endsAt += turnAt - queuedAt;
          const userSig = await this.#userSigs.userSig();
          try {
            const attemptMs = Math.max(1, Math.min(ATTEMPT_MS, Math.ceil(endsAt - performance.now())));
            const answer = await this.#transport.post(
              this.#url(command, userSig),
              JSON.stringify(options.body),
              attemptMs,
              `${command} ${options.subject}`,
            );
            return options.read(answer, call);
          } catch (error) {
            if (error instanceof ThrottledError) pace.slowDown(turnAt);
            if (error instanceof SignatureExpiredError) this.#userSigs.renew(userSig);
            throw error;
          }
        });
      });
    } catch (error) {
      if (error instanceof AlreadyExistsError) error.afterLostAnswer = outcomeUnknown;
      if (error instanceof ChatError && retries > 0) error.message += ` (Tried ${retries + 1} times.)`;
      throw error;
    }
  }

  #inTurn<T>(command: Command, pace: Pace, attempt: (turnAt: number) => Promise<T>): Promise<T> {
    const result = pace.turn(attempt);
    if (pace.waiting > pace.rate * SPEAKS_AFTER_SECONDS) this.#onWaiting(command, pace.waiting, pace.rate);
    return result;
  }

  #paceOf(command: Command): Pace {
    let pace = this.#paces.get(command);
    if (pace === undefined) {
      pace = new Pace(this.settings.callsPerSecond[command]);
      this.#paces.set(command, pace);
    }
    return pace;
  }

  #url(command: Command, userSig: string): URL {
    const service = command === "import_topic" ? this.settings.importService : COMMANDS[command].service;
    const url = new URL(`/v4/${service}/${command}`, this.settings.baseUrl);
    url.search = new URLSearchParams({
      sdkappid: String(this.settings.sdkAppId),
      identifier: this.settings.adminAccount,
      usersig: userSig,
      random: String(randomInt(0, 2 ** 32)),
      contenttype: "json",
    }).toString();
    return url;
  }

  #describeCredentials(): string {
    const { credentials } = this.settings;
    return credentials.kind === "secretKey"
      ? `The signature was made with the key from ${credentials.origin}`
      : `The signature came from ${credentials.origin} and ends at ${new Date(credentials.endsAt * 1000).toISOString()}`;
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }
}
