/**
 * A lock file that cannot block for ever: its holder touches it every few seconds, and a lock that has not been touched
 * for a minute, or whose holder's process is gone from this machine, is taken over. It saves double work; nothing relies
 * on it to be right, so the rare case of two holders at once is allowed.
 */
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const HEARTBEAT = 10_000;
const SILENT = 60_000;
const POLL = 1_000;
/** In polls: how often a waiting process says so. */
const SAY_EVERY = 15;

export interface Lock {
  release(): void;
}

/**
 * Waits for the lock.
 *
 * @param isDone tells that the work the lock is for has been done meanwhile; then a waiting caller goes on without it
 */
export async function holdLock(file: string, log: (line: string) => void, isDone: () => boolean): Promise<Lock> {
  const holder = JSON.stringify({ host: hostname(), pid: process.pid });
  for (let poll = 0; !isDone(); poll++) {
    try {
      writeFileSync(file, holder, { flag: "wx" });
      return keep(file, holder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (isStale(file)) {
      rmSync(file, { force: true });
      continue;
    }
    if (poll % SAY_EVERY === 0) log(`Another process is making the engine; waiting for it: ${poll} s (lock ${file}).`);
    await sleep(POLL);
  }
  return { release: () => {} };
}

function keep(file: string, holder: string): Lock {
  const heartbeat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // Taken over after a long suspension; both go on.
    }
  }, HEARTBEAT).unref();
  return {
    release() {
      clearInterval(heartbeat);
      if (read(file) === holder) rmSync(file, { force: true });
    },
  };
}

function isStale(file: string): boolean {
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (touched === undefined || Date.now() - touched > SILENT) return true;
  try {
    const { host, pid } = JSON.parse(read(file)) as { host: string; pid: number };
    if (host === hostname()) process.kill(pid, 0);
    return false;
  } catch (error) {
    // ESRCH: no such process. Anything else (half-written lock, another user's process) says nothing.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
