/**
 * A Pulumi stack of its own for a test: the real CLI on a file backend, a program, and the settings of an app of an
 * emulator. Everything it makes lies in one folder and goes with it.
 */
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { inject } from "vitest";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, type Emulator } from "../../provider/emulator/index.js";
import { processesIn } from "./processes.js";
import { stackEnvironment, WORK } from "./stack-environment.js";

/** A resource of `program.js`: its name, its arguments, and what the program knows beside them. */
export interface DeclaredResource {
  readonly name: string;
  /** Look this id up instead. */
  readonly get?: string;
  readonly formerName?: string;
  /** The name of the `ChatApp` that is its provider. */
  readonly app?: string;
  readonly [argument: string]: unknown;
}

/** What a program declares, by kind. */
export interface Declared {
  /** A `ChatApp` each; its key is in the variable `keyVariable`. */
  readonly apps?: readonly Readonly<Record<string, unknown>>[];
  readonly topics?: readonly Readonly<Record<string, unknown>>[];
  readonly sets?: readonly Readonly<Record<string, unknown>>[];
  readonly communities?: readonly Readonly<Record<string, unknown>>[];
}

export interface StackOptions {
  readonly program?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: NodeJS.ProcessEnv;
  readonly typescript?: boolean;
  /** Folder in which its folder is made; by default one from which programs find the package by its name. */
  readonly parent?: string;
}

export interface CommandResult {
  readonly exitCode: number | null;
  /** stdout and stderr as they came. */
  readonly output: string;
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
}

const HERE = resolve("test/engine");
const COMMAND_MS = 150_000;

