/** `tencent-chat doctor` on a machine and in a project that are broken in each way that it can tell. */
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { CHECKS } from "../../provider/cli/doctor/checks/index.js";
import { type Emulator, startEmulator } from "../../provider/emulator/index.js";
import type { ProjectFolder } from "../dynamic/project-folder.js";
import { createHealthyProject, examine, programsOf, runDoctor, stubEnvironment, writeProgram } from "./doctor-run.js";

/** The package may have to be built first, in milliseconds. */
const BUILD_MS = 90_000;

let emulator: Emulator;
let project: ProjectFolder;
/** A folder for programs that come before the others on PATH, or for another project. */
let extra: string;

beforeAll(async () => {
  emulator = await startEmulator();
  project = await createHealthyProject();
}, BUILD_MS);
afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
  await emulator?.close();
});
beforeEach(async () => {
  // Always another one: Node.js remembers what it found in a folder.
  extra = await mkdtemp(join(project.path, "extra-"));
  stubEnvironment(project, emulator);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(extra, { recursive: true, force: true });
});

const doctor = (...args: string[]) => examine("--cwd", project.path, ...args);

function usePath(...folders: string[]): void {
  vi.stubEnv("PATH", folders.join(delimiter));
}

/** Does something with a file of the project that is put back afterwards. */
async function withChanged<T>(path: string, change: (file: string) => Promise<unknown>, act: () => Promise<T>) {
  const file = join(project.path, path);
  const kept = join(project.path, "kept");
  await rename(file, kept);
  try {
    await change(file);
    return await act();
  } finally {
    await rm(file, { recursive: true, force: true });
    await rename(kept, file);
  }
}

/** A package of which nothing but its package.json matters. */
async function writePackage(folder: string, contents: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify(contents));
}

/** Examines a project of its own, whose SDK lies in `extra`. */
async function examineWithSdk(yaml?: string) {
  await using other = await createHealthyProject(extra);
  if (yaml !== undefined) await writeFile(join(other.path, "Pulumi.yaml"), yaml);
  return await examine("--cwd", other.path);
}

describe("Node.js", () => {
  test("that is too old and first on PATH fails, although this process runs on a newer one", async () => {
    await writeProgram(join(extra, "node"), "echo v20.20.2");
    usePath(extra, programsOf(project));
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["node"] });
    expect(examined.of("node").text).toBe(`20.20.2 at ${join(extra, "node")} is older than 22.19`);
    expect(examined.skipped).toEqual(expect.arrayContaining(["sdk", "package", "typescript"]));
    expect(examined.of("host").status).toBe("ok");
  });

  test("that is a nightly build passes", async () => {
    await writeProgram(join(extra, "node"), "echo v99.0.0-nightly20260101abcdef");
    usePath(extra, programsOf(project));
    expect((await doctor()).of("node")).toMatchObject({
      status: "ok",
      text: `99.0.0-nightly20260101abcdef at ${join(extra, "node")}`,
    });
  });

  test("that is missing, or does not run, fails", async () => {
    usePath(extra);
    expect((await doctor()).of("node")).toMatchObject({
      status: "failed",
      text: expect.stringContaining("not on PATH"),
    });
    await writeProgram(join(extra, "node"), "exit 1");
    expect((await doctor()).of("node")).toMatchObject({
      status: "failed",
      text: expect.stringContaining("does not run"),
    });
  });

  test("that only npm has put on PATH, before one that is too old, is a warning", async () => {
    const bin = join(extra, "node_modules/.bin");
    await mkdir(bin, { recursive: true });
    await symlink(process.execPath, join(bin, "node"));
    await writeProgram(join(extra, "node"), "echo v20.20.2");
    usePath(bin, extra, programsOf(project));
    vi.stubEnv("npm_command", "exec");
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 0, warned: ["node"] });
    expect(examined.of("node").text).toContain(`without npm it is 20.20.2 at ${join(extra, "node")}`);
    vi.stubEnv("npm_command", undefined);
    expect(await doctor()).toMatchObject({ code: 0, warned: [] });
  });
});

