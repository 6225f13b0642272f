import { ChatError } from "../../chat/errors/index.js";
import { describeResource } from "../resource-name.js";

/**
 * A topic or community leaves one resource by a replacement or an update, and another resource declares it in the same
 * run. The first could destroy it before the other one takes it over.
 */
export class HandoverRefusedError extends ChatError {
  readonly code = "HANDOVER_REFUSED";

  /**
   * @param subject How the object is called at the start of a sentence.
   * @param fromUrn The resource that it leaves, where that is known.
   * @param toUrn The resource that declares it now.
   */
  constructor(subject: string, fromUrn: string | undefined, toUrn: string) {
    const from = fromUrn === undefined ? "another resource" : describeResource(fromUrn);
    const to = describeResource(toUrn);
    super({
      subject,
      problem: ` cannot move from ${from} to ${to} in this way: ${from} would destroy it, perhaps before ${to} takes it over`,
      remedy:
        `set \`onRemove: "retain"\` on ${from}, so that it only lets go of it, and \`adopt: "matching"\` on ${to}. ` +
        "(A set takes `onRemove` at once; a single topic or a community takes it from the last `pulumi up`: run one with " +
        "it before the move)",
    });
  }
}
