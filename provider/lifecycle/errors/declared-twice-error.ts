import { ChatError } from "../../chat/errors/index.js";
import { describeResource } from "../resource-name.js";

/** Two resources of one program declare the same topic or community. */
export class DeclaredTwiceError extends ChatError {
  readonly code = "DECLARED_TWICE";

  /** @param subject How the object is called at the start of a sentence. */
  constructor(subject: string, one: string, other: string) {
    const names = `${describeResource(one)} and ${describeResource(other)} (${one} and ${other})`;
    super({ subject, problem: ` is declared twice, by ${names}`, remedy: "keep one of them" });
  }

  override get needsFixPerObject(): boolean {
    return true;
  }
}
