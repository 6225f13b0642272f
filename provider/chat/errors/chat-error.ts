/**
 * The base of every error a user can meet. An error is immutable data: its facts say what happened, to what, and what to
 * do. A subclass stands for one kind. No fact ever holds a credential.
 */
import { type ErrorFacts, errorText } from "./error-text.js";

export abstract class ChatError extends Error {
  /** Stable, one a kind, for programs and logs to match on; the README lists them. */
  abstract readonly code: string;

  constructor(readonly facts: ErrorFacts) {
    super(errorText(facts), { cause: facts.cause });
    this.name = new.target.name;
  }

  /** Equal for errors with the same cause, whatever they happened to. They are grouped into one message. */
  get groupKey(): string {
    return JSON.stringify([this.code, this.facts.problem, this.facts.remedy]);
  }

  /** What is special about the object, where the key leaves it out. */
  get detail(): string | undefined {
    return undefined;
  }

  /** Does each object with this cause need an edit of its own? Then all of them are named, however many they are. */
  get needsFixPerObject(): boolean {
    return false;
  }
}
