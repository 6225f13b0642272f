/** The start of the `tencent-chat` command: on a Node.js that is too old it says so, and loads nothing that would fail. */
import { assertSupportedNode } from "../pulumi/supported-node.js";
import type { Io } from "./io.js";

/** Runs the command with its arguments (without node and script) and returns the exit code. */
export async function start(args: readonly string[], io: Io, nodeVersion = process.versions.node): Promise<number> {
  try {
    assertSupportedNode(nodeVersion, "shell");
  } catch (error) {
    io.err(`tencent-chat: ${(error as Error).message}\n`);
    return 2;
  }
  const { runCli } = await import("./program.js");
  return runCli(args, io);
}
