/** One check of the doctor. */
import type { CheckResult } from "./check-result.js";
import type { Examination } from "./examination.js";

export interface Check {
  /** One word: what reports, and the `needs` of other checks, call it. */
  readonly name: string;
  /** Names of checks that run before this one. Where one of them failed or was skipped, this one is skipped. */
  readonly needs: readonly string[];
  readonly run: (examination: Examination) => Promise<CheckResult> | CheckResult;
}
