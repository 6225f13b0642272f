/** Writes of several steps: what the first ones reached is kept when a later one fails. */
import { ChatError } from "../chat/errors/index.js";
import { PartialFailureError } from "./errors/index.js";
import type { Properties } from "./lifecycle.js";

/**
 * Does a later step of a write.
 *
 * @param what Tells how far the write got, as a sentence without its end.
 * @param reached The outputs that hold when the step fails.
 * @throws {PartialFailureError}
 */
export async function partly<T>(what: string, id: string, reached: Properties, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    // A step that failed half-way itself knows better what it reached.
    if (!(error instanceof ChatError) || error instanceof PartialFailureError) throw error;
    throw new PartialFailureError(what, id, reached, [error.message], { cause: error });
  }
}

/**
 * Confirms by a read that texts are cleared, since no page says what an empty text does.
 *
 * @param what How the object is called at the start of a sentence.
 * @returns A warning for each text that the service keeps.
 * @throws {PartialFailureError} with outputs in which the texts are still tracked, as empty: the next update clears them
 * again, and confirms.
 */
export async function confirmCleared<Text extends string>(
  what: string,
  id: string,
  outputs: Properties,
  cleared: readonly Text[],
  read: () => Promise<{ readonly [name in Text]: string } | undefined>,
): Promise<string[]> {
  if (cleared.length === 0) return [];
  const failure = `${what} was changed, but whether ${cleared.join(", ")} is cleared could not be confirmed`;
  const live = await partly(failure, id, { ...outputs, ...emptied(cleared) }, read);
  const kept = cleared.filter((name) => live !== undefined && live[name] !== "");
  return kept.map(
    (name) =>
      `The service keeps the \`${name}\` of ${what[0]?.toLowerCase()}${what.slice(1)} although it was told to clear it. ` +
      "It is no longer managed; to change it, declare another text.",
  );
}

/** Texts that were to be cleared, as they are tracked until that is confirmed. */
export function emptied(cleared: readonly string[]): Properties {
  return Object.fromEntries(cleared.map((name) => [name, ""]));
}
