/**
 * `tencent-chat export` and what comes after it, with the real CLI: the commands that it prints are run as they stand, and
 * then nothing is to change, whatever the community holds.
 */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  DEFAULT_SDK_APP_ID,
  DEFAULT_SECRET_KEY,
  type Emulator,
  type Seed,
  startEmulator,
} from "../../provider/emulator/index.js";
import { AWKWARD_KEYS, AWKWARD_TEXTS } from "../cli/export/awkward.js";
import { amount, longRunTest } from "../proof.js";
import { calls, GROUP, idOf, outsideHands } from "./chat-rest.js";
import { Stack } from "./stack.js";

const AWKWARD: Seed = seedOf([
  ...AWKWARD_KEYS.map((topicKey) => ({ topicKey, topicName: "Topic", nextMsgSeq: 7 })),
  ...AWKWARD_TEXTS.map((text, at) => ({
    topicKey: `text-${at}`,
    topicName: text,
    introduction: text,
    customString: text.repeat(20),
    muteAllMember: at % 2 === 0,
  })),
  { topicKey: "long", topicName: "A name that is longer than it may be today", customString: "\\".repeat(3000) },
  { topicId: idOf("@TOPIC#cAbC"), topicName: "新手入门" },
  { topicId: idOf("@TOPIC#cAbD"), topicName: "שלום עולם", lastMsgTime: 1_700_000_000 },
  { topicId: idOf("@TOPIC#cAbE"), topicName: "Topic" },
]);

function seedOf(topics: NonNullable<NonNullable<Seed["apps"][0]["communities"]>[0]["topics"]>): Seed {
  const community = {
    groupId: GROUP,
    name: "Players of a game with a long name",
    introduction: "`Everybody` */",
    maxMemberCount: 5000,
    ownerAccount: "alice",
    muteAllMember: true,
    topics,
  };
  const app = { secretKey: DEFAULT_SECRET_KEY, admins: ["administrator"], accounts: ["alice"] };
  return {
    apps: [
      { ...app, sdkAppId: DEFAULT_SDK_APP_ID, communities: [community] },
      { ...app, sdkAppId: 1400000002, communities: [community] },
    ],
  };
}

const TSCONFIG = JSON.stringify({
  compilerOptions: { target: "es2022", module: "nodenext", strict: true, skipLibCheck: true, rootDir: "../../../.." },
});
const READS = ["get_topic", "get_group_info"];

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator?.close());
beforeEach(() => emulator.reset(AWKWARD));

function newStack(environment: NodeJS.ProcessEnv = {}): Promise<Stack> {
  const files = { "index.ts": "", "tsconfig.json": TSCONFIG };
  // That what is exported compiles is told by the tests of the export, once for each form and not for each command.
  const variables = { PULUMI_NODEJS_TRANSPILE_ONLY: "true", ...environment };
  return Stack.create(emulator, { program: "index.ts", files, typescript: true, environment: variables });
}

interface Summary {
  readonly topics: number;
  readonly program: string;
  readonly commands: readonly string[];
  readonly byteLimits: Record<string, number> | null;
}

