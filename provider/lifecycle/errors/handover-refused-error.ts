import { ChatError } from "../../chat/errors/index.js";

/**
 * A topic or community leaves one resource by a replacement or an update, and another resource declares it in the same
 * run. The first could destroy it before the other one takes it over.
 */
export class HandoverRefusedError extends ChatError {
  readonly code = "HANDOVER_REFUSED";

  /** @param what How the object is called at the start of a sentence. */
  constructor(what: string, from: string, to: string) {
    super(
      `${what} cannot move from ${from} to ${to} in this way: ${from} would destroy it, perhaps before ${to} takes ` +
        `it over. What to do: set \`onRemove: "retain"\` on ${from}, so that it only lets go of it, and ` +
        `\`adopt: "matching"\` on ${to}. (A set takes \`onRemove\` at once; a single topic or a community takes it from ` +
        "the last `pulumi up`: run one with it before the move.)",
    );
  }
}
