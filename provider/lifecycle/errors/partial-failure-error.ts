import { ChatError } from "../../chat/errors/index.js";
import type { Properties } from "../lifecycle.js";

/** A write got part of the way. What was reached is kept in the state, and the next `pulumi up` does the rest. */
export class PartialFailureError extends ChatError {
  readonly code = "PARTIAL_FAILURE";

  /** What Pulumi shows, one line each; it leaves the message out. */
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];

  constructor(
    what: string,
    readonly id: string,
    readonly outputs: Properties,
    /** One for each thing that failed. */
    causes: readonly string[],
    /** `warnings`: about what was done; `cause`: what many such failures may share. */
    { warnings = [], cause }: { readonly warnings?: readonly string[]; readonly cause?: ChatError } = {},
  ) {
    super(`${what}. What was done is kept, and the next \`pulumi up\` does the rest.`, { cause });
    this.warnings = warnings;
    this.reasons = [this.message, ...causes];
  }
}
