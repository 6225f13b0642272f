import { ChatError } from "../../chat/errors/index.js";

/** A topic that a program looks up, or an update changes, is not there. */
export class MissingTopicError extends ChatError {
  readonly code = "MISSING_TOPIC";

  constructor(topic: string, sdkAppId: number, remedy: string) {
    super({ subject: `Topic ${topic}`, problem: ` does not exist in app ${sdkAppId}`, remedy });
  }

  override get needsFixPerObject(): boolean {
    return true;
  }
}
