/**
 * The parts of `npm run engine` that need no engine: where the cache is, what is taken from PATH, what counts as whole.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cachedEngine, cacheFolder, engineFolder, makeCachedEngine } from "./cache.mts";
import { findEngineOnPath } from "./path-search.mts";
import { ENGINE_PROGRAMS, programFile } from "./programs.mts";
import { runProgram } from "./run-program.mts";
import { isAtLeast, versionIn } from "./version.mts";

const PROGRAMS = ENGINE_PROGRAMS.map((program) => programFile(program));

let folder: string;
let said: string[];
const log = (line: string) => void said.push(line);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-"));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with fake programs. */
function fake(name: string, files: readonly string[] = PROGRAMS): string {
  const bin = join(folder, name);
  mkdirSync(bin, { recursive: true });
  for (const file of files) {
    writeFileSync(join(bin, file), "fake");
    chmodSync(join(bin, file), 0o755);
  }
  return bin;
}

const fill = async (staging: string) => void fake(join(staging.slice(folder.length + 1), "bin"));

describe("the cache folder", () => {
  test("follows XDG_CACHE_HOME on Linux, and ~/.cache without it", () => {
    expect(cacheFolder("linux", { XDG_CACHE_HOME: "/caches" }, "/home/me")).toBe("/caches");
    expect(cacheFolder("linux", {}, "/home/me")).toBe("/home/me/.cache");
  });

  test("ignores a relative XDG_CACHE_HOME, as its specification says", () => {
    expect(cacheFolder("linux", { XDG_CACHE_HOME: "caches" }, "/home/me")).toBe("/home/me/.cache");
  });

  test("is Library/Caches on macOS, whatever XDG_CACHE_HOME says", () => {
    expect(cacheFolder("darwin", { XDG_CACHE_HOME: "/caches" }, "/Users/me")).toBe("/Users/me/Library/Caches");
  });

  test("is LOCALAPPDATA on Windows, and its usual place without it", () => {
    expect(cacheFolder("win32", { LOCALAPPDATA: "D:\\Local" }, "C:\\Users\\me")).toBe("D:\\Local");
    expect(cacheFolder("win32", {}, "C:\\Users\\me")).toBe("C:\\Users\\me\\AppData\\Local");
  });
});

describe("the search of PATH", () => {
  const search = (path: string[], answer = "v3.274.1\n") =>
    findEngineOnPath({ path: path.join(delimiter), log, askVersion: async () => answer });

  test("takes the first folder that holds all three programs", async () => {
    const [first, second] = [fake("first"), fake("second")];
    expect(await search([join(folder, "absent"), first, second])).toBe(first);
    expect(said).toEqual([]);
  });

  test("passes over a folder that lacks a program, names it, and goes on", async () => {
    const partial = fake("partial", ["pulumi", "pulumi-language-nodejs"]);
    const whole = fake("whole");
    expect(await search([partial, whole])).toBe(whole);
    expect(said).toEqual([expect.stringContaining("no pulumi-resource-pulumi-nodejs beside it")]);
  });

  test("finds the other programs beside the file that a linked `pulumi` points to", async () => {
    const whole = fake("whole");
    const links = fake("links", []);
    symlinkSync(join(whole, "pulumi"), join(links, "pulumi"));
    expect(await search([links])).toBe(whole);
  });

  test("does not take a file that cannot be executed", async () => {
    const whole = fake("whole");
    chmodSync(join(whole, "pulumi-language-nodejs"), 0o644);
    expect(await search([whole])).toBeUndefined();
  });

  test.each([
    ["v3.253.9", "the tests need 3.254.0 or newer"],
    ["v4.0.0", "the tests need a version 3"],
    ["", "which is no version"],
  ])("passes over a Pulumi whose version is %j and says why", async (answer, reason) => {
    expect(await search([fake("whole")], answer)).toBeUndefined();
    expect(said).toEqual([expect.stringContaining(reason)]);
  });

  test("passes over a Pulumi that cannot tell its version", async () => {
    const path = fake("whole");
    const askVersion = () => Promise.reject(new Error("it hangs."));
    expect(await findEngineOnPath({ path, log, askVersion })).toBeUndefined();
    expect(said).toEqual([expect.stringContaining("it hangs.")]);
  });
});

