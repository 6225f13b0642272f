import { ChatError } from "../../chat/errors/index.js";

/** The id is taken, and `adopt` does not allow taking over what holds it. */
export class AdoptionRefusedError extends ChatError {
  readonly code = "ADOPTION_REFUSED";

  /**
   * @param subject How the holder of the id is called at the start of a sentence.
   * @param otherId "another topic key"
   */
  constructor(
    subject: string,
    adopt: string,
    reasons: readonly string[],
    allowedBy: string,
    otherId: string,
    /** The reasons in short: the names of the fields that differ. */
    private readonly inShort: string,
  ) {
    super({
      subject,
      problem: ` exists already, and \`adopt: "${adopt}"\` does not allow taking it over: ${reasons.join("; ")}`,
      remedy: `choose ${otherId}, or set \`adopt: "${allowedBy}"\``,
    });
  }

  override get groupKey(): string {
    return `${this.code} ${this.facts.remedy}`;
  }

  override get detail(): string {
    return this.inShort;
  }

  override get needsFixPerObject(): boolean {
    return true;
  }
}
