/**
 * The built package, for tests that load it as a user's project does: through its exports, hence from dist/. It is built
 * when a source is newer than what was made of it, beside the present one, and takes its place in one step: a process
 * that loads the package meanwhile finds a whole one.
 */
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { holdLock } from "../engine/pulumi/lock.mjs";

/** The repository, which is also a project that can load the package by its own name. */
export const REPOSITORY = resolve(__dirname, "../..");

const SOURCE = join(REPOSITORY, "provider");
const DIST = join(REPOSITORY, "dist");
/** What is no TypeScript and goes into the package as it is. */
const COPIED = join("emulator", "page");
/** Ignored by git and by the linter. */
const SCRATCH = join(REPOSITORY, ".local");
const BUILD_MS = 60_000;

/** Builds the package unless dist/ is up to date. Rejects with what the compiler says. */
export async function ensureBuiltPackage(): Promise<void> {
  if (await isUpToDate()) return;
  await mkdir(SCRATCH, { recursive: true });
  const lock = await holdLock(
    join(SCRATCH, "build.lock"),
    () => {},
    () => false,
  );
  try {
    if (!(await isUpToDate())) await build();
  } finally {
    lock.release();
  }
}

async function isUpToDate(): Promise<boolean> {
  const names = await readdir(SOURCE, { recursive: true });
  const sources = names.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"));
  const copied = names.filter((name) => name.startsWith(join(COPIED, "/")));
  const inputs = ["../tsconfig.json", ...names.filter((name) => /\.(ts|json)$/.test(name)), ...copied];
  const newestInput = Math.max(...(await Promise.all(inputs.map((name) => modifiedAt(join(SOURCE, name))))));
  const outputs = [...sources.map((name) => name.replace(/\.ts$/, ".js")), ...copied].map((name) => join(DIST, name));
  const oldestOutput = Math.min(...(await Promise.all(outputs.map(modifiedAt))));
  return oldestOutput >= newestInput;
}

/** Milliseconds; 0 for a file that does not exist. */
async function modifiedAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

async function build(): Promise<void> {
  const fresh = join(SCRATCH, `dist-${process.pid}`);
  const former = `${fresh}-former`;
  try {
    await compile(fresh);
    await rename(DIST, former).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
    await rename(fresh, DIST);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(former, { recursive: true, force: true });
  }
}

async function compile(folder: string): Promise<void> {
  const compiler = require.resolve("typescript/lib/tsc.js");
  const options = ["-p", SOURCE, "--outDir", folder];
  try {
    await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: REPOSITORY, timeout: BUILD_MS });
  } catch (error) {
    const { stdout, message } = error as Error & { stdout?: string };
    throw new Error(`The package does not compile:\n${stdout || message}`);
  }
  await cp(join(SOURCE, COPIED), join(folder, COPIED), { recursive: true });
  await chmod(join(folder, "cli/main.js"), 0o755);
}
