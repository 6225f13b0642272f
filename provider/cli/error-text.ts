/** How errors of the client read on the command line: the one place that writes them for it. */
import { type ChatError, errorText, whatHappened } from "../chat/errors/index.js";
import { factsWithCredentials } from "../settings/credentials.js";
import type { Settings } from "../settings/settings.js";

/** @param settings Those of the call, where the error is about one. */
export function commandText(error: ChatError, settings?: Settings): string {
  return errorText(factsWithCredentials(error, settings));
}

/** The same in two parts: what happened, and what to do. */
export function commandTextInParts(
  error: ChatError,
  settings?: Settings,
): { text: string; remedy: string | undefined } {
  const facts = factsWithCredentials(error, settings);
  const requestId = facts.requestId === undefined ? "" : ` [RequestId ${facts.requestId}]`;
  return { text: `${whatHappened(facts)}${requestId}`, remedy: facts.remedy && `${facts.remedy}.` };
}
