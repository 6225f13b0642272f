/** Refuses a Node.js that is too old: this package is started with the first `node` on PATH, whatever npm said of it. */
// This function alone: the file is loaded at every start of Pulumi's provider process.
import gte from "semver/functions/gte.js";
import { ChatError } from "../chat/errors/index.js";

/** Lowest supported version: undici's requirement. */
export const LOWEST_NODE = "22.19";

/** Who started the process, in the words of the refusal. */
const STARTERS = {
  engine: { found: "Pulumi started it with", command: "pulumi" },
  shell: { found: "`tencent-chat` was started with", command: "tencent-chat" },
};

class UnsupportedNodeError extends ChatError {
  readonly code = "UNSUPPORTED_NODE";

  constructor(version: string, starter: keyof typeof STARTERS) {
    const { found, command } = STARTERS[starter];
    super({
      subject: "pulumi-tencent-chat",
      problem: ` needs Node.js ${LOWEST_NODE} or newer; ${found} ${version}`,
      remedy: `put a newer \`node\` first on PATH for the ${command} command`,
    });
  }
}

/** Nightly builds and release candidates of the lowest version are supported too: `-0` is the first of all prereleases. */
export function isSupportedNode(version: string): boolean {
  return gte(version, `${LOWEST_NODE}.0-0`);
}

/** @throws {UnsupportedNodeError} */
export function assertSupportedNode(version = process.versions.node, starter: keyof typeof STARTERS = "engine"): void {
  if (!isSupportedNode(version)) throw new UnsupportedNodeError(version, starter);
}
