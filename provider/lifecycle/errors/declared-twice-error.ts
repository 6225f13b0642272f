import { ChatError } from "../../chat/errors/index.js";
import { describeResource } from "../declarations.js";

/** Two resources of one program declare the same topic or community. */
export class DeclaredTwiceError extends ChatError {
  readonly code = "DECLARED_TWICE";

  /** @param what How the object is called at the start of a sentence. */
  constructor(what: string, one: string, other: string) {
    const names = `${describeResource(one)} and ${describeResource(other)} (${one} and ${other})`;
    super(`${what} is declared twice, by ${names}. Keep one of them.`);
  }
}
