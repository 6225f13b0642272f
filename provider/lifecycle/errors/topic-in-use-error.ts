import { ChatError } from "../../chat/errors/index.js";

/** A topic holds messages, and `onRemove` does not allow destroying them. */
export class TopicInUseError extends ChatError {
  readonly code = "TOPIC_IN_USE";

  /** @param remedy What to do, without a full stop. */
  constructor(topic: string, messages: string, remedy: string) {
    super(
      `Topic ${topic} was not destroyed: it has messages (${messages}), and they could not be brought back. ` +
        `What to do: ${remedy}.`,
    );
  }
}
