/** What a check found. */

export const STATUSES = ["ok", "warning", "failed", "skipped"] as const;

export type Status = (typeof STATUSES)[number];

export interface Outcome {
  readonly status: Status;
  /** May have several lines. */
  readonly text: string;
  /** What to do, where something is wrong. */
  readonly remedy?: string | undefined;
}

export function ok(text: string): Outcome {
  return { status: "ok", text };
}

/** `pulumi up` can work, and may still go wrong because of this. */
export function warning(text: string, remedy: string): Outcome {
  return { status: "warning", text, remedy };
}

export function failed(text: string, remedy?: string): Outcome {
  return { status: "failed", text, remedy };
}

/** Not made, for want of what it needs; never taken for fine. */
export function notChecked(reason: string): Outcome {
  return { status: "skipped", text: `not checked: ${reason}` };
}

/** The words of the client's errors between what happened and what to do. */
const BEFORE_REMEDY = " What to do: ";

/** A failure in the words of an error, which tells the remedy itself. */
export function failedWith(error: Error): Outcome {
  const [text = "", ...remedy] = error.message.split(BEFORE_REMEDY);
  return failed(text, remedy.length > 0 ? remedy.join(BEFORE_REMEDY) : undefined);
}
