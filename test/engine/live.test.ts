/** The live suite as a whole, as `npm run test:live` runs it, with an emulator in the place of the service. */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { DEFAULT_GROUP_ID, DEFAULT_SEED, type Emulator, startEmulator } from "../../provider/emulator/index.js";
import type { Answers } from "../live/questions.js";
import { environmentOf } from "../live/test-app.js";
import { longRunTest } from "../proof.js";

/** A run of the whole suite is many commands of the CLI. */
const RUN_MS = 400_000;

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), "live-"));
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of package.json, in an environment without settings but those given. */
function npmRun(script: string, environment: Readonly<Record<string, string>>): Promise<Ended> {
  // The tests of the run are not tests of this one.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VITEST|TENCENT_CHAT_)/.test(name));
  const env = {
    ...Object.fromEntries(inherited),
    PATH: [inject("engineFolder"), process.env.PATH, dirname(process.execPath)].join(delimiter),
    LIVE_FOLDER: folder,
    NO_COLOR: "1",
    ...environment,
  };
  return new Promise((done) => {
    execFile("npm", ["run", "--silent", script], { env, timeout: RUN_MS }, (error, stdout, stderr) => {
      done({ exitCode: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

const asked = () => ({ TENCENT_CHAT_LIVE: "1", ...environmentOf(emulator) });

const communities = () => (emulator.state().apps[0]?.communities ?? []).map(({ groupId }) => groupId);

describe("npm run test:live", { timeout: RUN_MS }, () => {
  test("without an app does not run, lists what is missing, and ends as no test run does", async () => {
    const { exitCode, stdout, stderr } = await npmRun("test:live", {});
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("The live suite did not run:\n- TENCENT_CHAT_LIVE is not 1");
    for (const name of ["SDK_APP_ID", "SECRET_KEY", "USER_SIG", "REGION", "ENDPOINT"]) {
      expect(stderr).toContain(`TENCENT_CHAT_${name}`);
    }
  });

  test("passes against what behaves as the service, ends with its answers as rules, and leaves nothing", async () => {
    const rules = { importService: "both", missingTopic: "omitted", throttleCode: 60011, requestId: true } as const;
    await emulator.reset();
    emulator.changeRules(rules);
    const { exitCode, stdout, stderr } = await npmRun("test:live", asked());
    emulator.restoreRules();
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/\n\s*Tests\s+4 passed/);
    const [, report = ""] = stdout.split("What app 1400000000 at 127.0.0.1");
    expect(report).toMatch(/How does get_topic show a topic that does not exist\?\s+it is left out/);
    const line = report.split("\n").find((text) => text.startsWith("{")) ?? "";
    expect(JSON.parse(line)).toMatchObject(rules);
    const [file = ""] = readdirSync(folder).filter((name) => name.startsWith("answers-"));
    const answers: Answers = JSON.parse(readFileSync(join(folder, file), "utf8"));
    expect(answers.rules).toEqual(JSON.parse(line));
    expect(communities()).toEqual([DEFAULT_GROUP_ID]);
  });

  longRunTest("fails where a part of it fails, and leaves nothing then either", async () => {
    await emulator.reset();
    emulator.addFault({ kind: "error", code: 10007, command: "import_topic", times: 10_000 });
    const { exitCode, stdout } = await npmRun("test:live", asked());
    emulator.clearFaults();
    expect(exitCode).toBe(1);
    expect(stdout).toContain("a community with topics is created");
    expect(stdout).toContain("not known");
    expect(emulator.requests().some(({ command, code }) => command === "import_group" && code === 0)).toBe(true);
    expect(communities()).toEqual([DEFAULT_GROUP_ID]);
  });
});

describe("npm run live:sweep", () => {
  test("without an app lists what is missing", async () => {
    const { exitCode, stderr } = await npmRun("live:sweep", {});
    expect(exitCode).toBe(2);
    expect(stderr).toContain("TENCENT_CHAT_SDK_APP_ID");
  });

  test("destroys what an old run left in the app, and nothing else", async () => {
    const left = "@TGS#_pulumi-live-202601020304-abcd-life";
    const communitiesNow = [{ groupId: DEFAULT_GROUP_ID }, { groupId: left }];
    await emulator.reset({ apps: DEFAULT_SEED.apps.map((app) => ({ ...app, communities: communitiesNow })) });
    const { exitCode, stdout } = await npmRun("live:sweep", environmentOf(emulator));
    expect([exitCode, stdout]).toEqual([0, `destroyed ${left}\n`]);
    expect(communities()).toEqual([DEFAULT_GROUP_ID]);
    expect((await npmRun("live:sweep", environmentOf(emulator))).stdout).toContain("No community of the live suite is");
  });
});
