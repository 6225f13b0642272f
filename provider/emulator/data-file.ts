/**
 * Keeps what the emulator holds in a file, so that it survives a restart. Writes follow changes after a short while and
 * one at a time, each to a new file that then takes the old one's place: a reader, or a crash, meets a whole file.
 */

import { type FileHandle, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Seed } from "./seed.js";
import { parseSeed } from "./seed-schema.js";

/** The version of the file's form. A reader refuses one that is newer than its own. */
const FORMAT_VERSION = 1;

/** Changes that come within this time share a write. */
const SETTLE_MS = 250;

/** What a data file holds; undefined when there is none. Throws an Error when it cannot be used. */
export async function readDataFile(path: string): Promise<Seed | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`the data file ${path} could not be read: ${(error as Error).message}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`the data file ${path} is not JSON (${(error as Error).message}); move it away to start anew`);
  }
  const { formatVersion, ...seed } = Object(value) as Record<string, unknown>;
  if (!Number.isSafeInteger(formatVersion)) {
    throw new Error(`${path} is not an emulator's data file: it has no formatVersion`);
  }
  if ((formatVersion as number) > FORMAT_VERSION) {
    throw new Error(
      `the data file ${path} has format version ${formatVersion}, this emulator knows up to ${FORMAT_VERSION}: ` +
        "it was written by a newer pulumi-tencent-chat; use that one, or move the file away to start anew",
    );
  }
  return parseSeed(seed, `data file ${path}`);
}

export class DataFile {
  private readonly path: string;
  private dirty = false;
  private writing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private lastFailure: string | undefined;

  /** `snapshot` says what to write; `warn` is told of every write that fails. */
  constructor(
    path: string,
    private readonly snapshot: () => Seed,
    private readonly warn: (message: string) => void,
  ) {
    this.path = resolve(path);
  }

  /** Why the last write failed; undefined when the file is well. */
  get failure(): string | undefined {
    return this.lastFailure;
  }

  /** To be called after every change: the file follows soon. */
  changed(): void {
    this.dirty = true;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, SETTLE_MS).unref();
  }

  /** Brings the file up to date now. Never rejects: see `failure`. */
  async flush(): Promise<void> {
    while (this.writing !== undefined) await this.writing;
    if (!this.dirty) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.dirty = false;
    this.writing = this.write().finally(() => {
      this.writing = undefined;
    });
    await this.writing;
  }

  private async write(): Promise<void> {
    const text = `${JSON.stringify({ formatVersion: FORMAT_VERSION, ...this.snapshot() }, null, 2)}\n`;
    const temporary = `${this.path}.${process.pid}.tmp`;
    try {
      await mkdir(dirname(this.path), { recursive: true });
      await writeDurably(temporary, text);
      await rename(temporary, this.path);
      await syncDirectory(dirname(this.path));
      this.lastFailure = undefined;
    } catch (error) {
      this.dirty = true;
      this.lastFailure =
        `the data file ${this.path} could not be written: ${(error as Error).message}; ` +
        "what it held before is kept, and the next change tries again";
      this.warn(this.lastFailure);
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  // The file holds secret keys: only its owner may read it.
  await withHandle(await open(path, "w", 0o600), async (handle) => {
    await handle.writeFile(text);
    await handle.sync();
  });
}

/** Makes a rename durable. Not every system can open a directory; there the rename is all there is. */
async function syncDirectory(path: string): Promise<void> {
  try {
    await withHandle(await open(path, "r"), (handle) => handle.sync());
  } catch {
    // As said.
  }
}

async function withHandle(handle: FileHandle, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    await use(handle);
  } finally {
    await handle.close();
  }
}
