/**
 * The secret key and the signatures made with it show nowhere: not in the state, in what commands print, in their debug
 * logs, in error messages, in the emulator's request log; whichever way a run ends.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { constants, inflateSync } from "node:zlib";
import { Api } from "tls-sig-api-v2";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  DEFAULT_SDK_APP_ID,
  DEFAULT_SEED,
  type Emulator,
  type Fault,
  startEmulator,
} from "../../provider/emulator/index.js";
import { amount, tellCount } from "../proof.js";
import { GROUP } from "./chat-rest.js";
import { Stack } from "./stack.js";

const MARKER = "MARKER-of-the-secret-key-0123456789abcdefghijklmnopqrstuvwxyz";

let emulator: Emulator;
beforeAll(async () => {
  const app = { ...DEFAULT_SEED.apps[0], sdkAppId: DEFAULT_SDK_APP_ID, secretKey: MARKER };
  emulator = await startEmulator({ seed: { apps: [app] } });
});
afterAll(() => emulator.close());

const DECLARED = {
  communities: [{ name: "guild", args: { name: "Guild", muteAllMember: true } }],
  topics: [{ name: "single", groupId: GROUP, topicName: "Single", muteAllMember: true }],
  sets: [{ name: "set", groupId: GROUP, topics: { a: { topicName: "A" }, b: { topicName: "B" } } }],
};

/** The first ones in the normal run: a key that opens nothing, no answer, an odd answer, an answer too late. */
const FAULTS: Fault[] = [
  { kind: "error", code: 70009, times: 99 },
  { kind: "drop-after", times: 99 },
  { kind: "garbage", times: 99 },
  { kind: "delay", delayMs: 3_000, times: 99 },
  { kind: "error", code: 70001, times: 99 },
  { kind: "error", code: 10002, times: 99 },
  { kind: "http", status: 502, times: 99 },
  { kind: "drop-before", times: 99 },
];

/** A UserSig is deflated JSON in a base64 of its own. What only looks like one, as encrypted text can, is none. */
function userSigsIn(text: string): string[] {
  return (text.match(/eJ[\w*-]{80,}/g) ?? []).filter((candidate) => {
    const base64 = candidate.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
    try {
      return inflateSync(Buffer.from(base64, "base64"), { finishFlush: constants.Z_SYNC_FLUSH }).includes("TLS.sig");
    } catch {
      return false;
    }
  });
}

/** Every file below a folder, but for the copy of the program. */
async function textsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map((file) => readFile(file, "latin1")));
}

const SOURCES: [string, NodeJS.ProcessEnv][] = [
  ["configuration", { TENCENT_CHAT_SECRET_KEY: undefined }],
  ["environment", { TENCENT_CHAT_SECRET_KEY: MARKER }],
];

test.each(SOURCES.slice(0, amount(1, SOURCES.length)))(
  "a key from the %s shows nowhere, with debug logging on, in runs that succeed and runs that fail",
  async (from, environment) => {
    await emulator.reset();
    await using stack = await Stack.create(emulator, {
      environment: { ...environment, TENCENT_CHAT_TIMEOUT_SECONDS: "1" },
    });
    if (from === "configuration") await stack.succeed("config", "set", "--secret", "tencent-chat:secretKey", MARKER);
    await stack.declareAll(DECLARED);

    const outputs: string[] = [];
    const run = async (...command: string[]): Promise<void> => {
      outputs.push((await stack.run(...command, "--logtostderr", "-v=9", "--debug")).output);
    };
    for (const fault of FAULTS.slice(0, amount(4, FAULTS.length))) {
      emulator.addFault(fault);
      await run("up", "--yes", "--skip-preview");
      emulator.clearFaults();
    }
    await run("preview", "--diff");
    await run("up", "--yes", "--skip-preview");
    await run("refresh", "--yes", "--skip-preview");
    await run("stack", "export");
    emulator.addFault({ kind: "error", code: 60010, times: 99 });
    await run("destroy", "--yes", "--skip-preview");
    emulator.clearFaults();
    await run("destroy", "--yes", "--skip-preview");

    const texts = [...outputs, ...(await textsBelow(stack.folder)), JSON.stringify(emulator.requests())];
    tellCount(
      texts.reduce((sum, text) => sum + text.length, 0),
      `bytes searched for a key from the ${from}`,
    );
    // The search itself must be able to find something.
    expect(outputs.some((output) => output.includes("import_topic"))).toBe(true);
    const userSig = new Api(DEFAULT_SDK_APP_ID, MARKER).genUserSig("administrator", 3600);
    expect(userSigsIn(`&usersig=${userSig}&random=`)).toEqual([userSig]);
    expect(texts.filter((text) => text.includes(MARKER))).toEqual([]);
    expect(texts.flatMap(userSigsIn)).toEqual([]);
  },
);
