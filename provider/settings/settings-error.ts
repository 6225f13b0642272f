import { ChatError } from "../chat/errors/index.js";

/** One or more settings are missing or wrong; the message has a line for each. */
export class SettingsError extends ChatError {
  readonly code = "INVALID_SETTINGS";

  /**
   * @param issues What is wrong, a whole sentence for each.
   * @param remedy What helps with all of them, without a full stop.
   */
  constructor(
    readonly issues: readonly string[],
    remedy?: string,
  ) {
    const problem =
      issues.length === 1
        ? ` need a correction: ${issues[0]}`
        : ` need ${issues.length} corrections:\n${issues.map((issue) => `- ${issue}\n`).join("")}`.trimEnd();
    super({ subject: "The settings of the Chat app", problem, remedy });
  }
}
