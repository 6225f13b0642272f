/**
 * The errors that the service itself answers, one class for each way a caller can take them. `serviceError` is the one
 * place that turns a code of the table into an error.
 */
import { errorCodeFacts } from "../error-codes.js";
import { ChatError } from "./chat-error.js";

/** What a verdict was about, for the message. */
export interface Verdict {
  readonly command: string;
  /** For example `"general" in @TGS#_players`. */
  readonly subject: string;
  readonly serviceCode: number;
  /** The vendor's own text, `ErrorInfo`. */
  readonly vendorText: string;
  readonly requestId?: string | undefined;
  /** A fact that only this call knows and that explains the verdict. */
  readonly hint?: string | undefined;
}

/** A verdict of the service other than success. */
export abstract class ServiceError extends ChatError {
  readonly serviceCode: number;
  readonly requestId: string | undefined;

  constructor(verdict: Verdict) {
    const facts = errorCodeFacts(verdict.serviceCode);
    const saysTheSame = verdict.vendorText === "" || verdict.vendorText === facts.meaning;
    const vendorText = saysTheSame ? "" : ` (“${verdict.vendorText}”)`;
    const requestId = verdict.requestId ? ` [RequestId ${verdict.requestId}]` : "";
    const hint = verdict.hint ? ` ${verdict.hint}` : "";
    super(
      `${verdict.command} ${verdict.subject}: ${verdict.serviceCode}${vendorText}, ${facts.meaning}.${hint} ` +
        `What to do: ${facts.remedy}.${requestId}`,
    );
    this.serviceCode = verdict.serviceCode;
    this.requestId = verdict.requestId;
  }
}

/** The service said no, and would say so again. */
export class RefusedError extends ServiceError {
  readonly code = "REFUSED";
}

/** The service had an accident; trying again is safe where the operation can be repeated. */
export class UnavailableError extends ServiceError {
  readonly code = "UNAVAILABLE";
  override readonly outcomeUnknown = true;
}

/** Over a call frequency. */
export class ThrottledError extends ServiceError {
  readonly code = "THROTTLED";
}

/** The signature has expired, also after it was made anew. */
export class SignatureExpiredError extends ServiceError {
  readonly code = "SIGNATURE_EXPIRED";
}

/** The community or the topic is not there. */
export class NotFoundError extends ServiceError {
  readonly code = "NOT_FOUND";
}

/** The id is taken. */
export class AlreadyExistsError extends ServiceError {
  readonly code = "ALREADY_EXISTS";
  /** An earlier attempt of the same call ended without an answer, so the taker may well be that attempt. */
  afterLostAnswer = false;
}

export function serviceError(verdict: Verdict): ServiceError {
  switch (errorCodeFacts(verdict.serviceCode).class) {
    case "throttled":
      return new ThrottledError(verdict);
    case "transient":
      return new UnavailableError(verdict);
    case "auth":
      return new SignatureExpiredError(verdict);
    case "gone":
      return new NotFoundError(verdict);
    case "exists":
      return new AlreadyExistsError(verdict);
    case "final":
      return new RefusedError(verdict);
  }
}
