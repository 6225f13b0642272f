/**
 * The user's cache of engines, kept across checkouts. An engine is made in a staging folder beside its place and renamed
 * into place when whole, with a list of its files' sizes, so neither a build that was interrupted nor a file lost later
 * passes for an engine. Two makers at once do no harm: each has its own staging folder, and the second to finish takes
 * the first one's. The lock only spares the second the work; one whose holder has ended or gone silent is ignored.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, posix, win32 } from "node:path";
import { missingPrograms } from "./engine-folder.mts";
import { holdLock } from "./lock.mts";
import { ENGINE_PROGRAMS, ENGINE_VERSION, programFile } from "./programs.mts";

/** Written last. */
const MANIFEST = "engine.json";
const HEARTBEAT = 10_000;
/** A staging folder nobody has touched for this long (milliseconds) is left over from a maker that was killed. */
const ABANDONED = 60 * 60_000;

/** Where a user's caches belong on each platform. */
export function cacheFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === "win32") return env.LOCALAPPDATA || win32.join(home, "AppData", "Local");
  if (platform === "darwin") return posix.join(home, "Library", "Caches");
  // The XDG specification says that a relative path is to be ignored.
  const xdg = env.XDG_CACHE_HOME ?? "";
  return posix.isAbsolute(xdg) ? xdg : posix.join(home, ".cache");
}

/** The place of this version's engine for this machine, whether or not it is there. */
export function engineFolder(cache: string): string {
  return join(cache, "pulumi-tencent-chat", `engine-${ENGINE_VERSION}-${process.platform}-${process.arch}`);
}

/** Returns the folder with the programs if the engine in this place is whole. */
export function cachedEngine(place: string): string | undefined {
  const bin = join(place, "bin");
  try {
    const { sizes } = JSON.parse(readFileSync(join(place, MANIFEST), "utf8")) as Manifest;
    const whole = missingPrograms(bin).length === 0 && JSON.stringify(sizes) === JSON.stringify(programSizes(bin));
    return whole ? bin : undefined;
  } catch {
    return undefined;
  }
}

interface Manifest {
  readonly version: string;
  readonly sizes: Readonly<Record<string, number>>;
}

function programSizes(bin: string): Manifest["sizes"] {
  const files = ENGINE_PROGRAMS.map((program) => programFile(program));
  return Object.fromEntries(files.map((file) => [file, statSync(join(bin, file)).size]));
}

/**
 * Makes the engine in this place, or takes the one another process makes meanwhile.
 *
 * @param make puts the three programs into `<staging>/bin`; what else it leaves in staging is kept
 * @returns the folder with the programs
 */
export async function makeCachedEngine(
  place: string,
  log: (line: string) => void,
  make: (staging: string) => Promise<void>,
): Promise<string> {
  openCache(dirname(place));
  const lock = await holdLock(`${place}.lock`, log, () => cachedEngine(place) !== undefined);
  try {
    const made = cachedEngine(place);
    if (made) return made;
    removeAbandoned(place);
    const staging = mkdtempSync(`${place}.staging-`);
    const heartbeat = setInterval(() => touch(staging), HEARTBEAT).unref();
    try {
      mkdirSync(join(staging, "bin"));
      await make(staging);
      return settle(staging, place);
    } finally {
      clearInterval(heartbeat);
      rmSync(staging, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}

function openCache(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(
      `The engine cannot be kept in the user's cache (${reason}). Make that folder writable, then run again.`,
    );
  }
}

function settle(staging: string, place: string): string {
  const missing = missingPrograms(join(staging, "bin"));
  if (missing.length > 0) throw new Error(`The engine that was made lacks ${missing.join(", ")}.`);
  const manifest: Manifest = { version: ENGINE_VERSION, sizes: programSizes(join(staging, "bin")) };
  writeFileSync(join(staging, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  try {
    renameSync(staging, place);
  } catch (error) {
    // Another maker was faster, or what is there is not whole (only then is it moved out of the way).
    if (cachedEngine(place)) return join(place, "bin");
    if (!existsSync(place)) throw error;
    const damaged = mkdtempSync(`${place}.staging-`);
    renameSync(place, join(damaged, "damaged"));
    renameSync(staging, place);
    rmSync(damaged, { recursive: true, force: true });
  }
  return join(place, "bin");
}

function removeAbandoned(place: string): void {
  for (const name of readdirSync(dirname(place))) {
    if (!name.startsWith(`${basename(place)}.staging-`)) continue;
    const staging = join(dirname(place), name);
    const touched = statSync(staging, { throwIfNoEntry: false })?.mtimeMs;
    if (touched !== undefined && Date.now() - touched > ABANDONED) rmSync(staging, { recursive: true, force: true });
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Removed meanwhile: nothing to keep alive.
  }
}
