import { ChatError } from "../chat/errors/index.js";
import type { Json } from "../lifecycle/lifecycle.js";

/** A write got part of the way. What was reached is kept in the state, and the next `pulumi up` does the rest. */
export class PartialFailureError extends ChatError {
  readonly code = "PARTIAL_FAILURE";

  /** What Pulumi shows, one line each; it leaves the message out. */
  readonly reasons: readonly string[];

  /** @param causes One text for each cause. */
  constructor(
    summary: string,
    readonly id: string,
    readonly outputs: Json,
    causes: readonly string[],
    readonly warnings: readonly string[] = [],
  ) {
    const explanation = "What was done is kept, and the next `pulumi up` does the rest.";
    super({ subject: summary, problem: "", explanation });
    this.reasons = [this.message, ...causes];
  }
}
