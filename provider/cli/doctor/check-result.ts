/** What a check found. */

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

/** What separates, in the messages of the client's errors, what happened from what to do. */
const BEFORE_REMEDY = " What to do: ";

/** A failure with the message of an error, which may hold the remedy. */
export function failedWith(error: Error): CheckResult {
  const [text = "", ...remedy] = error.message.split(BEFORE_REMEDY);
  return failed(text, remedy.length > 0 ? remedy.join(BEFORE_REMEDY) : undefined);
}
