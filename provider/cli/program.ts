/**
 * Puts the `tencent-chat` command together from its subcommands and maps its end to an exit code: 0 when all is fine, 1
 * when a check found something, 2 when it was used wrongly or could not read or write something.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { CheckFailed } from "./check-failed.js";
import { addDoctorCommand } from "./doctor/index.js";
import { addEmulatorCommand } from "./emulator.js";
import { addExportCommand } from "./export/index.js";
import type { Io } from "./io.js";
import { addParityCommand } from "./parity/index.js";

/** Each adds one subcommand. They load what they need when they run, so that help stays quick. */
const SUBCOMMANDS: readonly ((program: Command, io: Io) => void)[] = [
  addEmulatorCommand,
  addExportCommand,
  addParityCommand,
  addDoctorCommand,
];

/** Runs the command with its arguments (without node and script) and returns the exit code. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io).parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CheckFailed) return 1;
    // Commander has written its own message already; help and version end with its code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.err(`tencent-chat: ${await messageOf(error)}\n`);
    return 2;
  }
}

async function messageOf(error: unknown): Promise<string> {
  const [{ ChatError }, { commandText }] = await Promise.all([
    import("../chat/errors/index.js"),
    import("./error-text.js"),
  ]);
  if (error instanceof ChatError) return commandText(error);
  return error instanceof Error ? error.message : String(error);
}

function createProgram(io: Io): Command {
  const program = new Command("tencent-chat")
    .description("Tools around Tencent Cloud Chat community topics as code.")
    .version(packageVersion(), "--version", "print the version and exit")
    .helpOption("-h, --help", "print this help and exit")
    .helpCommand("help [command]", "print the help of a command and exit")
    .addHelpText(
      "after",
      "\nExit status: 0 all is fine, 1 a difference or a failed check, 2 wrong usage, or a file, port or app cannot be used.",
    )
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showHelpAfterError(hint("help"))
    .exitOverride();
  for (const add of SUBCOMMANDS) add(program, io);
  for (const command of program.commands) command.showHelpAfterError(hint(`help ${command.name()}`));
  return program;
}

/** It names the subcommand `help` and not the option: npm takes the options of `npx tencent-chat --help` for its own. */
function hint(help: string): string {
  return `(\`tencent-chat ${help}\` shows what is possible)`;
}

function packageVersion(): string {
  const path = join(__dirname, "..", "..", "package.json");
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}
