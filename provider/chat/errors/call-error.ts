/** The base of the errors with which a call of the API ends. */
import type { Command } from "../commands.js";
import { ChatError } from "./chat-error.js";
import type { Attempts, ErrorFacts } from "./error-text.js";

/** A call that got no answer of the API. */
export interface FailedCall {
  /** The command and what it is about: `get_topic of @TGS#_players`. */
  readonly call: string;
  readonly host: string;
  readonly reason: string;
  /** How often it may be tried again, where that is fewer than the deadline allows. */
  readonly maxRetries?: number | undefined;
  readonly attempts?: Attempts | undefined;
}

export abstract class CallError extends ChatError {
  readonly attempts: Attempts;

  /** @param outcomeUnknown May the last attempt have taken effect although it failed? */
  constructor(facts: ErrorFacts, outcomeUnknown: boolean) {
    super(facts);
    this.attempts = facts.attempts ?? { count: 1, outcomeUnknown };
  }

  /** The same error, after all attempts of the call. */
  abstract after(attempts: Attempts): CallError;

  /** The same error, told of one object of a call about many. @param subject `"general" in @TGS#_players` */
  abstract about(command: Command, subject: string): CallError;
}
