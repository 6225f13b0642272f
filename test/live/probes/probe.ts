/** A question that the vendor's pages leave open, and how it is put to the service. */
import type { Rules } from "../../../provider/emulator/index.js";
import type { LiveApp } from "../live-app.js";

export interface Probe {
  readonly question: string;
  /** What is sent, in one line. */
  readonly how: string;
  readonly ask: (app: LiveApp) => Promise<Finding>;
}

export interface Finding {
  /** In a few words. */
  readonly answer: string;
  /** With these the emulator behaves so. Absent where it has no rule for this, or none with this value. */
  readonly rules?: Partial<Rules>;
}

/** `value` where a rule can take it. */
export function oneOf<Value>(values: readonly Value[], value: unknown): Value | undefined {
  return values.find((candidate) => candidate === value);
}

/** A rule with a value, or no rule where there is none. */
export function rule<Name extends keyof Rules>(name: Name, value: Rules[Name] | undefined): { rules?: Partial<Rules> } {
  return value === undefined ? {} : { rules: { [name]: value } };
}

/** How an answer's verdict is told. */
export function verdictOf({ ErrorCode, ErrorInfo }: Readonly<Record<string, unknown>>): string {
  return ErrorCode === 0 ? "accepted" : `refused with ${ErrorCode}${ErrorInfo ? ` (“${ErrorInfo}”)` : ""}`;
}
