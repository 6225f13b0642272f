/**
 * Runs the `run:` steps of GitHub Actions workflows as a runner does: the same shell, the same environment, step after step
 * until one fails. What is of GitHub alone (checking out, installing Node.js and Pulumi) is there already and left out.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** What `${{ … }}` can name: `secrets`, `matrix`, `needs`, `github`, `steps`. */
export type Contexts = Readonly<Record<string, unknown>>;

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly environment?: string | { readonly name: string };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly "timeout-minutes"?: number;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string };
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface JobRun {
  readonly exitCode: number;
  /** The name, or the command, of the step that failed. */
  readonly failedStep?: string;
  /** What the steps printed. */
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Actions that bring what the folder and the machine of a test have already. */
const PROVIDED = /^(actions\/checkout|actions\/setup-node|pulumi\/actions)@/;
const STEP_MS = 150_000;

export function readWorkflow(file: string): Workflow {
  return parse(readFileSync(file, "utf8"));
}

export class Runner {
  /** Installing the packages again and again for each job would show nothing new. */
  readonly #installed = new Set<string>();

  constructor(
    /** The checkout. */
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  async run(job: Job, contexts: Contexts): Promise<JobRun> {
    const files = { GITHUB_OUTPUT: join(this.folder, ".output"), GITHUB_STEP_SUMMARY: join(this.folder, ".summary") };
    for (const file of Object.values(files)) writeFileSync(file, "");
    const steps: Record<string, { readonly outputs: Record<string, string> }> = {};
    let log = "";
    const end = (exitCode: number, failedStep?: string): JobRun => ({
      exitCode,
      ...(failedStep === undefined ? {} : { failedStep }),
      log,
      summary: readFileSync(files.GITHUB_STEP_SUMMARY, "utf8"),
      outputs: Object.fromEntries(
        Object.entries(job.outputs ?? {}).map(([name, text]) => [name, expand(text, { ...contexts, steps })]),
      ),
    });
    for (const step of this.#flatten(job.steps)) {
      if (step.run === undefined || this.#installed.has(step.run)) continue;
      const { exitCode, output } = await this.#runStep(step, files, contexts);
      log += output;
      if (step.id) steps[step.id] = { outputs: readOutputs(readFileSync(files.GITHUB_OUTPUT, "utf8")) };
      if (exitCode !== 0) return end(exitCode, step.name ?? step.run);
      if (step.run.startsWith("npm ci")) this.#installed.add(step.run);
    }
    return end(0);
  }

  /** With the steps of the project's own actions in their places. */
  #flatten(steps: readonly Step[]): Step[] {
    return steps.flatMap((step) => {
      if (step.uses === undefined || PROVIDED.test(step.uses)) return [step];
      const file = join(this.folder, step.uses, "action.yml");
      if (!existsSync(file)) throw new Error(`a workflow uses ${step.uses}, which is not known here`);
      return this.#flatten(parse(readFileSync(file, "utf8")).runs.steps);
    });
  }

  #runStep(step: Step, files: object, contexts: Contexts): Promise<{ exitCode: number; output: string }> {
    const script = join(this.folder, ".step.sh");
    writeFileSync(script, step.run ?? "");
    const env = Object.entries(step.env ?? {}).map(([name, text]) => [name, expand(text, contexts)]);
    // What `shell: bash` means, https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
      cwd: this.folder,
      env: { ...this.environment, ...files, ...Object.fromEntries(env) },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: STEP_MS,
      killSignal: "SIGKILL",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    }
    return new Promise((done, failed) => {
      child.once("error", failed);
      child.once("close", (code) => {
        rmSync(script, { force: true });
        done({ exitCode: code ?? 1, output });
      });
    });
  }
}

/** The text with every `${{ a.b.c }}` looked up. */
export function expand(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (expression, path: string) => {
    const value = path.split(".").reduce<unknown>((at, name) => (at as Contexts | undefined)?.[name], contexts);
    // GitHub gives an empty text for an output that was never set.
    if (value === undefined && path.startsWith("steps.")) return "";
    if (typeof value !== "string" && typeof value !== "number") throw new Error(`${expression} is nothing here`);
    return String(value);
  });
}

/** `name=value` lines, and `name<<end` with the lines up to `end`. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index++) {
    const [, name = "", end] = /^([\w-]+)(?:=|<<)(.*)$/.exec(lines[index] ?? "") ?? [];
    if (name === "") continue;
    if (!lines[index]?.startsWith(`${name}<<`)) {
      outputs[name] = end ?? "";
      continue;
    }
    const until = lines.indexOf(end ?? "", index + 1);
    if (until < 0) throw new Error(`the output ${name} has no end`);
    outputs[name] = lines.slice(index + 1, until).join("\n");
    index = until;
  }
  return outputs;
}
