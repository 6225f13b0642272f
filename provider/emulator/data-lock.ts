/**
 * A data file has one emulator at a time: two would write over each other, and each would show what the other does not
 * hold. A lock beside the file names the process and the address; who comes second reads there where the first one is.
 */

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** What the lock holds, as JSON. */
interface Holder {
  readonly pid: number;
  /** Not there yet while its emulator starts. */
  readonly url?: string | undefined;
}

export class DataLock {
  private readonly path: string;

  /** Takes the lock; throws an Error that names the emulator that has it. */
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

  /** Tells where its emulator is. */
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

/** Whether the lock was free. */
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

/** Is the process gone that took it? What cannot be read may be a lock that is being written. */
function isAbandoned(path: string): boolean {
  const { pid } = read(path) ?? {};
  if (typeof pid !== "number") return false;
  // In a container each process has the number of the one before it: a lock older than this process is not its own.
  if (pid === process.pid) return statSync(path).mtimeMs < Date.now() - process.uptime() * 1000;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** Of two that find it abandoned at once, one moves it; the other finds nothing, or the lock of the first. */
function moveAway(path: string): void {
  const moved = `${path}.${process.pid}.tmp`;
  try {
    renameSync(path, moved);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (isAbandoned(moved)) rmSync(moved);
  else renameSync(moved, path);
}
