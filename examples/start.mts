/**
 * `npm start`: runs the project in the repository's root, in three environments, against a Chat backend on this machine.
 * It provides Pulumi, brings up the emulator, or uses the one that runs on its data file, runs `pulumi up` (or the command
 * given: `npm start -- preview`) for each stack, shows what is live and whether the environments are equal, and leaves
 * nothing running that it started. What it keeps is in one ignored folder: the emulator's data and Pulumi's state.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { delimiter, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type Seed, startEmulator } from "pulumi-tencent-chat/emulator";
import { provideEngine } from "../test/engine/pulumi/provide.mts";

const ROOT = resolve(import.meta.dirname, "..");
const FOLDER = resolve(ROOT, process.env.START_FOLDER ?? ".local");
const DATA = join(FOLDER, "emulator.json");

/** The stacks, and the app of the emulator that each of their configurations names. */
const SDK_APP_IDS = { dev: 1400000001, staging: 1400000002, prod: 1400000003 };
const STACKS = Object.keys(SDK_APP_IDS);
/** Pulumi's commands that make sense while the emulator runs. */
const COMMANDS = ["up", "preview", "refresh", "destroy"];

/** The keys open nothing but this emulator. */
const SEED: Seed = {
  apps: Object.entries(SDK_APP_IDS).map(([stack, sdkAppId]) => ({
    sdkAppId,
    secretKey: `emulator-only-key-of-${stack}-00000000000000000000000000000000000000`,
    admins: ["administrator"],
  })),
};

async function start(command: readonly string[], stacks: readonly string[]): Promise<number> {
  mkdirSync(join(FOLDER, "state"), { recursive: true });
  const engine = await provideEngine();
  const running = await runningEmulator();
  if (running !== undefined) {
    console.log(
      `Chat emulator at ${running} (it was running on ${relative(process.cwd(), DATA)}), Pulumi from ${engine}`,
    );
    return runStacks(command, stacks, engine, running);
  }
  const emulator = await startEmulator({ seed: SEED, data: DATA });
  console.log(`Chat emulator at ${emulator.url} (its page, while this runs), Pulumi from ${engine}`);
  // `await using` would ask for Node.js 24.
  return runStacks(command, stacks, engine, emulator.url).finally(() => emulator.close());
}

/** The address of the emulator that has the data file open, with the apps of the stacks in it; undefined without one. */
async function runningEmulator(): Promise<string | undefined> {
  let url: string;
  let state: Seed;
  try {
    ({ url } = JSON.parse(readFileSync(`${DATA}.lock`, "utf8")) as { url: string });
    state = await readState(url);
  } catch {
    // Without a lock, or with nobody at its address: whether it is left over, the start of an emulator finds out.
    return undefined;
  }
  const missing = SEED.apps.filter((app) => !state.apps.some(({ sdkAppId }) => sdkAppId === app.sdkAppId));
  if (missing.length > 0) {
    const body = JSON.stringify({ apps: [...state.apps, ...missing] });
    await fetch(`${url}/_emulator/reset`, { method: "POST", body });
  }
  return url;
}

async function readState(url: string): Promise<Seed> {
  const response = await fetch(`${url}/_emulator/state`, { signal: AbortSignal.timeout(10_000) });
  return (await response.json()) as Seed;
}

async function runStacks(
  command: readonly string[],
  stacks: readonly string[],
  engine: string,
  endpoint: string,
): Promise<number> {
  const environment = {
    ...process.env,
    PATH: [engine, join(ROOT, "node_modules/.bin"), process.env.PATH].join(delimiter),
    PULUMI_HOME: join(FOLDER, "pulumi"),
    PULUMI_BACKEND_URL: pathToFileURL(join(FOLDER, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: "local",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    TENCENT_CHAT_ENDPOINT: endpoint,
  };
  const run = (program: string, ...args: string[]) => runInTerminal(program, args, environment);

  for (const stack of stacks) {
    console.log(`\n── ${stack} ──`);
    const exitCode =
      (await run("pulumi", "stack", "select", "--create", stack)) ||
      (await run("pulumi", ...command, "--stack", stack));
    if (exitCode !== 0) return exitCode;
  }
  showTopics(await readState(endpoint));
  if (command[0] !== "up") return 0;
  console.log("\nAre the environments equal? (tencent-chat parity)");
  const parity = await run(process.execPath, "dist/cli/main.js", "parity", ...STACKS);
  showNextSteps();
  return stacks.length === STACKS.length ? parity : 0;
}

/** Runs a program in the terminal of this process. An interrupt reaches it too, and it ends in its own time. */
function runInTerminal(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(program, args, { cwd: ROOT, env, stdio: "inherit" });
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => done(code ?? 1));
  });
}

