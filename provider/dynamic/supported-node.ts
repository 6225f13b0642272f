/** The engine starts whichever `node` is on PATH, also one for which npm would have warned. */
import { ChatError } from "../chat/errors/index.js";
import { isAtLeast } from "./version.js";

/** Lowest supported version: undici's requirement. */
export const LOWEST_NODE = "22.19";

class UnsupportedNodeError extends ChatError {
  readonly code = "UNSUPPORTED_NODE";

  constructor(version: string) {
    super(
      `pulumi-tencent-chat needs Node.js ${LOWEST_NODE} or newer; Pulumi started it with ${version}. ` +
        "What to do: put a newer `node` first on PATH for the pulumi command.",
    );
  }
}

export function refuseOldNode(version = process.versions.node): void {
  if (!isAtLeast(version, LOWEST_NODE)) throw new UnsupportedNodeError(version);
}
