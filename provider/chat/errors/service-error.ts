/**
 * The errors that the service itself answers, one class for each way a caller can take them. `serviceError` is the one
 * place that turns a code of the table into an error.
 */
import type { Command } from "../commands.js";
import { type ErrorCodeFacts, type ErrorScope, errorCodeFacts, isAboutCredentials } from "../error-codes.js";
import { CallError } from "./call-error.js";
import type { Attempts } from "./error-text.js";

/** What the service answered, and to what. */
export interface Verdict {
  readonly command: Command;
  /** For example `"general" in @TGS#_players`. */
  readonly subject: string;
  readonly serviceCode: number;
  /** The vendor's own text, `ErrorInfo`. */
  readonly vendorText: string;
  readonly requestId?: string | undefined;
  /** A sentence about this machine's clock, where it explains the verdict. */
  readonly clock?: string | undefined;
  readonly attempts?: Attempts | undefined;
}

/** A verdict of the service other than success. */
export abstract class ServiceError extends CallError {
  readonly serviceCode: number;
  /** What the table says about the code. */
  readonly codeFacts: ErrorCodeFacts;

  constructor(readonly verdict: Verdict) {
    const { command, subject, serviceCode, vendorText, requestId, clock, attempts } = verdict;
    const codeFacts = errorCodeFacts(serviceCode);
    const { meaning, remedy, notes } = codeFacts;
    const ownText = ownVendorText(vendorText, meaning);
    const vendor = ownText === undefined ? "" : ` (“${ownText}”)`;
    super(
      {
        subject: `${command} ${subject}`,
        problem: `: ${serviceCode}${vendor}, ${meaning}`,
        explanation: clock ?? notes?.[command],
        remedy,
        requestId: requestId || undefined,
        attempts,
      },
      codeFacts.class === "transient",
    );
    this.serviceCode = serviceCode;
    this.codeFacts = codeFacts;
  }

  /** Does it speak of the key, the signature or the account that signs? */
  get isAboutCredentials(): boolean {
    return isAboutCredentials(this.codeFacts);
  }

  override get groupKey(): string {
    // What is about the account or the key is the same for all commands.
    return `${this.serviceCode} ${this.isAboutCredentials ? "" : this.verdict.command}`;
  }

  override get detail(): string | undefined {
    return this.needsFixPerObject ? ownVendorText(this.verdict.vendorText, this.codeFacts.meaning) : undefined;
  }

  override get needsFixPerObject(): boolean {
    return this.codeFacts.scope === "item" || this.codeFacts.scope === "content";
  }

  after(attempts: Attempts): ServiceError {
    return serviceError({ ...this.verdict, attempts });
  }

  about(command: Command, subject: string): ServiceError {
    return serviceError({ ...this.verdict, command, subject, attempts: this.attempts });
  }
}

/** The vendor's text, where it says more than the table does. */
function ownVendorText(text: string, meaning: string): string | undefined {
  return text === "" || text === meaning ? undefined : text;
}

/** Is it a verdict about this? */
export function isAbout(error: unknown, scope: ErrorScope): error is ServiceError {
  return error instanceof ServiceError && error.codeFacts.scope === scope;
}

/** The service said no, and would say so again. */
export class RefusedError extends ServiceError {
  readonly code = "REFUSED";
}

/** The service had an accident; trying again is safe where the operation can be repeated. */
export class UnavailableError extends ServiceError {
  readonly code = "UNAVAILABLE";
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

/** The id is taken; by an earlier attempt of the same call, perhaps, where the outcome of one is unknown. */
export class AlreadyExistsError extends ServiceError {
  readonly code = "ALREADY_EXISTS";
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
