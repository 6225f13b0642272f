/**
 * Runs one outside program to its end: bounded in time, with a line of progress every 15 seconds, and with the last lines
 * it printed in the error. Nothing it prints reaches our own stdout, which carries the answer and nothing else.
 */
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

const PROGRESS_INTERVAL = 15_000;
/** Between asking a program to stop and stopping it by force. */
const GRACE = 10_000;
/** How long to wait for the rest of the output when a grandchild still holds the pipe. */
const DRAIN = 2_000;
const TAIL_LINES = 20;

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds. */
  readonly timeLimit: number;
  /** What the program does, for progress and errors; with it and `log`, progress is reported. */
  readonly doing: string;
  readonly log?: (line: string) => void;
}

/** A program that could not be started, failed, or was stopped at its time limit. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  /** `ENOENT` and the like where the program could not be started. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** Returns what the program printed on stdout. */
export async function runProgram(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { doing, log, timeLimit } = options;
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });

  let stdout = "";
  let tail: string[] = [];
  const remember = (chunk: string) => {
    const lines = chunk.split(/\r?\n/).filter((line) => line.trim() !== "");
    tail = [...tail, ...lines].slice(-TAIL_LINES);
  };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk;
    remember(chunk);
  });
  child.stderr.setEncoding("utf8").on("data", remember);

  let stopped = false;
  const timers = [
    setTimeout(() => {
      stopped = true;
      // An interrupt, since Go's own commands then stop their compilers and remove their scratch folders.
      child.kill("SIGINT");
      timers.push(setTimeout(() => child.kill("SIGKILL"), GRACE));
    }, timeLimit),
  ];
  const progress = log && setInterval(() => log(`  ${doing}: ${seconds()} s${nowAt(tail)}`), PROGRESS_INTERVAL);

  try {
    const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once("error", (error: NodeJS.ErrnoException) => {
        reject(new ProgramError(`${command} could not be started (${error.message}).`, error.code));
      });
      child.once("close", (...outcome) => resolve(outcome));
      child.once("exit", (...outcome) => void sleep(DRAIN, undefined, { ref: false }).then(() => resolve(outcome)));
    });
    if (stopped) {
      throw new ProgramError(withTail(`${doing} was stopped: it took longer than ${timeLimit / 1000} s.`, tail));
    }
    if (status !== 0) {
      const how = signal ? `was ended by ${signal}` : `failed with exit code ${status}`;
      throw new ProgramError(withTail(`${doing} ${how}.`, tail));
    }
    return stdout;
  } finally {
    clearInterval(progress);
    timers.forEach(clearTimeout);
  }
}

function nowAt(tail: readonly string[]): string {
  const line = tail.at(-1)?.trim();
  return line ? `, now at: ${line.slice(0, 100)}` : "";
}

function withTail(message: string, tail: readonly string[]): string {
  return tail.length === 0 ? message : [message, "Its last lines:", ...tail.map((line) => `    ${line}`)].join("\n");
}
