/** What a user gets: the files of the tarball, its size, and what loading it costs and leaves behind. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../dynamic/built-package.js";
import { createPackedProject, type PackedProject, pack } from "./packed-project.js";

const run = promisify(execFile);
const NODE_MS = 20_000;

let project: PackedProject;
let installed: string;
beforeAll(async () => {
  project = await createPackedProject();
  installed = join(project.path, "node_modules/pulumi-tencent-chat");
});
afterAll(() => project?.[Symbol.asyncDispose]());

/** What a script prints, run in the project by a Node.js of its own, which has to end by itself. */
async function node(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, args, { cwd: project.path, timeout: NODE_MS });
  return stdout.trim();
}

describe("the tarball", () => {
  test("holds the compiled code with its declarations, the emulator's page, four files beside, and nothing else", () => {
    const paths = project.packed.files.map(({ path }) => path);
    const beside = paths.filter((path) => !/^dist\/[\w/-]+\.(js|d\.ts)$/.test(path));
    const page = readdirSync(join(REPOSITORY, "provider/emulator/page")).map((name) => `dist/emulator/page/${name}`);
    expect(beside.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json", ...page].sort());
    // A declaration for each file of code, and neither for what is no more.
    const sources = (ending: string) =>
      paths.filter((path) => path.endsWith(ending)).map((path) => path.slice(0, -ending.length));
    expect(sources(".d.ts")).toEqual(sources(".js"));
    for (const name of sources(".js")) {
      expect(existsSync(join(REPOSITORY, name.replace(/^dist/, "provider").concat(".ts"))), name).toBe(true);
    }
  });

  test("serves the emulator's page, with all that it loads", async () => {
    const program = `
      const { startEmulator } = require("pulumi-tencent-chat/emulator");
      startEmulator().then(async (emulator) => {
        const files = ["/", "/page/main.mjs", "/page/page.css", "/page/icon.svg"];
        console.log((await Promise.all(files.map((file) => fetch(emulator.url + file)))).map(({ status }) => status).join());
        await emulator.close();
      });`;
    expect(await node("-e", program)).toBe("200,200,200,200");
  });

  test("stays small", () => {
    const { size, unpackedSize, files } = project.packed;
    console.log(`package: ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked, ${files.length} files`);
    // Room to grow; what it must not do is bring tests, maps or data along unseen.
    expect(size).toBeLessThan(300_000);
  });

  test("is the same, byte for byte, whenever it is packed", async () => {
    const now = new Date();
    await utimes(join(REPOSITORY, "dist/index.js"), now, now);
    const { integrity } = await pack(project.path);
    expect(integrity).toBe(project.packed.integrity);
  });

  test("names only files that are in it", () => {
    const { main, types, bin, exports, typesVersions } = JSON.parse(
      readFileSync(join(installed, "package.json"), "utf8"),
    );
    const named =
      JSON.stringify([main, types, bin, exports, typesVersions["*"]]).match(/[\w./-]+\.(json|js|ts)\b/g) ?? [];
    expect(named.length).toBeGreaterThan(8);
    for (const file of named) expect(existsSync(join(installed, file)), file).toBe(true);
  });
});

test("the command is not disturbed when its reader has enough, as `head` has", async () => {
  const child = spawn(process.execPath, [join(installed, "dist/cli/main.js"), "help"], { timeout: NODE_MS });
  child.stdout.destroy();
  let complaint = "";
  child.stderr.on("data", (chunk) => (complaint += chunk));
  const [code] = await once(child, "close");
  expect({ code, complaint }).toEqual({ code: 0, complaint: "" });
});

const ENTRIES = ["pulumi-tencent-chat", "pulumi-tencent-chat/runtime", "pulumi-tencent-chat/emulator"];

describe("the installed package", () => {
  test("leaves nothing behind when it is loaded, and keeps no process running", async () => {
    const script = `
      require("@pulumi/pulumi");
      const before = Object.getOwnPropertyNames(globalThis);
      const listeners = process.eventNames().length;
      for (const entry of ${JSON.stringify(ENTRIES)}) require(entry);
      // Two copies of zod find each other by these.
      const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name) && !/^__zod_/.test(name));
      console.log(JSON.stringify([added, process.eventNames().length - listeners]));`;
    expect(JSON.parse(await node("-e", script))).toEqual([[], 0]);
  });

  test("can be loaded by require and by import alike", async () => {
    const required = `console.log(Object.keys(require("pulumi-tencent-chat")).sort().join())`;
    const imported = `import * as all from "pulumi-tencent-chat"; console.log(Object.keys(all)
      .filter((name) => name !== "default" && name !== "module.exports" && name !== "__esModule").sort().join())`;
    const names = await node("-e", required);
    expect(names).toContain("ChatTopic");
    expect(await node("--input-type=module", "-e", imported)).toBe(names);
  });

  test("shows nothing but its entry points", async () => {
    const script = `try { require("pulumi-tencent-chat/dist/chat/caller.js") } catch ({ code }) { console.log(code) }`;
    expect(await node("-e", script)).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  test("tells what its start costs", async () => {
    const script = `
      require("@pulumi/pulumi");
      const timed = (entry) => { const start = performance.now(); require(entry); return performance.now() - start; };
      console.log(JSON.stringify([timed("pulumi-tencent-chat"), timed("pulumi-tencent-chat/runtime")]));`;
    const loads: [number, number][] = [];
    for (let round = 0; round < 3; round++) loads.push(JSON.parse(await node("-e", script)));
    const [program, runtime] = [median(loads.map(([time]) => time)), median(loads.map(([, time]) => time))];
    const help: number[] = [];
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      expect(await node(join(installed, "dist/cli/main.js"), "--help")).toContain("emulator");
      help.push(performance.now() - start);
    }
    // Told and not judged: they are the machine's as much as the package's.
    console.log(
      `start-up: ${tenths(program)} to load the package and ${tenths(runtime)} its runtime, beside @pulumi/pulumi; ` +
        `${tenths(median(help))} for tencent-chat --help, Node.js itself included`,
    );
  }, 120_000);

  test("loads for help none of what its commands need", async () => {
    const script = `
      process.on("exit", () => console.error(Object.keys(require.cache).join("\\n")));
      process.argv.push("tencent-chat", "--help");
      require(${JSON.stringify(join(installed, "dist/cli/main.js"))});`;
    const { stderr } = await run(process.execPath, ["-e", script], { cwd: project.path, timeout: NODE_MS });
    expect(stderr).toContain("commander");
    for (const heavy of ["undici", "zod", "hono", "yaml", "@pulumi"])
      expect(stderr).not.toContain(`node_modules/${heavy}/`);
  });
});

function median(figures: readonly number[]): number {
  return figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] as number;
}

const kilobytes = (bytes: number) => `${Math.round(bytes / 1_000)} kB`;
const tenths = (milliseconds: number) => `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
