import { ChatError } from "../../chat/errors/index.js";

/** The id is taken, and `adopt` does not allow taking over what holds it. */
export class AdoptionRefusedError extends ChatError {
  readonly code = "ADOPTION_REFUSED";

  /**
   * @param what How the holder of the id is called at the start of a sentence.
   * @param otherId "another topic key"
   */
  constructor(what: string, adopt: string, reasons: readonly string[], allowedBy: string, otherId: string) {
    super(
      `${what} exists already, and \`adopt: "${adopt}"\` does not allow taking it over: ${reasons.join("; ")}. ` +
        `What to do: choose ${otherId}, or set \`adopt: "${allowedBy}"\`.`,
    );
  }
}
