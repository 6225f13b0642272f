/** What went wrong with one object, as data. */
import type { ChatError } from "../chat/errors/index.js";

/** What was done before a failure. */
export interface Progress {
  /** The object, at the start of a sentence: `Topic "general" in @TGS#_players`. */
  readonly subject: string;
  /** The rest of the sentence without its end: "was imported, but not muted". */
  readonly what: string;
}

/** What went wrong with one object of several. */
export interface Failure {
  /** How the object is called among its siblings: a topic's key. */
  readonly name: string;
  /** How far it got before that. */
  readonly progress?: Progress | undefined;
  readonly error: ChatError;
}