/** The topics of the first environment, and how many the others have. */
function showTopics({ apps }: Seed): void {
  const topicsOf = Object.values(SDK_APP_IDS).map((id) =>
    apps
      .filter(({ sdkAppId }) => sdkAppId === id)
      .flatMap(({ communities = [] }) => communities.flatMap(({ topics = [] }) => topics)),
  );
  const counts = STACKS.map((stack, index) => `${topicsOf[index]?.length ?? 0} in ${stack}`);
  console.log(`\nLive in the emulator now: ${counts.join(", ")}`);
  const topics = topicsOf[0] ?? [];
  if (topics.length === 0) return;
  const rows = topics.map(({ topicName, topicId = "" }) => [topicName, `${Buffer.byteLength(topicName)}`, topicId]);
  const table = [["TOPIC", "BYTES", `ID (${STACKS[0]})`], ...rows];
  const widths = [0, 1].map((column) => Math.max(...table.map((row) => displayWidth(row[column] ?? ""))));
  for (const row of table) {
    const cells = row.map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell))));
    console.log(`  ${cells.join("   ")}`);
  }
}

/** Columns in a terminal: Chinese characters and emoji take two. */
function displayWidth(text: string): number {
  const wide = /[\p{Script=Han}\p{Extended_Pictographic}]/u;
  return [...new Intl.Segmenter().segment(text)].reduce(
    (width, { segment }) => width + (wide.test(segment) ? 2 : 1),
    0,
  );
}

function showNextSteps(): void {
  console.log(`
What to try next:
  npm start                         again: no changes
  edit examples/community/topics.ts, then npm start: one update in each environment
  make a name longer than 30 bytes, then npm start -- preview: an error that says by how much
  npm start -- refresh              compares the state with the live topics
  npm start -- up --stack dev       one environment only; the others then differ
  npm start -- destroy              destroys everything, and npm start brings it back
  npm run emulator -- --port 8080 --data ${relative(process.cwd(), DATA)}
                                    in another terminal, keeps the emulator open: npm start then uses it, and its page
                                    at http://127.0.0.1:8080 shows each call, and lets you edit`);
}

// The terminal sends an interrupt to the programs as well; this process waits for them, and closes the emulator last.
process.on("SIGINT", () => {});

const { values, positionals, tokens } = parseArgs({
  args: process.argv.slice(2),
  options: { stack: { type: "string", short: "s", multiple: true }, help: { type: "boolean", short: "h" } },
  allowPositionals: true,
  strict: false,
  tokens: true,
});
const [command = "up"] = positionals;
const stacks = values.stack?.map(String) ?? STACKS;
const unknown = stacks.filter((stack) => !STACKS.includes(stack));
const usage = `Usage: npm start -- [${COMMANDS.join(" | ")}] [--stack ${STACKS.join(" | ")}] [Pulumi's flags]`;
if (values.help) {
  console.log(usage);
} else if (unknown.length > 0 || !COMMANDS.includes(command)) {
  const what =
    unknown.length > 0 ? `There is no stack ${unknown.join(", ")}` : `The command ${command} is not run here`;
  console.error(`${what}.\n${usage}`);
  process.exitCode = 2;
} else {
  const confirmed = command === "preview" ? [] : ["--yes"];
  const others = tokens.flatMap((token) => {
    if (token.kind === "positional") return token.value === command ? [] : [token.value];
    if (token.kind !== "option" || token.name === "stack") return [];
    return [token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`];
  });
  process.exitCode = await start([command, ...confirmed, ...others], stacks);
}
