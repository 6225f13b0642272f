import { ChatError } from "./chat-error.js";

/** One or more settings are missing or wrong; the message has a line for each. */
export class SettingsError extends ChatError {
  readonly code = "INVALID_SETTINGS";

  constructor(readonly faults: readonly string[]) {
    super(
      faults.length === 1
        ? `The settings of the Chat app need a correction: ${faults[0]}`
        : `The settings of the Chat app need ${faults.length} corrections:\n${faults.map((fault) => `- ${fault}`).join("\n")}`,
    );
  }
}
