/** `tencent-chat export` against the emulator, as a user runs it who has nothing but environment variables. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync, watch } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type ts from "typescript";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runCli } from "../../../provider/cli/program.js";
import type { SeedTopic } from "../../../provider/emulator/index.js";
import { GROUP, idOf, SDK_APP_ID, SECRET_KEY, TestApp } from "../../chat/test-app.js";
import { ensureBuiltPackage } from "../../dynamic/built-package.js";
import { amount } from "../../proof.js";
import { typeFaults } from "../../type-faults.js";
import { AWKWARD_KEYS, AWKWARD_TEXTS } from "./awkward.js";
import { evaluate } from "./evaluate.js";

let app: TestApp;
let folder: string;
let out: string;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.reset([{ topicKey: "general", topicName: "General", muteAllMember: true }]);
  app.emulator.changeRules({ enforceFrequency: false });
  folder = await mkdtemp(join(tmpdir(), "export-"));
  out = join(folder, "chat");
  vi.stubEnv("TENCENT_CHAT_SDK_APP_ID", String(SDK_APP_ID));
  vi.stubEnv("TENCENT_CHAT_SECRET_KEY", SECRET_KEY);
  vi.stubEnv("TENCENT_CHAT_ENDPOINT", app.emulator.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: string[]): Promise<Result> {
  const written = { out: "", err: "" };
  const code = await runCli(["export", ...args], {
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    stopped: () => new Promise(() => {}),
  });
  return { code, ...written };
}

const exported = (...args: string[]) => run("--group-id", GROUP, "--out", out, ...args);
const file = (name: string) => readFile(join(out, name), "utf8");

describe("an export", () => {
  test("writes a program and an import file, tells what comes next, and changes nothing in the app", async () => {
    const before = app.emulator.state();
    const { code, out: text, err } = await exported();
    expect([code, err]).toEqual([0, ""]);
    expect(text).toContain(`Exported 1 topic of ${GROUP} (app ${SDK_APP_ID}) to ${join(out, "topics.ts")}`);
    expect(text).toMatch(/ {2}pulumi import --file \S+import\.json --generate-code=false --protect=false --yes\n/);
    expect(evaluate(await file("topics.ts"))).toEqual([
      {
        kind: "ChatTopicSet",
        name: "players",
        args: { groupId: GROUP, adopt: "matching", topics: { general: { topicName: "General", muteAllMember: true } } },
      },
    ]);
    expect(JSON.parse(await file("import.json")).resources).toMatchObject([{ name: "players", id: GROUP }]);
    expect(app.emulator.state()).toEqual(before);
    expect(app.commands()).toEqual(["get_topic"]);
  });

  test("declares single topics with --per-topic, the community with --community, under a name with --name", async () => {
    await exported("--per-topic", "--community", "--name", "eu");
    expect(evaluate(await file("topics.ts"))).toMatchObject([
      { kind: "ChatCommunity", name: "players", args: { groupId: GROUP, name: "Players" } },
      { kind: "ChatTopic", name: "eu-general", args: { groupId: GROUP, topicKey: "general", topicName: "General" } },
    ]);
  });

  test("writes JSON, with the program that reads it", async () => {
    const { out: text } = await exported("--format", "json", "--community", "--cwd", folder);
    expect((await readdir(out)).sort()).toEqual(["community.json", "import.json", "topics.json"]);
    expect(JSON.parse(await file("topics.json"))).toMatchObject({ groupId: GROUP, topics: { general: {} } });
    expect(text).toContain('const args: ChatTopicSetArgs = JSON.parse(readFileSync("chat/topics.json", "utf8"));');
  });

  test("of a community without topics is an empty set", async () => {
    await app.reset();
    expect((await exported()).code).toBe(0);
    expect(evaluate(await file("topics.ts"))).toMatchObject([{ args: { topics: {} } }]);
  });

  test("is the same again, in whatever order the service lists the topics", async () => {
    await app.reset(
      ["b", "a", "c"].map((key, at) => ({ topicKey: key, topicName: "Same", createTime: 100 - (at % 2) })),
    );
    await exported();
    const first = await file("topics.ts");
    app.emulator.changeRules({ topicOrder: "reversed" });
    await exported("--force");
    expect(await file("topics.ts")).toBe(first);
  });

  test("reads an answer that would be over 1 MB in parts", async () => {
    const topics = Array.from({ length: 200 }, (_, at) => {
      return { topicKey: `topic-${at}`, topicName: `Topic ${at}`, customString: '"'.repeat(3000) };
    });
    await app.reset(topics);
    expect((await exported()).code).toBe(0);
    expect(app.emulator.requests().map(({ code }) => code)).toContain(10018);
    const [set] = evaluate(await file("topics.ts")) as { args: { topics: Record<string, SeedTopic> } }[];
    expect(Object.keys(set?.args.topics ?? {})).toHaveLength(200);
    expect(set?.args.topics["topic-199"]).toEqual({ topicName: "Topic 199", customString: '"'.repeat(3000) });
  });

  test("summarises itself as JSON", async () => {
    const result = await exported("--json", "--cwd", folder);
    expect(JSON.parse(result.out)).toEqual({
      groupId: GROUP,
      sdkAppId: SDK_APP_ID,
      topics: 1,
      files: [join(out, "topics.ts"), join(out, "import.json")],
      byteLimits: null,
      leftOut: [],
      program: 'export * from "./chat/topics";',
      commands: [
        `pulumi --cwd ${folder} import --file chat/import.json --generate-code=false --protect=false --yes`,
        `pulumi --cwd ${folder} preview`,
      ],
    });
  });
});

describe("texts that cannot be declared as they are", () => {
  test("keep their length, and the setting that they need is told", async () => {
    await app.reset([{ topicKey: "long", topicName: "n".repeat(36) }]);
    const { code, out: text, err } = await exported();
    expect(code).toBe(0);
    expect(err).toContain("longer than today's limits (topicName)");
    expect(text).toContain(`pulumi config set tencent-chat:byteLimits '{"topicName":36}'\n`);
    vi.stubEnv("TENCENT_CHAT_BYTE_LIMITS", '{"topicName":36}');
    expect((await exported("--force")).err).toBe("");
  });

  test("are left out with a line on stderr and exit code 1, and the rest is exported", async () => {
    await app.reset([
      { topicKey: "half", topicName: "Half", introduction: "cut\0" },
      { topicKey: "none", topicName: "" },
    ]);
    const { code, err } = await exported();
    expect(code).toBe(1);
    expect(err).toContain(`topic "half" in ${GROUP}: \`introduction\` is left out and stays as it is in the app`);
    expect(err).toContain(`topic "none" in ${GROUP} is left out: its name must not be empty`);
    expect(evaluate(await file("topics.ts"))).toMatchObject([{ args: { topics: { half: { topicName: "Half" } } } }]);
  });
});

describe("on a bad day it ends with 2, writes nothing, and says what to do:", () => {
  test.each<[string, string[], RegExp]>([
    [
      "an unknown group",
      ["--group-id", "@TGS#_nobody"],
      /app 1400000001 holds no community @TGS#_nobody .*10010.*check --group-id/,
    ],
    ["a group that is no community", ["--group-id", "players"], /--group-id must start with @TGS#_.*“players”/],
    ["a topic's id", ["--group-id", idOf("x")], /--group-id holds @TOPIC#_: this is a topic's id/],
    [
      "a community with topics off",
      ["--group-id", "@TGS#_plain"],
      /@TGS#_plain: 11000.*switch communities and topics on/,
    ],
    ["a wrong format", ["--format", "yaml"], /Allowed choices are ts, json/],
    ["a project that is not there", ["--stack", "dev", "--cwd", "/nowhere"], /there is no folder \/nowhere/],
  ])("%s", async (_what, args, message) => {
    const { code, out: text, err } = await exported(...args);
    expect(err).toMatch(message);
    expect([code, text]).toEqual([2, ""]);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      "a wrong key",
      { TENCENT_CHAT_SECRET_KEY: "wrong" },
      /get_topic of @TGS#_players: 70009.*variable TENCENT_CHAT_SECRET_KEY/,
    ],
    [
      "an account without rights",
      { TENCENT_CHAT_ADMIN_ACCOUNT: "alice" },
      /@TGS#_players: 60010.*check `adminAccount`/,
    ],
    ["a wrong app", { TENCENT_CHAT_SDK_APP_ID: "7" }, /@TGS#_players: \d+.*`sdkAppId`/],
    [
      "missing settings",
      { TENCENT_CHAT_SECRET_KEY: "", TENCENT_CHAT_ENDPOINT: "" },
      /2 corrections:[\s\S]*secretKey[\s\S]*region[\s\S]*--stack <name>/,
    ],
    [
      "nobody at the endpoint",
      { TENCENT_CHAT_ENDPOINT: "http://127.0.0.1:1", TENCENT_CHAT_TIMEOUT_SECONDS: "1" },
      /127\.0\.0\.1:1/,
    ],
    ["no Pulumi for a stack", { PATH: "" }, /the Pulumi CLI is not on PATH/],
  ])("%s", async (what, variables, message) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const {
      code,
      out: text,
      err,
    } = await exported(...(what.includes("stack") ? ["--stack", "dev", "--cwd", folder] : []));
    expect(err).toMatch(message);
    // What helps with all settings is said once.
    expect(err.match(/--stack/g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(err).not.toContain(SECRET_KEY);
    expect([code, text]).toEqual([2, ""]);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([10007, 10015, 60020])("the service says no with %i", async (code) => {
    app.fault({ kind: "error", code, command: "get_topic", times: 1 });
    const result = await exported();
    expect(result).toMatchObject({ code: 2, out: "" });
    expect(result.err).toMatch(new RegExp(`get_topic of ${GROUP}: ${code}.*What to do:`));
  });

  test("files that are there, before the app is asked", async () => {
    await exported();
    app.emulator.clearRequests();
    expect(await exported()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/topics\.ts and .*import\.json exist/),
    });
    expect(app.commands()).toEqual([]);
  });

  test("a file in the place of the folder", async () => {
    await writeFile(out, "mine");
    expect(await exported()).toMatchObject({ code: 2, err: expect.stringContaining(`${out} is a file`) });
    expect(await readFile(out, "utf8")).toBe("mine");
  });

  test("no topics to declare one by one", async () => {
    await app.reset();
    expect(await exported("--per-topic")).toMatchObject({
      code: 2,
      err: expect.stringContaining("without --per-topic"),
    });
  });

  test("a community without a name", async () => {
    const seed = app.emulator.state();
    await app.emulator.reset({
      apps: seed.apps.map((one) => ({ ...one, communities: [{ groupId: GROUP, topics: [] }] })),
    });
    expect(await exported("--community")).toMatchObject({
      code: 2,
      err: expect.stringContaining("without --community"),
    });
  });
});

test("an export that is killed while it writes leaves no half-written file", { timeout: 120_000 }, async () => {
  await ensureBuiltPackage();
  await app.reset(
    Array.from({ length: 200 }, (_, at) => {
      return { topicKey: `topic-${at}`, topicName: `Topic ${at}`, customString: "c".repeat(3000) };
    }),
  );
  expect((await exported()).code).toBe(0);
  const whole = { "topics.ts": await file("topics.ts"), "import.json": await file("import.json") };
  for (let round = 0; round < amount(3, 20); round++) {
    await rm(out, { recursive: true });
    mkdirSync(out);
    const args = [resolve("dist/cli/main.js"), "export", "--group-id", GROUP, "--out", out];
    const child = spawn(process.execPath, args, { stdio: "ignore", timeout: 60_000, killSignal: "SIGKILL" });
    // The first change in the folder is the first of the writing; a later one is as good.
    let left = round % 3;
    const watcher = watch(out, () => left-- <= 0 && child.kill("SIGKILL"));
    await once(child, "close");
    watcher.close();
    for (const [name, text] of Object.entries(whole)) {
      const found = await readFile(join(out, name), "utf8").catch(() => text);
      expect(found === text, `${name} is whole, or not there`).toBe(true);
    }
    expect((await exported("--force")).code).toBe(0);
  }
});

test("an export of awkward keys and texts compiles, as programs of every form", { timeout: 120_000 }, async () => {
  await ensureBuiltPackage();
  await app.reset([
    ...AWKWARD_KEYS.map((topicKey) => ({ topicKey, topicName: "Topic" })),
    ...AWKWARD_TEXTS.map((text, at) => ({ topicKey: `text-${at}`, topicName: text, introduction: text })),
    { topicId: idOf("@TOPIC#cAbC"), topicName: "Assigned" },
  ]);
  const work = resolve("test/.work/exports");
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const forms = [[], ["--community"], ["--per-topic"], ["--per-topic", "--community"]];
  const programs: string[] = [];
  for (const [at, flags] of forms.entries()) {
    const typescript = join(work, `ts-${at}`);
    await run("--group-id", GROUP, "--out", typescript, ...flags);
    programs.push(join(typescript, "topics.ts"));
    const json = await run(
      "--group-id",
      GROUP,
      "--out",
      join(work, `json-${at}`),
      "--format",
      "json",
      "--json",
      ...flags,
    );
    programs.push(join(work, `json-${at}.ts`));
    await writeFile(programs.at(-1) as string, JSON.parse(json.out).program);
  }
  expect(typeFaults(programs)).toEqual([]);
  // The compiler that Pulumi falls back to where a project has none.
  const oldest: typeof ts = require("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js");
  for (const path of programs) {
    const text = await readFile(path, "utf8");
    expect(oldest.createSourceFile(path, text, oldest.ScriptTarget.ES2019)).toMatchObject({ parseDiagnostics: [] });
  }
});
