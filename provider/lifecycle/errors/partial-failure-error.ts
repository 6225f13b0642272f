import { ChatError } from "../../chat/errors/index.js";
import type { Properties } from "../lifecycle.js";

/** A write got part of the way. What was reached is kept in the state, and the next `pulumi up` does the rest. */
export class PartialFailureError extends ChatError {
  readonly code = "PARTIAL_FAILURE";

  constructor(
    what: string,
    readonly id: string,
    readonly outputs: Properties,
    /** One for each thing that failed. */
    readonly reasons: readonly string[],
  ) {
    super(`${what}; what was done is kept, and the next \`pulumi up\` does the rest`);
  }
}