async function run(stack: Stack, file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(file, args, {
    cwd: stack.folder,
    env: stack.environment,
    timeout: 120_000,
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

/** Exports into the project's folder, and makes the program what the export says. */
async function exportInto(stack: Stack, ...flags: string[]): Promise<Summary> {
  const args = [resolve("dist/cli/main.js"), "export", "--group-id", GROUP, "--out", ".", "--json", ...flags];
  const summary: Summary = JSON.parse(await run(stack, process.execPath, args));
  await writeFile(`${stack.folder}/index.ts`, summary.program);
  return summary;
}

function writes(): string[] {
  return calls(emulator).filter((command) => !READS.includes(command));
}

const FORMS: [string, string[]][] = [
  ["as a set", []],
  ["topic by topic and with its community, from JSON", ["--format", "json", "--per-topic", "--community"]],
  ["topic by topic", ["--per-topic"]],
  ["with its community, from JSON", ["--community", "--format", "json"]],
  ["with its community", ["--community"]],
  ["from JSON", ["--format", "json"]],
];

describe.each(FORMS.slice(0, amount(2, FORMS.length)))("a community exported %s", (what, flags) => {
  test("and imported is in the state, and nothing is to change", async () => {
    await using stack = await newStack();
    const { topics, commands } = await exportInto(stack, ...flags);
    expect(topics).toBe(AWKWARD.apps[0]?.communities?.[0]?.topics?.length);
    for (const command of commands) {
      const output = await run(stack, "sh", ["-c", command]);
      expect(output).not.toMatch(/warning|error/i);
      if (command.includes("preview")) expect(output).toMatch(/Resources:\s+\d+ unchanged/);
    }
    await stack.expectSettled();
    expect(writes()).toEqual([]);
  });

  // What takes over is the same for each form.
  const testOfOne = what === "as a set" ? test : longRunTest;
  testOfOne("and brought up without an import is taken over, without a call that writes", async () => {
    await using stack = await newStack();
    const { byteLimits } = await exportInto(stack, ...flags);
    await stack.succeed("config", "set", "tencent-chat:byteLimits", JSON.stringify(byteLimits));
    const before = emulator.state();
    expect(await stack.up()).toMatch(/existed already and (was|were) taken over/);
    expect(writes()).toEqual([]);
    expect(emulator.state()).toEqual(before);
    await stack.up("--expect-no-changes");
  });
});

describe("an imported community", () => {
  test("is managed from then on: an outside edit is drift, a change in the program is one call", async () => {
    await emulator.reset(seedOf([{ topicKey: "general", topicName: "General", nextMsgSeq: 3 }]));
    await using stack = await newStack();
    const { commands } = await exportInto(stack, "--per-topic");
    for (const command of commands) await run(stack, "sh", ["-c", command]);
    await outsideHands(emulator).modify(GROUP, idOf("general"), { topicName: "Edited" });
    expect(await stack.refresh()).toContain("topicName");
    const program = 'import { ChatTopic } from "pulumi-tencent-chat";\n';
    const topic = (topicName: string) =>
      `${program}new ChatTopic("general", { groupId: "${GROUP}", topicKey: "general", topicName: "${topicName}" });`;
    await writeFile(`${stack.folder}/index.ts`, topic("Lobby"));
    emulator.clearRequests();
    await stack.up();
    expect(writes()).toEqual(["modify_topic"]);
    await writeFile(`${stack.folder}/index.ts`, "");
    expect(await stack.failUp()).toContain("has messages");
  });

  longRunTest("of another app than the settings name is refused at the preview", async () => {
    await using stack = await newStack();
    const { commands } = await exportInto(stack);
    for (const command of commands) await run(stack, "sh", ["-c", command]);
    const other = stack.with({ TENCENT_CHAT_SDK_APP_ID: "1400000002" });
    expect(await other.fail("preview")).toMatch(/1400000000.*1400000002/s);
    expect(writes()).toEqual([]);
  });
});

describe("the settings of a stack", () => {
  test("are used where it is named, and its name stands in the commands", async () => {
    await using stack = await newStack({ TENCENT_CHAT_SDK_APP_ID: undefined, TENCENT_CHAT_SECRET_KEY: undefined });
    await stack.succeed("config", "set", "tencent-chat:sdkAppId", String(DEFAULT_SDK_APP_ID));
    await stack.succeed("config", "set", "--secret", "tencent-chat:secretKey", DEFAULT_SECRET_KEY);
    const { commands } = await exportInto(stack, "--stack", "dev");
    for (const command of commands) {
      expect(command).toMatch(/ --stack dev$/);
      await run(stack, "sh", ["-c", command]);
    }
    await stack.preview("--expect-no-changes");
  });

  test("cannot be those of a stack that does not exist, which is said", async () => {
    await using stack = await newStack();
    const failure = await exportInto(stack, "--stack", "nowhere").catch((error) => error);
    expect(failure).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(/no stack named 'nowhere'/) });
  });
});
