/** The emulator in a process of its own, so that its work is not counted as a contender's; asked over its control endpoints. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { LoggedRequest, Seed, SeedTopic } from "pulumi-tencent-chat/emulator";

const HOST = join(import.meta.dirname, "emulator-host.mts");
const START_MS = 20_000;
const CONTROL_MS = 30_000;
/** The log holds no more calls than this. */
const LOG_ENTRIES = 20_000;
/** Codes by which the service says that it is called too often. */
const THROTTLED: ReadonlySet<number | null> = new Set([60007, 60011, 60018, 60019, 10006]);

export interface CallCounts {
  /** By command. */
  readonly commands: Readonly<Record<string, number>>;
  readonly total: number;
  readonly throttled: number;
  /** False where there were more calls than the log holds. */
  readonly isComplete: boolean;
}

export interface EmulatorProcess extends AsyncDisposable {
  readonly url: string;
  /** An app of the seed's alone; the log is empty. */
  reset(seed: Seed): Promise<void>;
  clearLog(): Promise<void>;
  callCounts(): Promise<CallCounts>;
  topics(): Promise<SeedTopic[]>;
}

export async function startEmulatorProcess(): Promise<EmulatorProcess> {
  const child = fork(HOST, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = once(child, "exit");
  const early = ended.then(([code]) => Promise.reject(new Error(`the emulator ended with ${code} as it started`)));
  early.catch(() => {});
  try {
    const ready = once(child, "message", { signal: AbortSignal.timeout(START_MS) });
    const [{ url }] = await Promise.race([ready, early]);
    return {
      url,
      reset: async (seed) => void (await control(url, "POST", "reset", JSON.stringify(seed))),
      clearLog: async () => void (await control(url, "DELETE", "requests")),
      callCounts: async () => countCalls((await control(url, "GET", "requests")) as LoggedRequest[]),
      topics: async () => topicsOf((await control(url, "GET", "state")) as Seed),
      [Symbol.asyncDispose]: async () => {
        child.disconnect();
        await ended;
      },
    };
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

async function control(url: string, method: string, path: string, body?: string): Promise<unknown> {
  const signal = AbortSignal.timeout(CONTROL_MS);
  const answer = await fetch(`${url}/_emulator/${path}`, { method, signal, ...(body !== undefined && { body }) });
  const data = await answer.json();
  if (!answer.ok) throw new Error(`the emulator refuses ${method} ${path}: ${JSON.stringify(data)}`);
  return data;
}

function countCalls(requests: readonly LoggedRequest[]): CallCounts {
  const commands: Record<string, number> = {};
  for (const { command } of requests) commands[command] = (commands[command] ?? 0) + 1;
  const throttled = requests.filter(({ code }) => THROTTLED.has(code)).length;
  return { commands, total: requests.length, throttled, isComplete: requests.length < LOG_ENTRIES };
}

function topicsOf({ apps }: Seed): SeedTopic[] {
  return apps.flatMap(({ communities = [] }) => communities.flatMap(({ topics = [] }) => topics));
}
