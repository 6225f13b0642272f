/** `tencent-chat doctor` on a real stack: settings of its configuration, its state, and the real Pulumi CLI. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, type Emulator, startEmulator } from "../../provider/emulator/index.js";
import { GROUP } from "./chat-rest.js";
import { Stack } from "./stack.js";

let emulator: Emulator;
let project: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  project = await Stack.create(emulator, {
    // npm marks what it runs, and the doctor then speaks of the Node.js that npm put on PATH.
    environment: { TENCENT_CHAT_SDK_APP_ID: undefined, TENCENT_CHAT_SECRET_KEY: undefined, npm_command: undefined },
  });
  await configure("tencent-chat:sdkAppId", String(DEFAULT_SDK_APP_ID));
  await configure("tencent-chat:secretKey", DEFAULT_SECRET_KEY, "--secret");
  await project.declare({ name: "general", groupId: GROUP, topicName: "General" });
  await project.up();
});
afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
  await emulator?.close();
});

const configure = (key: string, value: string, ...flags: string[]) =>
  project.succeed("config", "set", ...flags, key, value, "--stack", "dev");

/** What it finds, by the names of the checks. */
async function doctor(
  ...args: string[]
): Promise<{ code: number; found: Record<string, { status: string; text: string }> }> {
  const command = [resolve("dist/cli/main.js"), "doctor", "--json", "--cwd", project.folder, ...args];
  const options = { env: project.environment, timeout: 60_000 };
  const { code, stdout } = await promisify(execFile)(process.execPath, command, options).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  );
  expect(stdout).not.toContain(DEFAULT_SECRET_KEY.slice(0, 17));
  const checks: { name: string; status: string; text: string }[] = JSON.parse(stdout).checks;
  return { code, found: Object.fromEntries(checks.map(({ name, ...rest }) => [name, rest])) };
}

test("a stack that works passes every check, its settings told with where they came from", async () => {
  const { code, found } = await doctor("--stack", "dev", "--group-id", GROUP);
  expect(Object.entries(found).filter(([, { status }]) => status !== "ok")).toEqual([]);
  expect(code).toBe(0);
  expect(found.settings?.text).toContain("sdkAppId: 1400000000, from configuration tencent-chat:sdkAppId");
  expect(found.settings?.text).toContain("secretKey: set (64 characters), from configuration tencent-chat:secretKey");
  expect(found.state?.text).toBe("resources of app 1400000000: 1");
  expect(found.topics?.text).toBe("switched on, topics: 1");
});

test("without --stack, what is in its configuration is missing", async () => {
  const { code, found } = await doctor();
  expect(code).toBe(1);
  expect(found.settings).toMatchObject({ status: "failed", text: expect.stringContaining("sdkAppId is missing") });
});

test("a stack that does not exist fails with Pulumi's own words", async () => {
  const { code, found } = await doctor("--stack", "nowhere");
  expect(code).toBe(1);
  expect(found.settings).toMatchObject({ status: "failed", text: expect.stringContaining("nowhere") });
  expect(found.spelling?.status).toBe("skipped");
});

test("a state that belongs to another app fails, before a run would", async () => {
  await configure("tencent-chat:sdkAppId", "1400000099");
  const { code, found } = await doctor("--stack", "dev");
  await configure("tencent-chat:sdkAppId", String(DEFAULT_SDK_APP_ID));
  expect(code).toBe(1);
  expect(found.state).toMatchObject({
    status: "failed",
    text: expect.stringMatching(/general.* belongs to app 1400000000, but the settings name app 1400000099/),
  });
});

test("a mistyped key is told by the doctor, and by a preview in the place of the setting that it misses", async () => {
  await project.succeed("config", "rm", "tencent-chat:sdkAppId", "--stack", "dev");
  await configure("tencent-chat:sdkAppID", String(DEFAULT_SDK_APP_ID));
  const { found } = await doctor("--stack", "dev");
  const preview = await project.fail("preview");
  await project.succeed("config", "rm", "tencent-chat:sdkAppID", "--stack", "dev");
  await configure("tencent-chat:sdkAppId", String(DEFAULT_SDK_APP_ID));
  expect(found.spelling?.text).toContain("tencent-chat:sdkAppID is no setting, and is ignored");
  for (const text of [found.settings?.text, preview]) {
    expect(text).toContain("`tencent-chat:sdkAppID` is set: did you mean `tencent-chat:sdkAppId`?");
  }
});
