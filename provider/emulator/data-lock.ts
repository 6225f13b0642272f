/**
 * One emulator at a time uses a data file: two would overwrite each other's changes. A lock file beside it holds the
 * process and the address of its emulator, so that the error for a second emulator says where the first one is.
 */

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** What the lock holds, as JSON. */
interface Holder {
  readonly pid: number;
  /** Missing while the emulator is still starting. */
  readonly url?: string | undefined;
}

export class DataLock {
  private readonly path: string;

  /** Takes the lock; throws an Error that names the emulator that has it already. */
  constructor(dataPath: string) {
    this.path = `${resolve(dataPath)}.lock`;
    const { path } = this;
    try {
      mkdirSync(dirname(path), { recursive: true });
      if (create(path)) return;
      if (isAbandoned(path)) moveAway(path);
      if (create(path)) return;
    } catch (error) {
      throw new Error(`the data file ${dataPath} could not be written: ${(error as Error).message}`);
    }
    const { pid, url } = read(path) ?? {};
    const where = url === undefined ? "another emulator" : `the emulator at ${url}`;
    const process = pid === undefined ? "" : ` (process ${pid})`;
    throw new Error(
      `the data file ${dataPath} is in use by ${where}${process}; use that one, or end it first. ` +
        `If there is none, delete ${path}`,
    );
  }

  /** Writes the address of the emulator into the lock. */
  locate(url: string): void {
    const temporary = `${this.path}.${process.pid}.tmp`;
    writeFileSync(temporary, textOf({ pid: process.pid, url }));
    renameSync(temporary, this.path);
  }

  release(): void {
    rmSync(this.path, { force: true });
  }
}

function textOf(holder: Holder): string {
  return `${JSON.stringify(holder)}\n`;
}

/** Makes the lock file; false when there is one already. */
function create(path: string): boolean {
  try {
    writeFileSync(path, textOf({ pid: process.pid }), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function read(path: string): Partial<Holder> | undefined {
  try {
    return Object(JSON.parse(readFileSync(path, "utf8"))) as Partial<Holder>;
  } catch {
    return undefined;
  }
}

/** Whether the process that took the lock has ended. A lock that cannot be read is in use: it may be half written. */
function isAbandoned(path: string): boolean {
  const { pid } = read(path) ?? {};
  if (typeof pid !== "number") return false;
  // In a container that is started again the process has the same id as before: an older lock is not its own.
  if (pid === process.pid) return statSync(path).mtimeMs < Date.now() - process.uptime() * 1000;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Removes an abandoned lock. It is renamed first: of two emulators that do this at once, one succeeds. */
function moveAway(path: string): void {
  const moved = `${path}.${process.pid}.tmp`;
  try {
    renameSync(path, moved);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  // The other emulator may have taken the lock in between: then what was moved is its new lock, and goes back.
  if (isAbandoned(moved)) rmSync(moved);
  else renameSync(moved, path);
}
