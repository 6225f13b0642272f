import { ChatError } from "../../chat/errors/index.js";

/**
 * A topic leaves one resource by a replacement or an update, and another resource declares it in the same run. The first
 * could destroy it before the other one takes it over.
 */
export class HandoverRefusedError extends ChatError {
  readonly code = "HANDOVER_REFUSED";

  constructor(topic: string, from: string, to: string) {
    super(
      `Topic ${topic} cannot move from ${from} to ${to} in this way: ${from} would destroy it, perhaps before ${to} takes ` +
        `it over. What to do: set \`onRemove: "retain"\` on ${from}, so that it only lets go of the topic, and ` +
        `\`adopt: "matching"\` on ${to}. (A single topic takes \`onRemove\` from the last \`pulumi up\`: run one with it ` +
        "before the move. A set takes it at once.)",
    );
  }
}
