/**
 * `npm start`: runs the project in the repository's root against a Chat backend on this machine. It provides Pulumi,
 * brings up the emulator, runs `pulumi up` (or the command given: `npm start -- preview`), shows the live topics, and
 * leaves nothing running. What it keeps is in one ignored folder: the emulator's data and Pulumi's state.
 */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, type Emulator, startEmulator } from "pulumi-tencent-chat/emulator";
import { provideEngine } from "../test/engine/pulumi/provide.mts";

const ROOT = resolve(import.meta.dirname, "..");
const FOLDER = resolve(ROOT, process.env.START_FOLDER ?? ".local");
const STACK = "dev";

async function start(command: readonly string[]): Promise<number> {
  mkdirSync(join(FOLDER, "state"), { recursive: true });
  const engine = await provideEngine();
  await using emulator = await startEmulator({ data: join(FOLDER, "emulator.json") });
  const environment = {
    ...process.env,
    PATH: [engine, join(ROOT, "node_modules/.bin"), process.env.PATH].join(delimiter),
    PULUMI_HOME: join(FOLDER, "pulumi"),
    PULUMI_BACKEND_URL: pathToFileURL(join(FOLDER, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "local",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    TENCENT_CHAT_SDK_APP_ID: String(DEFAULT_SDK_APP_ID),
    TENCENT_CHAT_SECRET_KEY: DEFAULT_SECRET_KEY,
    TENCENT_CHAT_ENDPOINT: emulator.url,
  };
  console.log(`Chat emulator at ${emulator.url}, Pulumi from ${engine}`);

  await pulumi(["stack", "select", "--create", STACK], environment);
  const exitCode = await pulumi(command, environment);
  showTopics(emulator);
  if (exitCode === 0) showNextSteps();
  return exitCode;
}

/** Runs the Pulumi CLI in the terminal of this process. An interrupt reaches it too, and it ends in its own time. */
function pulumi(command: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn("pulumi", command, { cwd: ROOT, env, stdio: "inherit" });
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => done(code ?? 1));
  });
}

function showTopics(emulator: Emulator): void {
  const communities = emulator.state().apps.flatMap(({ communities = [] }) => communities);
  const rows = communities.flatMap(({ topics = [] }) =>
    topics.map(({ topicName, topicId = "" }) => [topicName, `${Buffer.byteLength(topicName)}`, topicId]),
  );
  const table = [["TOPIC", "BYTES", "ID"], ...rows];
  const widths = [0, 1].map((column) => Math.max(...table.map((row) => displayWidth(row[column] ?? ""))));
  console.log(`\nLive in the emulator now: ${rows.length} topics`);
  for (const row of table) {
    const cells = row.map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell))));
    console.log(`  ${cells.join("   ")}`);
  }
}

/** Columns in a terminal: Chinese characters and emoji take two. */
function displayWidth(text: string): number {
  const segments = [...new Intl.Segmenter().segment(text)];
  return segments.reduce(
    (width, { segment }) => width + (/[\p{Script=Han}\p{Extended_Pictographic}]/u.test(segment) ? 2 : 1),
    0,
  );
}

function showNextSteps(): void {
  console.log(`
What to try next:
  npm start                again: no changes
  edit examples/community/topics.ts, then npm start: one update
  make a name longer than 30 bytes, then npm start -- preview: an error that says by how much
  npm start -- refresh     compares the state with the live topics
  npm start -- destroy     destroys them, and npm start brings them back`);
}

// The terminal sends an interrupt to Pulumi as well; this process waits for it, and closes the emulator after it.
process.on("SIGINT", () => {});

const [command = "up", ...flags] = process.argv.slice(2);
const confirmed = ["up", "refresh", "destroy"].includes(command) ? ["--yes"] : [];
process.exitCode = await start([command, ...confirmed, ...flags]);
