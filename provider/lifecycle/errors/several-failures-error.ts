import { ChatError } from "../../chat/errors/index.js";
import type { Failure } from "../failure.js";

/** Several objects of one resource could not be destroyed. */
export class SeveralFailuresError extends ChatError {
  readonly code = "SEVERAL_FAILURES";

  /**
   * @param summary A sentence without its end.
   * @param untried The names of objects that were not tried after a failure that all would share.
   */
  constructor(
    summary: string,
    readonly failures: readonly Failure[],
    readonly untried: readonly string[] = [],
  ) {
    super({ subject: summary, problem: "" });
  }
}
