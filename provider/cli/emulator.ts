/**
 * `tencent-chat emulator`: runs the local Chat backend until it is asked to end.
 */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Emulator, Seed } from "../emulator/index.js";
import type { Io } from "./io.js";
import type { LiveCopy } from "./live-copy.js";
import { readTls, type TlsOptions, withCertificateFile } from "./tls-files.js";

interface EmulatorCommandOptions extends TlsOptions {
  readonly port: number;
  readonly seed?: string;
  readonly data?: string;
  readonly fromLive: readonly string[];
}

const DETAILS = `
Starts a Chat backend on 127.0.0.1 that speaks Tencent's REST API for communities and topics, for tests, demos and
rehearsals. It prints one line to stdout when it is ready and runs until SIGINT (Ctrl-C) or SIGTERM:

  Chat emulator listening on http://127.0.0.1:<port>

What to do with it is told on stderr. At this address is a page that shows what it holds and what is called; there topics can be edited as well.

Files
  --seed   JSON: { "apps": [ { "sdkAppId", "secretKey", "admins", "accounts", "communities": [ … ] } ] }, the form in
           which GET /_emulator/state answers. Without it the emulator holds app 1400000000 with the community
           @TGS#_players.
  --data   Made when it does not exist. When it exists it is used in place of the seed; apps of --seed that are missing
           from it are added. It is written after every change, and it holds the secret keys. One emulator at a time
           has it: <file>.lock names its process and address. Without --data all is lost at the end.

Over https
  --tls makes a certificate for localhost, 127.0.0.1 and ::1 at every start. Its key stays in memory; the certificate
  lies in a temporary file while the emulator runs, whose path is printed to stderr: curl --cacert <path>,
  SSL_CERT_FILE=<path> for Python and Go, NODE_EXTRA_CA_CERTS=<path> for Node.js and Pulumi. For one that stays the
  same give your own with --tls-cert and --tls-key.

A copy of production
  --from-live copies a live community with its topics and texts, so that a change is tried on the copy first. The app
  is the one that TENCENT_CHAT_SDK_APP_ID, _SECRET_KEY (or _USER_SIG), _REGION (or _ENDPOINT) and the other
  TENCENT_CHAT_ variables name; it is only read. The copy has the app's id and a key of its own, which is printed to
  stderr. Messages and members are not copied, only how many there are. With --data the copy is kept: leave
  --from-live out to go on with it.

Examples
  tencent-chat emulator --port 8080
  tencent-chat emulator --seed chat.json --data .local/chat-data.json
  tencent-chat emulator --port 8080 --from-live @TGS#_players --from-live @TGS#_testers
  curl http://127.0.0.1:8080/_emulator/health
`;

/** The most communities of an app that are named at the start. */
const SHOWN_GROUP_IDS = 3;

/** Adds the subcommand. */
export function addEmulatorCommand(program: Command, io: Io): void {
  program
    .command("emulator")
    .summary("run a local Chat backend")
    .description("Run a local Chat backend that speaks the REST API.")
    .option("--port <n>", "TCP port on 127.0.0.1; 0 picks a free one", parsePort, 0)
    .option("--seed <file>", "JSON file with what it holds at first")
    .option("--data <file>", "JSON file that keeps what it holds over restarts")
    .addOption(
      new Option("--from-live <groupId>", "copy this community of a live app at first; may be given again")
        .argParser((groupId, groupIds: string[]) => [...groupIds, groupId])
        .default([], "none"),
    )
    .option("--tls", "speak https, with a certificate that is made at the start")
    .option("--tls-cert <file>", "speak https, with this certificate (PEM)")
    .option("--tls-key <file>", "the key of --tls-cert (PEM)")
    .addHelpText("after", DETAILS)
    .action((options: EmulatorCommandOptions) => runEmulator(options, io));
}

async function runEmulator(options: EmulatorCommandOptions, io: Io): Promise<void> {
  assertNoContradiction(options);
  const release = new AbortController();
  // Listening for signals comes first: one that arrives while the emulator starts must not cut it short.
  const stopped = io.stopped(release.signal);
  try {
    await serveUntil(stopped, options, io);
  } finally {
    release.abort();
  }
}

async function serveUntil(stopped: Promise<void>, options: EmulatorCommandOptions, io: Io): Promise<void> {
  const copy = options.fromLive.length === 0 ? undefined : await liveCopy(options.fromLive, io);
  const seed = options.seed === undefined ? copy?.seed : await readSeed(options.seed);
  const { DEFAULT_SECRET_KEY, startEmulator } = await import("../emulator/index.js");
  const tls = await readTls(options);
  const emulator = await startEmulator({
    port: options.port,
    seed,
    rules: copy?.rules,
    data: options.data,
    tls,
    warn: (message) => io.err(`tencent-chat: ${message}\n`),
  });
  try {
    await withCertificateFile(tls === true ? emulator.certificate : undefined, async (path) => {
      if (path !== undefined) io.err(`certificate to trust: ${path}\n`);
      if (copy !== undefined) {
        const { url } = emulator;
        io.err(`settings of the copy: TENCENT_CHAT_ENDPOINT=${url} TENCENT_CHAT_SECRET_KEY=${DEFAULT_SECRET_KEY}\n`);
      }
      io.err(introduction(emulator, options.data));
      io.out(`Chat emulator listening on ${emulator.url}\n`);
      await stopped;
    });
  } finally {
    await emulator.close();
  }
  const { error } = emulator.health();
  if (error !== undefined) throw new Error(`the last changes were not saved: ${error}`);
}

/** What a newcomer needs: where to look, what is there, and what becomes of it. */
function introduction(emulator: Emulator, data: string | undefined): string {
  const apps = emulator.state().apps.map(({ sdkAppId, communities = [] }) => {
    const groupIds = communities.slice(0, SHOWN_GROUP_IDS).map(({ groupId }) => groupId);
    if (communities.length > SHOWN_GROUP_IDS) groupIds.push(`${communities.length - SHOWN_GROUP_IDS} more`);
    return `app ${sdkAppId}: ${groupIds.join(", ") || "no community"}`;
  });
  return [
    `page: ${emulator.url}/`,
    ...apps,
    data === undefined ? "kept nowhere: without --data all is lost at the end" : `kept in ${data}`,
    "",
  ].join("\n");
}

function assertNoContradiction({ fromLive, seed, data }: EmulatorCommandOptions): void {
  if (fromLive.length === 0) return;
  if (seed !== undefined) throw new Error("--seed and --from-live both say what it holds at first; give one of them");
  if (data !== undefined && existsSync(data)) {
    throw new Error(
      `the data file ${data} exists, and a copy would not come into it; leave --from-live out to go on with what it ` +
        "holds, or move it away",
    );
  }
}

async function liveCopy(groupIds: readonly string[], io: Io): Promise<LiveCopy> {
  const { copyLive } = await import("./live-copy.js");
  const copy = await copyLive(groupIds, process.env);
  for (const { groupId, topics = [] } of copy.seed.apps.flatMap(({ communities = [] }) => communities)) {
    io.err(`copied ${groupId} of app ${copy.sdkAppId}: ${topics.length} topics\n`);
  }
  return copy;
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
