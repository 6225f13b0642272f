/** `tencent-chat parity` over the stacks of a project, each with an app of its own. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_GROUP_ID, type Emulator, type Seed, startEmulator } from "../../provider/emulator/index.js";
import { longRunTest } from "../proof.js";
import { Stack } from "./stack.js";

const APPS: Record<string, { sdkAppId: number; secretKey: string }> = {
  dev: { sdkAppId: 1400000001, secretKey: "key-of-the-development-app" },
  staging: { sdkAppId: 1400000002, secretKey: "key-of-the-staging-app" },
  prod: { sdkAppId: 1400000003, secretKey: "key-of-the-production-app" },
};
const TOPICS = {
  general: { topicName: "General", introduction: "Everything" },
  rules: { topicName: "Rules", muteAllMember: true },
};

let emulator: Emulator;
let project: Stack;

beforeAll(async () => {
  const communities = [{ groupId: DEFAULT_GROUP_ID, name: "Players", supportTopic: true, topics: [] }];
  const apps = Object.values(APPS).map((app) => ({ ...app, admins: ["administrator"], accounts: [], communities }));
  emulator = await startEmulator({ seed: { apps } });
  project = await Stack.create(emulator, {
    environment: { TENCENT_CHAT_SDK_APP_ID: undefined, TENCENT_CHAT_SECRET_KEY: undefined },
  });
  for (const [name, { sdkAppId, secretKey }] of Object.entries(APPS)) {
    if (name !== "dev") await project.succeed("stack", "init", name);
    await project.succeed("config", "set", "tencent-chat:sdkAppId", String(sdkAppId), "--stack", name);
    await project.succeed("config", "set", "--secret", "tencent-chat:secretKey", secretKey, "--stack", name);
  }
});
afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
  await emulator?.close();
});

async function up(stack: string, topics: object, more: object[] = []): Promise<void> {
  const set = { name: "topics", groupId: DEFAULT_GROUP_ID, topics };
  await project.declareAll({ sets: [set, ...more] as never });
  await project.up("--stack", stack);
}

async function parity(...args: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const main = resolve("dist/cli/main.js");
  const options = { cwd: resolve("."), env: project.environment, timeout: 60_000 };
  try {
    const command = [main, "parity", ...args, "--cwd", project.folder];
    return { exitCode: 0, ...(await promisify(execFile)(process.execPath, command, options)) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, stdout, stderr };
  }
}

test("stacks without topics are not called equal: nothing was compared", async () => {
  const { exitCode, stdout, stderr } = await parity("dev", "prod");
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("no topics are declared in dev, prod: nothing was compared");
});

describe("three environments of one program", () => {
  let equal: Seed;
  beforeAll(async () => {
    for (const stack of Object.keys(APPS)) await up(stack, TOPICS);
    await project.save();
    equal = emulator.state();
  });
  beforeEach(async () => {
    await project.restore();
    await emulator.reset(equal);
  });

  test("are equal, with the same fingerprint, and exit code 0", async () => {
    const { exitCode, stdout } = await parity("dev", "staging", "prod");
    expect(exitCode).toBe(0);
    const rows = stdout
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => row.split(/\s{2,}/));
    expect(rows.map(([stack, app, topics]) => [stack, app, topics])).toEqual([
      ["dev", "1400000001", "2"],
      ["staging", "1400000002", "2"],
      ["prod", "1400000003", "2"],
    ]);
    expect(new Set(rows.map(([, , , fingerprint]) => fingerprint)).size).toBe(1);
    expect(rows.map((row) => row.at(-1))).toEqual(["reference", "yes", "yes"]);
  });

  test("with a deliberate difference are told apart topic by topic and field by field, with exit code 1", async () => {
    await up("prod", { general: { ...TOPICS.general, introduction: "Something" }, extra: { topicName: "Extra" } });
    const { exitCode, stdout } = await parity("dev", "staging", "prod");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("prod differs from dev:");
    expect(stdout).toContain('topics › general.introduction: "Everything" in dev, "Something" in prod');
    expect(stdout).toContain("topics › extra: only in prod");
    expect(stdout).toContain("topics › rules: only in dev");
    expect(stdout).not.toContain("staging differs");
    const { stdout: json } = await parity("dev", "prod", "--json");
    expect(JSON.parse(json)).toMatchObject({
      reference: "dev",
      equal: false,
      stacks: [{ stack: "dev" }, { stack: "prod", sdkAppId: 1400000003, topics: 2, equal: false }],
    });
  });

  test("with sets of one name in two places are told apart by these places", async () => {
    const inComponent = { name: "topics", component: "test:index:Rooms", topics: { extra: { topicName: "Extra" } } };
    await up("prod", TOPICS, [{ ...inComponent, groupId: DEFAULT_GROUP_ID }]);
    const { exitCode, stdout } = await parity("dev", "prod", "--json");
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      stacks: [
        { stack: "dev", topics: 2 },
        {
          stack: "prod",
          topics: 3,
          differences: [{ resource: "test:index:Rooms::topics", reference: false, other: true }],
        },
      ],
    });
  });

  longRunTest("that differ in a resource meant to differ are equal in the one that is compared", async () => {
    await up("dev", TOPICS, [
      { name: "dev-only", groupId: DEFAULT_GROUP_ID, topics: { debug: { topicName: "Debug" } } },
    ]);
    expect((await parity("dev", "prod")).stdout).toContain("dev-only: only in dev");
    expect((await parity("dev", "prod", "--set", "topics")).exitCode).toBe(0);
  });

  test("compared live show what no state knows: outside edits, undeclared fields and topics", async () => {
    expect((await parity("dev", "staging", "prod", "--live")).exitCode).toBe(0);
    const seed = structuredClone(emulator.state());
    const prod = seed.apps[2]?.communities?.[0]?.topics as unknown as Record<string, unknown>[];
    Object.assign(prod.find(({ topicName }) => topicName === "General") ?? {}, { notification: "from outside" });
    prod.push({ topicKey: "theirs", topicName: "Theirs" });
    await emulator.reset(seed);
    expect((await parity("dev", "prod")).exitCode).toBe(0);
    const { exitCode, stdout } = await parity("dev", "prod", "--live");
    expect(exitCode).toBe(1);
    expect(stdout).toContain('topics › general.notification: "" in dev, "from outside" in prod');
    expect(stdout).toContain("topics › theirs: only in prod");
  });
});

describe("parity", () => {
  test("of a stack that does not exist ends with 2 and Pulumi's own words", async () => {
    const { exitCode, stdout, stderr } = await parity("dev", "nowhere");
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("nowhere");
  });

  test("of a single stack is wrong usage", async () => {
    expect((await parity("dev")).exitCode).toBe(2);
  });
});