describe("the Pulumi CLI", () => {
  test("that is missing fails", async () => {
    await symlink(process.execPath, join(extra, "node"));
    usePath(extra);
    const examined = await doctor();
    expect(examined).toMatchObject({ code: 1, failed: ["pulumi"] });
    expect(examined.of("pulumi").remedy).toContain("https://www.pulumi.com/docs/install/");
  });

  test("that is missing fails a run with --stack at the settings too", async () => {
    await symlink(process.execPath, join(extra, "node"));
    usePath(extra);
    const examined = await doctor("--stack", "dev");
    expect(examined).toMatchObject({ code: 1, failed: ["pulumi", "settings"] });
    expect(examined.of("settings").text).toBe("the Pulumi CLI is not on PATH; install it, or put its folder on PATH");
    expect(examined.of("spelling").status).toBe("skipped");
  });

  test("of a prerelease passes, under its whole version", async () => {
    await writeProgram(join(extra, "pulumi"), "echo v3.275.0-alpha.1");
    usePath(extra, programsOf(project));
    expect((await doctor()).of("pulumi")).toMatchObject({
      status: "ok",
      text: `3.275.0-alpha.1 at ${join(extra, "pulumi")}`,
    });
  });

  test.each(["v3.253.9", "v2.999.0"])("of version %s is too old", async (version) => {
    await writeProgram(join(extra, "pulumi"), `echo ${version}`);
    usePath(extra, programsOf(project));
    expect((await doctor()).of("pulumi")).toMatchObject({
      status: "failed",
      text: expect.stringContaining("is older than 3.254.0"),
    });
  });

  test("that complains is quoted", async () => {
    await writeProgram(join(extra, "pulumi"), "echo 'it is broken' >&2; exit 3");
    usePath(extra, programsOf(project));
    expect((await doctor()).of("pulumi").text).toBe(`${join(extra, "pulumi")} does not run: it is broken`);
  });
});

describe("@pulumi/pulumi", () => {
  test.each([
    ["too old", { version: "3.267.9" }, "@pulumi/pulumi 3.267.9 is not in the range >=3.268.0 <4"],
    ["too new", { version: "4.0.0" }, "@pulumi/pulumi 4.0.0 is not in the range >=3.268.0 <4"],
    ["made for a newer Node.js", { version: "3.999.0", engines: { node: ">=99" } }, "needs Node.js >=99"],
    ["made for older ones", { version: "3.999.0", engines: { node: "^18 || ^20" } }, "needs Node.js ^18 || ^20"],
  ])("that is %s fails", async (_, contents, words) => {
    await writePackage(extra, contents);
    const examined = await examineWithSdk();
    expect(examined).toMatchObject({ code: 1, failed: ["sdk"] });
    expect(examined.of("sdk").text).toContain(words);
    expect(examined.of("package").text).toBe("not checked: “sdk” failed");
  });

  test("that is missing fails", async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), "doctor-"));
    await writeFile(join(elsewhere, "Pulumi.yaml"), "name: bare\nruntime: nodejs\n");
    const examined = await examine("--cwd", elsewhere);
    await rm(elsewhere, { recursive: true });
    expect(examined).toMatchObject({ code: 1, failed: ["sdk"] });
    expect(examined.of("sdk").remedy).toBe('npm install "@pulumi/pulumi@>=3.268.0 <4" in the project');
  });
});

