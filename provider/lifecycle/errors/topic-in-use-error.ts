import { ChatError } from "../../chat/errors/index.js";

/** A topic holds messages, and `onRemove` does not allow destroying them. */
export class TopicInUseError extends ChatError {
  readonly code = "TOPIC_IN_USE";

  constructor(topic: string, messages: string) {
    super(
      `Topic ${topic} was not destroyed: it has messages (${messages}), and they could not be brought back. ` +
        "What to do: if its resource was only renamed, give that the old name as an alias, and the topic stays as it " +
        'is. Otherwise declare it with `onRemove: "destroy"` (it goes, with its messages) or `onRemove: "retain"` (it ' +
        "stays, no longer managed), run `pulumi up`, then remove it again. To forget it at once and leave it in the " +
        "app, use `pulumi state delete`.",
    );
  }
}