export class Stack {
  private constructor(
    readonly folder: string,
    /** In which its commands run. */
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** A new stack that runs `program` (a file of this folder, or a file given with its text). */
  static async create(emulator: Pick<Emulator, "url">, options: StackOptions = {}): Promise<Stack> {
    const { parent = WORK } = options;
    await mkdir(parent, { recursive: true });
    const folder = await mkdtemp(join(parent, "stack-"));
    await cp(inject("initialisedStack"), folder, { recursive: true });
    const { program = "program.js", files = {} } = options;
    const stack = new Stack(folder, {
      ...stackEnvironment(folder, inject("engineFolder")),
      PULUMI_STACK: "dev",
      ...(options.typescript
        ? {}
        : { NODE_OPTIONS: `--require ${JSON.stringify(join(HERE, "plain-javascript.cjs"))}` }),
      TENCENT_CHAT_SDK_APP_ID: String(DEFAULT_SDK_APP_ID),
      TENCENT_CHAT_SECRET_KEY: DEFAULT_SECRET_KEY,
      TENCENT_CHAT_ENDPOINT: emulator.url,
      TENCENT_CHAT_TIMEOUT_SECONDS: "5",
      ...options.environment,
    });
    if (!(program in files)) await cp(join(HERE, program), join(folder, program));
    await stack.runs(program, options.typescript);
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return stack;
  }

  /** Sets the program that the next commands run. */
  async runs(program: string, typescript = false): Promise<void> {
    const runtime = { name: "nodejs", options: { typescript } };
    await writeFile(join(this.folder, "Pulumi.yaml"), JSON.stringify({ name: "test", main: program, runtime }));
  }

  /** The same stack with other environment variables. */
  with(environment: NodeJS.ProcessEnv): Stack {
    return new Stack(this.folder, { ...this.environment, ...environment });
  }

  declare(...topics: DeclaredResource[]): Promise<void> {
    return this.declareAll({ topics });
  }

  async declareAll(declared: Declared): Promise<void> {
    await writeFile(join(this.folder, "declared.json"), JSON.stringify(declared));
  }

  /** Updates without a preview, and must succeed. */
  up(...flags: string[]): Promise<string> {
    return this.succeed("up", "--yes", "--skip-preview", ...flags);
  }

  preview(...flags: string[]): Promise<string> {
    return this.succeed("preview", ...flags);
  }

  /** Nothing has drifted, and nothing is left to do: both in one command. */
  expectSettled(): Promise<string> {
    return this.up("--refresh", "--expect-no-changes");
  }

  refresh(...flags: string[]): Promise<string> {
    return this.succeed("refresh", "--yes", "--skip-preview", ...flags);
  }

  destroy(...flags: string[]): Promise<string> {
    return this.succeed("destroy", "--yes", "--skip-preview", ...flags);
  }

  async succeed(...command: string[]): Promise<string> {
    const { exitCode, output } = await this.run(...command);
    if (exitCode !== 0) throw new Error(`pulumi ${command.join(" ")} ended with ${exitCode}:\n${output}`);
    return output;
  }

  /** Runs a command that must fail, and gives what it said. */
  async fail(...command: string[]): Promise<string> {
    const { exitCode, output } = await this.run(...command);
    if (exitCode === 0)
      throw new Error(`pulumi ${command.join(" ")} succeeded, against what the test expects:\n${output}`);
    return output;
  }

  /** Fails to update, skipping the preview. */
  failUp(...flags: string[]): Promise<string> {
    return this.fail("up", "--yes", "--skip-preview", ...flags);
  }

  async run(...command: string[]): Promise<CommandResult> {
    const child = this.start(...command);
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    const exitCode = await new Promise<number | null>((done) => child.once("close", done));
    return { exitCode, output };
  }

  /**
   * After a kill: unlocks the stack. A CLI that was killed while it wrote the state to a file can leave that, or the
   * attributes beside it, cut off: attributes are not needed, and for the state Pulumi keeps a copy.
   */
  async unlock(): Promise<void> {
    const { output } = await this.run("cancel", "--yes");
    if (!output.includes("failed to load checkpoint")) return;
    const file = this.stateFile;
    for (const attributes of [`${file}.attrs`, `${file}.bak.attrs`]) await rm(attributes, { force: true });
    if (!(await isWholeJson(file))) await cp(`${file}.bak`, file);
    await this.succeed("cancel", "--yes");
  }

  /** Starts a command without waiting for it. */
  start(...command: string[]) {
    return spawn("pulumi", [...command, "--non-interactive", "--color", "never"], {
      cwd: this.folder,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: COMMAND_MS,
      killSignal: "SIGKILL",
    });
  }

  /** The stack's state, as the engine has written it. */
  async state(): Promise<StateResource[]> {
    const { checkpoint } = JSON.parse(await readFile(this.stateFile, "utf8"));
    return checkpoint.latest?.resources ?? [];
  }

  get stateFile(): string {
    return join(this.folder, `state/.pulumi/stacks/test/${this.environment.PULUMI_STACK}.json`);
  }

  /** The topics in the state, by resource name. */
  async topics(): Promise<Record<string, StateResource>> {
    const resources = (await this.state()).filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/tencent-chat:"));
    return Object.fromEntries(resources.map((resource) => [resource.urn.split("::").at(-1), resource]));
  }

  /** The ids in the state: of communities, of topics, and of the topics of sets. Sorted. */
  async ids(): Promise<(string | undefined)[]> {
    return Object.values(await this.topics())
      .flatMap(({ id, outputs = {} }) =>
        outputs.topicIds ? Object.values(outputs.topicIds as Record<string, string>) : [id],
      )
      .sort();
  }

  /** Keeps a copy of the stack, to which `restore` goes back; several under names of their own. */
  async save(name = "beginning"): Promise<void> {
    const copy = join(this.#copies, name);
    await rm(copy, REMOVAL);
    await cp(this.folder, copy, { recursive: true });
  }

  async restore(name = "beginning"): Promise<void> {
    this.#endLeftovers();
    await rm(this.folder, REMOVAL);
    await cp(join(this.#copies, name), this.folder, { recursive: true });
  }

  get #copies(): string {
    return `${this.folder}.copies`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#endLeftovers();
    for (const folder of [this.folder, this.#copies]) await rm(folder, REMOVAL);
  }

  /** A killed CLI leaves Pulumi's language host behind. */
  #endLeftovers(): void {
    for (const { pid } of processesIn(this.folder)) process.kill(pid, "SIGKILL");
  }
}

const REMOVAL = { recursive: true, force: true, maxRetries: 5 };

async function isWholeJson(file: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