describe("this package", () => {
  test("that the provider process cannot load fails, with Node's own word for it", async () => {
    const broken = (folder: string) => writePackage(folder, { version: "0.1.0" });
    const examined = await withChanged("node_modules/pulumi-tencent-chat", broken, doctor);
    expect(examined).toMatchObject({ code: 1, failed: ["package"] });
    expect(examined.of("package")).toMatchObject({
      text: expect.stringMatching(/cannot load .*: Error: Cannot find module .*pulumi-tencent-chat/s),
      remedy: expect.stringContaining("direct dependency"),
    });
  });

  test("that is of another version in the project is a warning", async () => {
    const file = "node_modules/pulumi-tencent-chat/package.json";
    const text = await readFile(join(project.path, file), "utf8");
    const newer = (path: string) => writeFile(path, text.replace(/"version": "[^"]*"/, '"version": "9.9.9"'));
    const examined = await withChanged(file, newer, doctor);
    expect(examined).toMatchObject({ code: 0, warned: ["package"] });
    expect(examined.of("package").text).toContain("the project has pulumi-tencent-chat 9.9.9");
  });
});

describe("TypeScript", () => {
  beforeEach(async () => {
    await writePackage(extra, { version: "3.270.0", peerDependencies: { typescript: ">= 3.8.3 < 7" } });
    await writePackage(join(extra, "node_modules/typescript"), { version: "7.0.2" });
  });

  test("7, which Pulumi cannot use, fails", async () => {
    const examined = await examineWithSdk();
    expect(examined.failed).toContain("typescript");
    expect(examined.of("typescript")).toMatchObject({
      text: expect.stringContaining("7.0.2 is not in Pulumi's range >= 3.8.3 < 7"),
      remedy: expect.stringContaining("typescript: false"),
    });
  });

  test("7 is fine where Pulumi.yaml keeps Pulumi from using it", async () => {
    const yaml = "name: healthy\nruntime:\n  name: nodejs\n  options:\n    typescript: false # compiled before\n";
    const examined = await examineWithSdk(yaml);
    expect(examined.of("typescript").status).toBe("ok");
  });
});

describe("a project", () => {
  test("that is not there fails", async () => {
    const examined = await examine("--cwd", "/");
    expect(examined.failed).toContain("project");
    expect(examined.skipped).toContain("sdk");
  });

  test("whose file is no YAML fails, with what to do, and a stack's settings are not looked for", async () => {
    const broken = (file: string) => writeFile(file, "name: [\n");
    const examined = await withChanged("Pulumi.yaml", broken, () => doctor("--stack", "dev"));
    expect(examined).toMatchObject({ code: 1, failed: ["project"] });
    expect(examined.of("project")).toMatchObject({
      text: expect.stringMatching(/Pulumi\.yaml cannot be read as a project: .* at line \d+, column \d+$/),
      remedy: expect.stringContaining("mend the file"),
    });
    expect(examined.of("settings").text).toContain("not checked: “project” failed");
    expect(examined.skipped).toContain("spelling");
  });

  test.each(["runtime: python", "runtime:\n  name: python", '{ "name": "x", "runtime": { "name": "python" } }'])(
    "of another runtime (%j) fails",
    async (text) => {
      const examined = await withChanged("Pulumi.yaml", (file) => writeFile(file, text), doctor);
      expect(examined.failed).toContain("project");
      expect(examined.of("project").text).toContain("has the runtime python");
    },
  );

  test.each(["main: EXTRA/", 'main: "EXTRA/index.ts"  # the program', "main: EXTRA/index.ts"])(
    "with its program elsewhere (%s) is looked at from there, as Pulumi does, and found from a folder below",
    async (line) => {
      const text = `name: elsewhere\nruntime:\n  name: nodejs\n${line.replace("EXTRA", basename(extra))}\n`;
      await writeFile(join(extra, "package.json"), "{}");
      const examined = await withChanged(
        "Pulumi.yaml",
        (file) => writeFile(file, text),
        () => examine("--cwd", extra),
      );
      expect(examined.of("package")).toMatchObject({
        status: "ok",
        text: expect.stringMatching(/found from .*\/extra-\w+$/),
      });
    },
  );
});

describe("a stack's state", () => {
  const SET = "pulumi-nodejs:dynamic/tencent-chat:ChatTopicSet";
  const urn = (types: string, name: string, projectName = "healthy") =>
    `urn:pulumi:dev::${projectName}::${types}::${name}`;
  const DEFAULT = `${urn("pulumi:providers:pulumi-nodejs", "default")}::0123`;

  /** Examines a stack whose state has these resources. */
  async function examineState(resources: readonly object[]) {
    const deployment = { resources: resources.map((resource) => ({ type: SET, ...resource })) };
    await writeFile(join(extra, "state.json"), JSON.stringify({ deployment }));
    const answers = `version) echo v3.274.1 ;; config) echo '{}' ;; stack) /bin/cat "${join(extra, "state.json")}" ;;`;
    await writeProgram(join(extra, "pulumi"), `case "$1" in ${answers} esac`);
    usePath(extra, programsOf(project));
    return (await doctor("--stack", "dev")).of("state");
  }

  test("that has a resource of another app fails with its whole name, and the component where the name says too little", async () => {
    const ours = { provider: DEFAULT, outputs: { sdkAppId: 1400000000 } };
    const other = { provider: DEFAULT, outputs: { sdkAppId: 1400000099 } };
    const { status, text } = await examineState([{ urn: urn(SET, "eu::topics"), ...other }]);
    expect([status, text]).toEqual(["failed", expect.stringMatching(/^eu::topics belongs to app 1400000099/)]);
    const { text: ambiguous } = await examineState([
      { urn: urn(SET, "topics"), ...ours },
      { urn: urn(`my:mod:Comp$${SET}`, "topics"), ...other },
    ]);
    expect(ambiguous).toMatch(/^my:mod:Comp::topics belongs to app 1400000099/);
  });

  test.each([
    ["default", "healthy", 1],
    ["default_3_270_0", "healthy", 1],
    ["eu", "default", 0],
    ["default_eu", "healthy", 0],
    ["eu::default::x", "healthy", 0],
  ])(
    "counts what has the stack's settings: with a provider named %s, in the project %s: %i",
    async (name, projectName, count) => {
      const provider = `${urn("pulumi:providers:pulumi-nodejs", name, projectName)}::0123`;
      const { text } = await examineState([{ urn: urn(SET, "topics", projectName), provider, outputs: {} }]);
      expect(text).toBe(`resources of app 1400000000: ${count}`);
    },
  );
});

describe("usage", () => {
  test("of a folder that does not exist, or of an unknown option, ends with 2", async () => {
    expect(await runDoctor("--cwd", "/nowhere/at/all")).toMatchObject({ code: 2, out: "" });
    expect(await runDoctor("--colour", "red")).toMatchObject({ code: 2, out: "" });
  });

  test("the help names every check", async () => {
    const { code, out } = await runDoctor("--help");
    expect(code).toBe(0);
    for (const { name } of CHECKS) expect(out).toMatch(new RegExp(`^ {2}${name} +\\S`, "m"));
  });
});

describe("the README", () => {
  const section = async () => {
    const text = await readFile("README.md", "utf8");
    return text.slice(text.indexOf("\n### doctor\n"), text.indexOf("\n### In CI\n"));
  };

  test("shows what it really says, but for folders, versions and time", async () => {
    vi.stubEnv("TENCENT_CHAT_TIMEOUT_SECONDS", undefined);
    vi.stubEnv("TENCENT_CHAT_SECRET_KEY", "another-key-".repeat(6).slice(0, 64));
    const { out } = await runDoctor("--cwd", project.path, "--group-id", "@TGS#_players");
    const plain = (text = "") => text.replaceAll(/\d+\.\d+\.\d+/g, "VERSION").replaceAll(/after \d+ ms/g, "after TIME");
    const [, shown] = /```text\n([\s\S]*?)```/.exec(await section()) ?? [];
    const said = out
      .replaceAll(programsOf(project), "/usr/local/bin")
      .replaceAll(project.path, "/home/me/chat")
      .replaceAll(new URL(emulator.url).host, "127.0.0.1:8080");
    expect(plain(said)).toBe(plain(shown));
  });

  test("lists every check, in order", async () => {
    const rows = [...(await section()).matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(CHECKS.map(({ name }) => name));
  });
});
