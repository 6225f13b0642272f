/** The engine starts whichever `node` is on PATH, also one for which npm would have warned. */
import { ChatError } from "../chat/errors/index.js";

/** Lowest supported version: undici's requirement. */
const LOWEST = [22, 19] as const;

class UnsupportedNodeError extends ChatError {
  readonly code = "UNSUPPORTED_NODE";

  constructor(version: string) {
    super(
      `pulumi-tencent-chat needs Node.js ${LOWEST.join(".")} or newer; Pulumi started it with ${version}. ` +
        "What to do: put a newer `node` first on PATH for the pulumi command.",
    );
  }
}

export function refuseOldNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < LOWEST[0] || (major === LOWEST[0] && minor < LOWEST[1])) throw new UnsupportedNodeError(version);
}
