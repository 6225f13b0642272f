/**
 * Keeps what the emulator holds in a file, so that it survives a restart. Changes that come close together share a
 * write, and a write replaces the file as a whole: neither a reader nor a crash ever finds half of it.
 */

import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import writeFileAtomic from "write-file-atomic";
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

  /** Why the last write failed; undefined when it did not. */
  get failure(): string | undefined {
    return this.lastFailure;
  }

  /** To be called after every change: it is written soon. */
  changed(): void {
    this.dirty = true;
    this.timer ??= setTimeout(() => this.flush(), SETTLE_MS).unref();
  }

  /** Writes what is not written yet. Never throws: see `failure`. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.dirty) return;
    const text = `${JSON.stringify({ formatVersion: FORMAT_VERSION, ...this.snapshot() }, null, 2)}\n`;
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      // Not the asynchronous form: that one listens for signals while it writes, and ends the process at the first
      // Ctrl-C even where somebody else wants to end it in good order. The file holds secret keys, hence the mode.
      writeFileAtomic.sync(this.path, text, { mode: 0o600 });
      this.dirty = false;
      this.lastFailure = undefined;
    } catch (error) {
      this.lastFailure =
        `the data file ${this.path} could not be written: ${(error as Error).message}; ` +
        "what it held before is kept, and the next change tries again";
      this.warn(this.lastFailure);
    }
  }
}
