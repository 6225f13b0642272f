import { ChatError } from "./chat-error.js";

/** An answer came that the API does not give: an HTTP failure, no JSON, or JSON of another shape. */
export class UnexpectedAnswerError extends ChatError {
  readonly code = "UNEXPECTED_ANSWER";
  override readonly outcomeUnknown = true;

  constructor(
    call: string,
    host: string,
    reason: string,
    /** How often it may be tried again, where that is fewer than the deadline allows. */
    readonly maxRetries: number,
  ) {
    super(
      `${call}: ${host} gave an unexpected answer, ${reason}. What to do: check that \`region\` or \`endpoint\` names ` +
        "a Chat API host and that no proxy answers in its place; then run the command again.",
    );
  }
}
