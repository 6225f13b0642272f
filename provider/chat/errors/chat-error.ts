/**
 * The base of every error a user can meet. A subclass stands for one kind; `code` is its stable name, for programs and
 * logs to match on, and the message tells what happened, to what, and what to do. No message ever holds a credential.
 */
export abstract class ChatError extends Error {
  /** Stable, one a kind; the README lists them. */
  abstract readonly code: string;
  /** May the operation have taken effect although it failed? */
  readonly outcomeUnknown: boolean = false;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}
