/**
 * `tencent-chat emulator`: runs the local Chat backend until it is asked to end.
 */

import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import type { Seed } from "../emulator/index.js";
import type { Io } from "./io.js";

interface EmulatorCommandOptions {
  readonly port: number;
  readonly seed?: string;
  readonly data?: string;
}

const DETAILS = `
Starts a Chat backend on 127.0.0.1 that speaks Tencent's REST API for communities and topics, for tests, demos and
rehearsals. It prints one line when it is ready and runs until SIGINT (Ctrl-C) or SIGTERM:

  Chat emulator listening on http://127.0.0.1:<port>

Files
  --seed   JSON: { "apps": [ { "sdkAppId", "secretKey", "admins", "accounts", "communities": [ … ] } ] }, the form in
           which GET /_emulator/state answers. Without it the emulator holds app 1400000000 with the community
           @TGS#_players.
  --data   Made when it does not exist. When it exists it is used in place of the seed; apps of --seed that are missing
           from it are added. It is written after every change, and it holds the secret keys.

Examples
  tencent-chat emulator --port 8080
  tencent-chat emulator --seed chat.json --data .local/chat-data.json
  curl http://127.0.0.1:8080/_emulator/health
`;

/** Adds the subcommand. */
export function addEmulatorCommand(program: Command, io: Io): void {
  program
    .command("emulator")
    .summary("run a local Chat backend")
    .description("Run a local Chat backend that speaks the REST API.")
    .option("--port <n>", "TCP port on 127.0.0.1; 0 picks a free one", parsePort, 0)
    .option("--seed <file>", "JSON file with what it holds at first")
    .option("--data <file>", "JSON file that keeps what it holds over restarts")
    .addHelpText("after", DETAILS)
    .action((options: EmulatorCommandOptions) => runEmulator(options, io));
}

async function runEmulator(options: EmulatorCommandOptions, io: Io): Promise<void> {
  const seed = options.seed === undefined ? undefined : await readSeed(options.seed);
  // Listening for signals comes first: one that arrives while the emulator starts must not cut it short.
  const stopped = io.stopped();
  const { startEmulator } = await import("../emulator/index.js");
  const emulator = await startEmulator({
    port: options.port,
    seed,
    data: options.data,
    warn: (message) => io.err(`tencent-chat: ${message}\n`),
  });
  io.out(`Chat emulator listening on ${emulator.url}\n`);
  await stopped;
  await emulator.close();
  const { error } = emulator.health();
  if (error !== undefined) throw new Error(`the last changes were not saved: ${error}`);
}

/** The file's JSON; whether it is a seed, the emulator checks. */
async function readSeed(path: string): Promise<Seed> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new Error(`the seed file ${path} could not be read: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text) as Seed;
  } catch (error) {
    throw new Error(`the seed file ${path} is not JSON: ${(error as Error).message}`);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("It must be an integer from 0 to 65535.");
  return port;
}
