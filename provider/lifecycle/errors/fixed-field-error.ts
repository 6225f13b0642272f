import { ChatError } from "../../chat/errors/index.js";

/** Values that are fixed when a topic is created would have to change. */
export class FixedFieldError extends ChatError {
  readonly code = "FIXED_FIELD";

  constructor(faults: readonly string[]) {
    super(`${faults.join(". ")}.`);
  }
}
