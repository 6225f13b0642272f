import { ChatError } from "../../chat/errors/index.js";

/** A topic holds messages, and `onRemove` does not allow destroying them. */
export class TopicInUseError extends ChatError {
  readonly code = "TOPIC_IN_USE";

  /**
   * @param messages How the messages show: "the next one gets number 6".
   * @param remedy What to do, without a full stop.
   */
  constructor(topic: string, messages: string, remedy: string) {
    super({
      subject: `Topic ${topic}`,
      problem: ` was not destroyed: it has messages (${messages}), and they could not be brought back`,
      remedy,
    });
  }

  override get groupKey(): string {
    return this.code;
  }

  /** Each of them may be one that has to be kept. */
  override get needsFixPerObject(): boolean {
    return true;
  }
}
