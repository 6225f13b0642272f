/** No answer came, and where on the way there that was. */
import type { Command } from "../commands.js";
import { CallError, type FailedCall } from "./call-error.js";
import type { Attempts } from "./error-text.js";

/** Where on the way a connection failed. `proxy`: it refused to lead on to the host. */
export type ConnectionStage = "DNS" | "proxy" | "TCP" | "TLS" | "HTTP";

export interface ConnectionFailure extends FailedCall {
  /** The request may have reached the service, and may have been carried out. */
  readonly outcomeUnknown: boolean;
  readonly stage?: ConnectionStage | undefined;
  /** What to do first, where the failure tells more than that there was no answer. */
  readonly remedy?: string | undefined;
}

const USUAL_REMEDY =
  "check the network, HTTPS_PROXY and NO_PROXY, and that `region` or `endpoint` names the right host";

/** The host was not reached, or the connection broke, or time ran out. */
export class ConnectionError extends CallError {
  readonly code = "CONNECTION_FAILED";
  readonly maxRetries: number;
  readonly stage: ConnectionStage;

  constructor(readonly failure: ConnectionFailure) {
    const { call, host, reason, remedy = USUAL_REMEDY, attempts } = failure;
    const facts = {
      subject: call,
      problem: `: no answer from ${host}, ${reason}`,
      remedy: `${remedy}; then run the command again, it continues where this one stopped`,
      attempts,
    };
    super(facts, failure.outcomeUnknown);
    this.maxRetries = failure.maxRetries ?? Number.POSITIVE_INFINITY;
    this.stage = failure.stage ?? "HTTP";
  }

  /** A host that is down fails in several ways at once: refused, reset, timed out. */
  override get groupKey(): string {
    return `${this.code} ${this.failure.host}`;
  }

  after(attempts: Attempts): ConnectionError {
    return new ConnectionError({ ...this.failure, attempts });
  }

  about(command: Command, subject: string): ConnectionError {
    return new ConnectionError({ ...this.failure, call: `${command} ${subject}`, attempts: this.attempts });
  }
}
