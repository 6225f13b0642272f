import { ChatError } from "../../chat/errors/index.js";
import type { PropertyIssue } from "../check-issue.js";

/** Values that are fixed when an object is created would have to change. */
export class FixedFieldError extends ChatError {
  readonly code = "FIXED_FIELD";

  constructor(readonly issues: readonly PropertyIssue[]) {
    super({ subject: "A field", problem: " that is fixed at creation cannot change" });
  }
}
