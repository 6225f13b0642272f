/**
 * Starts an emulator: puts its parts together, and ends what was started already when one of them fails.
 */

import { Backend } from "./backend.js";
import { selfSigned } from "./certificate.js";
import { controlOf } from "./control.js";
import { DataFile, readDataFile } from "./data-file.js";
import { DataLock } from "./data-lock.js";
import { DEFAULT_SEED } from "./default-seed.js";
import type { Emulator, EmulatorOptions } from "./emulator.js";
import { changedRules, DEFAULT_RULES } from "./rules-in-force.js";
import { parseSeed } from "./seed-schema.js";
import { type RunningServer, startServer } from "./server.js";

/**
 * Starts a local Chat backend that speaks Tencent's REST API, on 127.0.0.1.
 *
 * Rejects with an Error when the port is in use, when certificate and key cannot be used, when seed or rules are not
 * valid (every wrong value is named with its path), and when the data file cannot be read or written, is in use by
 * another emulator, or was written by a newer version.
 *
 * @example
 * ```ts
 * import { DEFAULT_SECRET_KEY, startEmulator } from "pulumi-tencent-chat/emulator";
 *
 * async function main() {
 *   const emulator = await startEmulator({ rules: { latencyMs: 20 } });
 *   console.log(`TENCENT_CHAT_ENDPOINT=${emulator.url} TENCENT_CHAT_SECRET_KEY=${DEFAULT_SECRET_KEY}`);
 *   emulator.addFault({ kind: "drop-after", command: "import_topic" });
 *   // … run what is to be tested …
 *   console.log(emulator.requests());
 *   await emulator.close();
 * }
 * void main();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { data, warn = (message: string) => console.error(message) } = options;
  const lock = data === undefined ? undefined : new DataLock(data);
  let server: RunningServer | undefined;
  try {
    const rules = changedRules(DEFAULT_RULES, options.rules ?? {});
    const givenSeed = options.seed === undefined ? undefined : parseSeed(options.seed);
    const seed = givenSeed ?? DEFAULT_SEED;
    const saved = data === undefined ? undefined : await readDataFile(data);
    const backend = new Backend({
      seed: saved ?? seed,
      rules,
      now: options.now ?? Date.now,
      monotonic: options.monotonic ?? (() => performance.now()),
      random: Math.random,
      changed: () => dataFile?.changed(),
    });
    if (saved !== undefined && givenSeed !== undefined) backend.store.add(givenSeed, backend.nowSeconds());
    const dataFile = data === undefined ? undefined : new DataFile(data, () => backend.store.toSeed(), warn);
    const tls = options.tls === true ? selfSigned() : options.tls;
    const control = controlOf(backend, dataFile, seed, rules);
    server = await startServer(backend, control, options.port ?? 0, tls);
    // Written at once, so that a file that cannot be written is known now and not when something would be lost.
    dataFile?.changed();
    dataFile?.flush();
    if (dataFile?.failure !== undefined) throw new Error(dataFile.failure);
    lock?.locate(server.url);
    const close = once(async () => {
      await server?.close();
      dataFile?.flush();
      lock?.release();
    });
    const { url, port } = server;
    return { ...control, url, port, certificate: tls?.cert, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await server?.close();
    lock?.release();
    throw error;
  }
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}
