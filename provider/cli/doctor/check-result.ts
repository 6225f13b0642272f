/** What a check found. */
import type { ChatError } from "../../chat/errors/index.js";
import type { Settings } from "../../settings/settings.js";
import { commandTextInParts } from "../error-text.js";

export const STATUSES = ["ok", "warning", "failed", "skipped"] as const;

export type Status = (typeof STATUSES)[number];

export interface CheckResult {
  readonly status: Status;
  /** May have several lines. */
  readonly text: string;
  /** What to do, where something is wrong. */
  readonly remedy?: string | undefined;
}

export function ok(text: string): CheckResult {
  return { status: "ok", text };
}

/** `pulumi up` can work, but this may make it fail. */
export function warning(text: string, remedy: string): CheckResult {
  return { status: "warning", text, remedy };
}

export function failed(text: string, remedy?: string): CheckResult {
  return { status: "failed", text, remedy };
}

/** The check could not run. That is never taken for `ok`. */
export function notChecked(reason: string): CheckResult {
  return { status: "skipped", text: `not checked: ${reason}` };
}

/** A failure by an error of the client. @param settings Those of the call, where the error is about one. */
export function failedWith(error: ChatError, settings?: Settings): CheckResult {
  return { status: "failed", ...commandTextInParts(error, settings) };
}
