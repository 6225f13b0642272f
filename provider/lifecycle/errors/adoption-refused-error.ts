import { ChatError } from "../../chat/errors/index.js";

/** The id is taken, and `adopt` does not allow to take over what holds it. */
export class AdoptionRefusedError extends ChatError {
  readonly code = "ADOPTION_REFUSED";

  constructor(topic: string, adopt: string, reasons: readonly string[], allowedBy: string) {
    super(
      `Topic ${topic} exists already, and \`adopt: "${adopt}"\` does not allow to take it over: ${reasons.join("; ")}. ` +
        `What to do: choose another topic key, or set \`adopt: "${allowedBy}"\`.`,
    );
  }
}
