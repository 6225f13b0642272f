/** Programs of each kind that Pulumi runs, and a project that has nothing but the packed package. */
import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../provider/emulator/index.js";
import { longRunTest } from "../proof.js";
import { idOf, liveTopics } from "./chat-rest.js";
import { Stack } from "./stack.js";

const run = promisify(execFile);
const ROOT = resolve(".");

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => emulator.reset());

const TSCONFIG = JSON.stringify({
  compilerOptions: { target: "es2022", module: "nodenext", strict: true, skipLibCheck: true, rootDir: "../../../.." },
});

/** Brings a program up, and down again. */
async function expectToWork(stack: Stack, key = "general"): Promise<void> {
  expect(await stack.up()).toContain(idOf(key));
  expect(Object.keys(liveTopics(emulator))).toContain(key);
  await stack.destroy();
  expect(liveTopics(emulator)).toEqual({});
}

describe("a program", () => {
  let stack: Stack | undefined;
  afterEach(() => stack?.[Symbol.asyncDispose]());

  longRunTest("in TypeScript works", async () => {
    const program = `
      import { ChatTopic } from "pulumi-tencent-chat";
      const general = new ChatTopic("general", { groupId: "@TGS#_players", topicName: "General" });
      export const id = general.topicId;`;
    const files = { "index.ts": program, "tsconfig.json": TSCONFIG };
    stack = await Stack.create(emulator, { program: "index.ts", files, typescript: true });
    await expectToWork(stack);
  });

  longRunTest("in JavaScript works", async () => {
    const program = `
      const { ChatTopic } = require("pulumi-tencent-chat");
      exports.id = new ChatTopic("general", { groupId: "@TGS#_players", topicName: "General" }).topicId;`;
    stack = await Stack.create(emulator, { program: "index.js", files: { "index.js": program } });
    await expectToWork(stack);
  });

  longRunTest("as an ES module works", async () => {
    const program = `
      import { ChatTopic } from "pulumi-tencent-chat";
      export const id = new ChatTopic("general", { groupId: "@TGS#_players", topicName: "General" }).topicId;`;
    stack = await Stack.create(emulator, { program: "index.mjs", files: { "index.mjs": program } });
    await expectToWork(stack);
  });

  test("that declares topics inside a component works", async () => {
    const program = `
      const pulumi = require("@pulumi/pulumi");
      const { ChatTopic } = require("pulumi-tencent-chat");
      class Team extends pulumi.ComponentResource {
        constructor(name) {
          super("test:index:Team", name);
          this.topics = ["general", "random"].map(
            (key) => new ChatTopic(key, { groupId: "@TGS#_players", topicName: key }, { parent: this }));
        }
      }
      exports.ids = new Team("team").topics.map((topic) => topic.topicId);`;
    stack = await Stack.create(emulator, { program: "index.js", files: { "index.js": program } });
    await expectToWork(stack);
  });

  test("whose group id is known only after another resource exists works, and its preview is clean", async () => {
    const program = `
      const pulumi = require("@pulumi/pulumi");
      const { ChatTopic } = require("pulumi-tencent-chat");
      const provider = {
        create: async () => ({ id: "g", outs: { groupId: "@TGS#_players" } }),
        diff: async () => ({ changes: false }),
      };
      class Group extends pulumi.dynamic.Resource {
        constructor(name) { super(provider, name, { groupId: undefined }); }
      }
      exports.id = new ChatTopic("general", { groupId: new Group("group").groupId, topicName: "General" }).topicId;`;
    stack = await Stack.create(emulator, { program: "index.js", files: { "index.js": program } });
    expect(await stack.preview()).toContain("3 to create");
    await stack.up();
    await stack.up("--expect-no-changes");
    expect(Object.keys(liveTopics(emulator))).toEqual(["general"]);
  });
});

describe("a project that installs the packed package", () => {
  let stack: Stack;
  let tarball: string;

  beforeAll(async () => {
    const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts"], { timeout: 60_000 });
    tarball = join(ROOT, JSON.parse(stdout)[0].filename);
    const { devDependencies } = JSON.parse(await readFile("package.json", "utf8"));
    const project = {
      name: "installed",
      private: true,
      dependencies: { "@pulumi/pulumi": devDependencies["@pulumi/pulumi"], "pulumi-tencent-chat": `file:${tarball}` },
    };
    const program = `
      import { ChatTopic } from "pulumi-tencent-chat";
      export const id = new ChatTopic("general", { groupId: "@TGS#_players", topicName: "General" }).topicId;`;
    const files = {
      "index.ts": `import { DEFAULT_GROUP_ID } from "pulumi-tencent-chat/emulator"; ${program}\nDEFAULT_GROUP_ID.trim();`,
      "index.mjs": program,
      "package.json": JSON.stringify(project),
    };
    // Outside of the repository, so that nothing but what it installs can be found.
    stack = await Stack.create(emulator, { program: "index.ts", files, typescript: true, parent: tmpdir() });
    const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    await run("npm", install, { cwd: stack.folder, timeout: 170_000 });
  });
  afterAll(async () => {
    await stack?.[Symbol.asyncDispose]();
    await rm(tarball, { force: true });
  });

  test("works in TypeScript without a compiler of its own, where Pulumi falls back to TypeScript 3.8", async () => {
    await expectToWork(stack);
  });

  test("works as an ES module", async () => {
    await stack.runs("index.mjs");
    await expectToWork(stack);
  });

  test("has the tencent-chat command", async () => {
    const { stdout } = await run(join(stack.folder, "node_modules/.bin/tencent-chat"), ["--help"], { timeout: 20_000 });
    expect(stdout).toContain("emulator");
  });
});
