/**
 * The `tencent-chat` command in this process: what it prints, and how it ends.
 */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runCli } from "../../provider/cli/program.js";
import { DEFAULT_SECRET_KEY, type Emulator, type Seed, startEmulator } from "../../provider/emulator/index.js";
import { call, GROUP, topic, userSig } from "./caller.js";

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
  test("prints exactly one line to stdout, serves until it is stopped, and ends with 0", async () => {
    let health: unknown;
    const { code, out, err } = await run(["emulator"], async (line) => {
      health = await (await fetch(`${line.trim().split(" ").at(-1)}/_emulator/health`)).json();
    });
    expect(health).toEqual({ status: "ok" });
    expect(out).toMatch(/^Chat emulator listening on http:\/\/127\.0\.0\.1:\d+\n$/);
    const url = out.trim().split(" ").at(-1);
    expect(err).toBe(
      `page: ${url}/\napp 1400000000: @TGS#_players\nkept nowhere: without --data all is lost at the end\n`,
    );
    expect(code).toBe(0);
  });

  test("on a data file in use ends with 2 and says where its emulator is", async () => {
    const data = join(folder, "data.json");
    await using running = await startEmulator({ data });
    const { code, out, err } = await run(["emulator", "--data", data]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`tencent-chat: the data file ${data} is in use by the emulator at ${running.url}`);
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

  test("on a port in use ends with 2 and says what to do", async () => {
    await using running = await startEmulator();
    expect(await run(["emulator", "--port", String(running.port)])).toEqual({
      code: 2,
      out: "",
      err: `tencent-chat: port ${running.port} on 127.0.0.1 is in use; choose another one, or 0 for one that is free\n`,
    });
  });

  test.each([
    ["a seed that is not JSON", "--seed", "{", "chat.json is not JSON"],
    ["a data file of a newer version", "--data", '{"formatVersion":9,"apps":[]}', "has format version 9"],
    [
      "a data file with a wrong value",
      "--data",
      '{"formatVersion":1,"apps":[{}]}',
      "chat.json.apps[0].sdkAppId: is missing",
    ],
  ])("with %s ends with 2 and leaves the file as it is", async (_what, option, text, message) => {
    const file = join(folder, "chat.json");
    await writeFile(file, text);
    expect(await run(["emulator", option, file])).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining(message),
    });
    expect(await readFile(file, "utf8")).toBe(text);
  });

  test("with a seed that cannot be read, a folder say, ends with 2", async () => {
    expect(await run(["emulator", "--seed", folder])).toMatchObject({
      code: 2,
      err: expect.stringContaining(`the seed file ${folder} could not be read: EISDIR`),
    });
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

describe("emulator --from-live", () => {
  const LIVE_KEY = "live-key-that-must-not-be-copied-0123456789";
  const COMMUNITY = {
    groupId: GROUP,
    name: "Players",
    introduction: "Everybody who plays",
    notification: "n",
    faceUrl: "f",
    ownerAccount: "leckie",
    memberNum: 7,
    maxMemberCount: 100,
    muteAllMember: true,
    createTime: 1_700_000_000,
  };
  const TOPICS = [
    { topicId: topic("used"), topicName: "新手入门", customString: "{}", nextMsgSeq: 4, lastMsgTime: 1_700_000_001 },
    {
      topicId: topic("muted"),
      topicName: "Muted",
      muteAllMember: true,
      faceUrl: "f",
      introduction: "i",
      notification: "n",
    },
  ];
  const seed = {
    apps: [{ sdkAppId: 7, secretKey: LIVE_KEY, admins: ["root"], communities: [{ ...COMMUNITY, topics: TOPICS }] }],
  };
  let live: Emulator;
  beforeEach(async () => {
    live = await startEmulator({ seed });
    vi.stubEnv("TENCENT_CHAT_SDK_APP_ID", "7");
    vi.stubEnv("TENCENT_CHAT_SECRET_KEY", LIVE_KEY);
    vi.stubEnv("TENCENT_CHAT_ADMIN_ACCOUNT", "root");
    vi.stubEnv("TENCENT_CHAT_ENDPOINT", live.url);
    vi.stubEnv("TENCENT_CHAT_BYTE_LIMITS", '{"topicName": 150}');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await live.close();
  });

  test("holds the community with its topics and texts, only reads, and leaves the key where it is", async () => {
    const data = join(folder, "copy.json");
    let state: Seed | undefined;
    let code: unknown;
    const { err } = await run(["emulator", "--from-live", GROUP, "--data", data], async (line) => {
      const url = String(line.trim().split(" ").at(-1));
      state = (await (await fetch(`${url}/_emulator/state`)).json()) as Seed;
      const query = { sdkappid: 7, identifier: "root", usersig: userSig("root", DEFAULT_SECRET_KEY, 7) };
      const body = { GroupId: GROUP, TopicId: topic("new"), TopicName: "x".repeat(150), From_Account: "anybody" };
      code = (await call({ url }, "import_topic", body, { query })).ErrorCode;
    });
    const [liveApp] = live.state().apps;
    const [app] = state?.apps ?? [];
    const communities = liveApp?.communities?.map((each) => ({ ...each, lastInfoTime: each.createTime }));
    expect(app).toEqual({
      sdkAppId: 7,
      secretKey: DEFAULT_SECRET_KEY,
      admins: ["root"],
      accounts: ["leckie"],
      communities,
    });
    expect(live.requests().map(({ command }) => command)).toEqual(["get_group_info", "get_topic"]);
    expect(code).toBe(0);
    expect(err).toContain(`copied ${GROUP} of app 7: 2 topics`);
    expect(err).toMatch(/TENCENT_CHAT_ENDPOINT=http:\S+ TENCENT_CHAT_SECRET_KEY=emulator-only-key-/);
    expect(err + (await readFile(data, "utf8"))).not.toContain(LIVE_KEY);
  });

  test("of a community that is not there ends with 2", async () => {
    expect(await run(["emulator", "--from-live", "@TGS#_gone"])).toEqual({
      code: 2,
      out: "",
      err: "tencent-chat: app 7 has no community @TGS#_gone\n",
    });
  });

  test("without the settings of an app ends with 2 and names the variables", async () => {
    vi.stubEnv("TENCENT_CHAT_SECRET_KEY", "");
    const { code, err } = await run(["emulator", "--from-live", GROUP]);
    expect([code, err]).toEqual([2, expect.stringContaining("set the variable TENCENT_CHAT_SECRET_KEY, or ")]);
    expect(err).not.toMatch(/pulumi config|--stack/);
  });

  test("is refused beside --seed, and where a data file would win over the copy", async () => {
    const file = join(folder, "chat.json");
    await writeFile(file, JSON.stringify({ formatVersion: 1, apps: [] }));
    for (const option of ["--seed", "--data"]) {
      const { code, err } = await run(["emulator", "--from-live", GROUP, option, file]);
      expect([code, err]).toEqual([2, expect.stringMatching(/give one of them|leave --from-live out to go on/)]);
    }
    expect(live.requests()).toEqual([]);
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

test("wrong usage leads to help that npm does not keep to itself, of the subcommand where there is one", async () => {
  expect((await run(["emulate"])).err).toContain("(`tencent-chat help` shows what is possible)");
  const { code, err } = await run(["export", "--grup-id", "@TGS#_a"]);
  expect([code, err]).toEqual([2, expect.stringContaining("(`tencent-chat help export` shows what is possible)")]);
});

test("no help shows a list of nothing as a default", async () => {
  for (const name of ["emulator", "export", "parity", "doctor"]) {
    expect((await run(["help", name])).out).not.toContain("[])");
  }
});
