/**
 * A Pulumi stack for one contender: the real CLI on a file backend, a program in plain JavaScript, the settings of the
 * emulator's app. A command is bounded in time, and measured from the start of the CLI to its end.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY } from "pulumi-tencent-chat/emulator";
import { machineEnvironment } from "./machine-environment.mts";
import { type PeakMemory, watchMemory } from "./memory-watch.mts";
import { endProcessesIn } from "./processes.mts";
import { createWorkFolder, type WorkFolder } from "./work-folder.mts";
import type { DeclaredCommunity } from "./workload.mts";

const PROJECT = "bench";
const NAME = "bench";
const INIT_MS = 60_000;
/** Of what the CLI says, for the error of a command that fails. */
const TAIL_CHARACTERS = 4_000;

export interface CommandRun {
  readonly seconds: number;
  readonly peakMemory: PeakMemory;
  /** "ended" by us at its time limit. */
  readonly outcome: "done" | "failed" | "ended";
  /** The last of what it said. */
  readonly tail: string;
}

export interface RunLimits {
  readonly milliseconds: number;
  /** Ends the command at once. */
  readonly signal: AbortSignal;
}

export interface StackOptions {
  /** Folder of the contender's program. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Folder of Pulumi's programs. */
  readonly engine: string;
  readonly endpoint: string;
  readonly signal: AbortSignal;
}

export class Stack implements AsyncDisposable {
  readonly #folder: WorkFolder;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(folder: WorkFolder, environment: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#environment = environment;
  }

  static async create(options: StackOptions): Promise<Stack> {
    const folder = await createWorkFolder("stack");
    const { path } = folder;
    const stack = new Stack(folder, {
      ...machineEnvironment(options.engine),
      // A CLI that is killed leaves its pipes there; they go with the folder.
      TMPDIR: join(path, "temporary"),
      PULUMI_HOME: join(path, "home"),
      PULUMI_BACKEND_URL: pathToFileURL(join(path, "state")).href,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      TENCENT_CHAT_SDK_APP_ID: String(DEFAULT_SDK_APP_ID),
      TENCENT_CHAT_SECRET_KEY: DEFAULT_SECRET_KEY,
      TENCENT_CHAT_ENDPOINT: options.endpoint,
      ...options.environment,
    });
    try {
      for (const name of ["state", "temporary"]) await mkdir(join(path, name));
      await cp(options.program, path, { recursive: true });
      const runtime = { name: "nodejs", options: { typescript: false } };
      await writeFile(join(path, "Pulumi.yaml"), JSON.stringify({ name: PROJECT, main: "index.js", runtime }));
      const init = await stack.run(["stack", "init", NAME], { milliseconds: INIT_MS, signal: options.signal });
      if (init.outcome !== "done") throw new Error(`the stack could not be made:\n${init.tail}`);
      return stack;
    } catch (error) {
      await stack[Symbol.asyncDispose]();
      throw error;
    }
  }

  async declare(communities: readonly DeclaredCommunity[]): Promise<void> {
    await writeFile(join(this.#folder.path, "declared.json"), JSON.stringify(communities));
  }

  /** Runs a command of the CLI; one that fails is an outcome, not an error. */
  async run(
    command: readonly string[],
    limits: RunLimits,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<CommandRun> {
    const { path } = this.#folder;
    limits.signal.throwIfAborted();
    const startedAt = performance.now();
    const child = spawn("pulumi", [...command, "--non-interactive", "--color", "never"], {
      cwd: path,
      env: { ...this.#environment, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: limits.milliseconds,
      killSignal: "SIGKILL",
    });
    const output = keepTail(child);
    const peakMemory: PeakMemory = { cli: undefined, provider: undefined };
    using _watch = watchMemory(path, child.pid ?? -1, peakMemory);
    const end = () => child.kill("SIGKILL");
    limits.signal.addEventListener("abort", end);
    try {
      const exitCode = await exitOf(child);
      const seconds = (performance.now() - startedAt) / 1000;
      limits.signal.throwIfAborted();
      // A CLI that is killed leaves the language host and the provider process behind.
      if (exitCode === null) endProcessesIn(path);
      const outcome = exitCode === 0 ? "done" : exitCode === null ? "ended" : "failed";
      return { seconds, peakMemory, outcome, tail: output() };
    } finally {
      limits.signal.removeEventListener("abort", end);
      child.stdout?.destroy();
      child.stderr?.destroy();
    }
  }

  /** Bytes of the state as it lies in the backend. */
  async stateBytes(): Promise<number> {
    const { size } = await stat(join(this.#folder.path, `state/.pulumi/stacks/${PROJECT}/${NAME}.json`));
    return size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#folder[Symbol.asyncDispose]();
  }
}

/** Null when it was ended. */
function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((exited, failed) => {
    child.once("error", failed);
    child.once("exit", exited);
  });
}

function keepTail(child: ChildProcess): () => string {
  let tail = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      tail = (tail + chunk).slice(-TAIL_CHARACTERS);
    });
  }
  return () => tail;
}
