/** An answer came that the API does not give: an HTTP failure, no JSON, or JSON of another shape. */
import type { Command } from "../commands.js";
import { CallError, type FailedCall } from "./call-error.js";
import type { Attempts } from "./error-text.js";

export interface UnexpectedAnswer extends FailedCall {
  /** Where a gateway says that it is busy: how long it wants to be left alone, in milliseconds; 0 where it does not tell. */
  readonly busyMs?: number | undefined;
  /** May the request have been carried out nevertheless? Default: true. */
  readonly outcomeUnknown?: boolean | undefined;
}

const WRONG_HOST =
  "check that `region` or `endpoint` names a Chat API host and that no proxy answers in its place; then run the command again";
const BUSY =
  "run the command again later, it continues where this one stopped; if it persists, lower `callsPerSecond`, and ask " +
  "whoever runs the host or the proxy before it for its limit";

export class UnexpectedAnswerError extends CallError {
  readonly code = "UNEXPECTED_ANSWER";
  readonly maxRetries: number;
  readonly busyMs: number | undefined;

  constructor(readonly answer: UnexpectedAnswer) {
    const { call, host, reason, maxRetries = Number.POSITIVE_INFINITY, busyMs, outcomeUnknown = true } = answer;
    const problem = `: ${host} gave an unexpected answer, ${reason}`;
    const remedy = busyMs === undefined ? WRONG_HOST : BUSY;
    super({ subject: call, problem, remedy, attempts: answer.attempts }, outcomeUnknown);
    this.maxRetries = maxRetries;
    this.busyMs = busyMs;
  }

  override get groupKey(): string {
    return `${this.code} ${this.answer.host} ${this.answer.reason}`;
  }

  after(attempts: Attempts): UnexpectedAnswerError {
    return new UnexpectedAnswerError({ ...this.answer, attempts });
  }

  about(command: Command, subject: string): UnexpectedAnswerError {
    return new UnexpectedAnswerError({ ...this.answer, call: `${command} ${subject}`, attempts: this.attempts });
  }
}