describe("the cache of engines", () => {
  const place = () => engineFolder(folder);
  const beside = () => readdirSync(dirname(place()));

  test("keeps what was made and takes it the next time", async () => {
    const bin = await makeCachedEngine(place(), log, fill);
    expect(cachedEngine(place())).toBe(bin);
    expect(beside()).toEqual([place().slice(dirname(place()).length + 1)]);
  });

  test("does not take three programs that no maker declared whole", () => {
    fake(join(place().slice(folder.length + 1), "bin"));
    expect(cachedEngine(place())).toBeUndefined();
  });

  test("does not take an engine with a program that is lost or cut short", async () => {
    const bin = await makeCachedEngine(place(), log, fill);
    writeFileSync(join(bin, PROGRAMS[0] as string), "");
    expect(cachedEngine(place())).toBeUndefined();
    rmSync(join(bin, PROGRAMS[0] as string));
    expect(cachedEngine(place())).toBeUndefined();
  });

  test("makes a damaged engine anew", async () => {
    rmSync(join(await makeCachedEngine(place(), log, fill), PROGRAMS[0] as string));
    const bin = await makeCachedEngine(place(), log, fill);
    expect(cachedEngine(place())).toBe(bin);
    expect(beside()).toHaveLength(1);
  });

  test("keeps nothing of a maker that failed", async () => {
    const failing = makeCachedEngine(place(), log, async (staging) => {
      await fill(staging);
      throw new Error("no network");
    });
    await expect(failing).rejects.toThrow("no network");
    expect(beside()).toEqual([]);
  });

  test("keeps nothing of a maker that left out a program", async () => {
    await expect(makeCachedEngine(place(), log, async () => {})).rejects.toThrow("lacks");
    expect(cachedEngine(place())).toBeUndefined();
  });

  test("lets a second maker wait for the first and take its engine", async () => {
    let makers = 0;
    const make = async (staging: string) => {
      makers++;
      await fill(staging);
    };
    const [first, second] = await Promise.all([
      makeCachedEngine(place(), log, make),
      makeCachedEngine(place(), log, make),
    ]);
    expect(second).toBe(first);
    expect(makers).toBe(1);
  });

  test("ends well when two makers finish one after the other all the same", async () => {
    const bin = await makeCachedEngine(place(), log, async (staging) => {
      await fill(staging);
      rmSync(`${place()}.lock`);
      await makeCachedEngine(place(), log, fill);
    });
    expect(cachedEngine(place())).toBe(bin);
    expect(beside()).toHaveLength(1);
  });

  test.each([
    ["whose process is gone", `{"host":"${hostname()}","pid":4194304}`, 0],
    ["that nobody has touched for minutes", `{"host":"elsewhere","pid":1}`, 600],
  ])("does not wait for a lock %s", async (_, content, secondsOld) => {
    mkdirSync(dirname(place()), { recursive: true });
    const lock = `${place()}.lock`;
    writeFileSync(lock, content);
    const touched = new Date(Date.now() - secondsOld * 1000);
    utimesSync(lock, touched, touched);
    expect(await makeCachedEngine(place(), log, fill)).toBe(cachedEngine(place()));
    expect(said).toEqual([]);
    expect(existsSync(lock)).toBe(false);
  });

  test("removes what a killed maker left behind, and not what a living one is at", async () => {
    const [old, fresh] = [`${place()}.staging-old`, `${place()}.staging-fresh`];
    for (const staging of [old, fresh]) mkdirSync(staging, { recursive: true });
    const longAgo = new Date(Date.now() - 24 * 3600_000);
    utimesSync(old, longAgo, longAgo);
    await makeCachedEngine(place(), log, fill);
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  });
});

describe("running a program", () => {
  const node = (script: string, timeLimit = 30_000) =>
    runProgram(process.execPath, ["-e", script], { doing: "the script", timeLimit });

  test("returns what it printed", async () => {
    expect(await node("console.log('v1.2.3'); console.error('a warning')")).toBe("v1.2.3\n");
  });

  test("tells the exit code and the last lines of one that fails", async () => {
    await expect(node("console.error('disk full'); process.exit(3)")).rejects.toThrow(/exit code 3[\s\S]*disk full/);
  });

  test("stops one that takes too long", async () => {
    await expect(node("setInterval(() => {}, 1000)", 200)).rejects.toThrow("took longer than 0.2 s");
  });

  test("tells that a program does not exist by its code", async () => {
    const missing = runProgram(join(folder, "absent"), [], { doing: "nothing", timeLimit: 1000 });
    await expect(missing).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("versions", () => {
  test.each([
    ["v3.274.1", [3, 274, 1]],
    ["go1.26.8 X:nocoverageredesign", [1, 26, 8]],
    ["go1.27rc1", [1, 27, 0]],
    ["unknown", undefined],
  ])("are read from %j", (text, version) => {
    expect(versionIn(text)).toEqual(version);
  });

  test("compare by number, not by text", () => {
    expect(isAtLeast([3, 254, 0], [3, 99, 9])).toBe(true);
    expect(isAtLeast([3, 253, 9], [3, 254, 0])).toBe(false);
    expect(isAtLeast([3, 254, 0], [3, 254, 0])).toBe(true);
  });
});
