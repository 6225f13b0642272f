/** The README's first command and first program, as a newcomer runs them. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { startEmulator } from "../../provider/emulator/index.js";
import { idOf, liveTopics } from "./chat-rest.js";
import { Stack } from "./stack.js";
import { COMPILE_CACHE } from "./stack-environment.js";

describe("npm start", () => {
  let folder: string;
  /** Pulumi checks the program's types in the first run; once is enough. */
  let typesChecked = false;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "start-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function start(...command: string[]): Promise<{ exitCode: number | null; output: string }> {
    const child = spawn("npm", ["start", "--", ...command], {
      cwd: resolve("."),
      env: {
        ...process.env,
        START_FOLDER: folder,
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        ...(typesChecked && { PULUMI_NODEJS_TRANSPILE_ONLY: "true" }),
        PATH: [inject("engineFolder"), process.env.PATH, dirname(process.execPath)].join(delimiter),
      },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 120_000,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    const exitCode = await new Promise<number | null>((done) => child.once("close", done));
    typesChecked = true;
    return { exitCode, output };
  }

  test("brings three environments up, shows that they are equal, changes nothing when run again, works on the emulator that is open, and destroys them", async () => {
    const first = await start();
    expect(first.output).toContain("Live in the emulator now: 12 in dev, 12 in staging, 12 in prod");
    expect(first.output).toMatch(/新手入门与常见问题集\s+30\s+@TGS#_players@TOPIC#_beginners/);
    expect(first.output).toMatch(/prod\s+1400000003\s+12\s+[0-9a-f]{12}\s+yes/);
    expect(first.exitCode).toBe(0);

    const second = await start();
    expect(second.output.match(/3 unchanged/g)).toHaveLength(6);

    const kept = await startEmulator({ data: join(folder, "emulator.json") });
    const third = await start("destroy", "--stack", "dev").finally(() => kept.close());
    expect(third.output).toContain(`Chat emulator at ${kept.url} (it was running on `);
    expect(third.output).toContain("Live in the emulator now: 0 in dev, 12 in staging, 12 in prod");
    expect(kept.requests().map(({ command }) => command)).toContain("destroy_topic");

    expect((await start("destroy")).output).toContain("Live in the emulator now: 0 in dev, 0 in staging, 0 in prod");
  });
});

describe("the README's program", () => {
  test("runs as it stands", async () => {
    const program = /```ts\n([\s\S]*?)```/.exec(await readFile("README.md", "utf8"))?.[1] ?? "";
    await using emulator = await startEmulator();
    const tsconfig = {
      compilerOptions: { target: "es2022", module: "nodenext", strict: true, rootDir: "../../../.." },
    };
    const files = { "index.ts": program, "tsconfig.json": JSON.stringify(tsconfig) };
    await using stack = await Stack.create(emulator, { program: "index.ts", files, typescript: true });
    await stack.succeed("config", "set", "groupId", "@TGS#_players");
    expect(await stack.up()).toContain(idOf("general"));
    expect(liveTopics(emulator).announcements).toMatchObject({ topicName: "Announcements", muteAllMember: true });
    await stack.destroy();
  });
});
