/**
 * The `tencent-chat` command in this process: what it prints, and how it ends.
 */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "../../provider/cli/program.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "emulator-cli-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command; `whileRunning` gets its output when it first prints, and its end lets the command stop. */
async function run(args: string[], whileRunning?: (out: string) => Promise<void>) {
  let out = "";
  let err = "";
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let watching: Promise<void> | undefined;
  const code = await runCli(args, {
    out: (text) => {
      out += text;
      watching ??= whileRunning?.(out).finally(stop);
    },
    err: (text) => {
      err += text;
    },
    stopped: () => stopped,
  });
  await watching;
  return { code, out, err };
}

describe("emulator", () => {
  test("prints exactly one line, serves until it is stopped, and ends with 0", async () => {
    let health: unknown;
    const { code, out, err } = await run(["emulator"], async (line) => {
      health = await (await fetch(`${line.trim().split(" ").at(-1)}/_emulator/health`)).json();
    });
    expect(health).toEqual({ status: "ok" });
    expect(out).toMatch(/^Chat emulator listening on http:\/\/127\.0\.0\.1:\d+\n$/);
    expect([code, err]).toEqual([0, ""]);
  });

  test("starts from --seed and saves to --data", async () => {
    const seed = join(folder, "seed.json");
    const data = join(folder, "data.json");
    await writeFile(seed, '{"apps":[{"sdkAppId":7,"secretKey":"k"}]}');
    const { code } = await run(["emulator", "--port", "0", "--seed", seed, "--data", data], async () => undefined);
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(data, "utf8"))).toMatchObject({ formatVersion: 1, apps: [{ sdkAppId: 7 }] });
  });

  test.each([
    ["a port that is none", ["emulator", "--port", "70000"], "It must be an integer from 0 to 65535"],
    ["a seed that is not there", ["emulator", "--seed", "/nowhere/seed.json"], "could not be read"],
    ["an unknown option", ["emulator", "--colour", "red"], "unknown option '--colour'"],
    ["an argument too many", ["emulator", "now"], "too many arguments"],
    ["an unknown command", ["paint"], "unknown command 'paint'"],
  ])("with %s ends with 2 and says so on stderr", async (_what, args, message) => {
    const { code, out, err } = await run(args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(message);
  });

  test("with a seed that is not valid ends with 2 and names the wrong value", async () => {
    const seed = join(folder, "seed.json");
    await writeFile(seed, '{"apps":[{"sdkAppId":7}]}');
    expect(await run(["emulator", "--seed", seed])).toMatchObject({
      code: 2,
      err: expect.stringContaining("seed.apps[0].secretKey: is missing"),
    });
  });
});

test("--version prints the package's version", async () => {
  const { version } = JSON.parse(await readFile(join(__dirname, "../../package.json"), "utf8"));
  expect(await run(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

test("--help goes to stdout with 0, no command at all is wrong usage", async () => {
  expect(await run(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("emulator") });
  expect(await run([])).toMatchObject({ code: 2, out: "" });
});
