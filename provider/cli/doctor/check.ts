/** One thing that has to be right. */
import type { Examination } from "./examination.js";
import type { Outcome } from "./outcome.js";

export interface Check {
  /** One word, by which reports and other checks call it. */
  readonly name: string;
  /** Checks without which this one means nothing; it is not made unless they found no fault. They come before it. */
  readonly needs: readonly string[];
  readonly run: (examination: Examination) => Promise<Outcome> | Outcome;
}
