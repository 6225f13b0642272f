/** Bad input and bad days, through the real Pulumi CLI: one clear error, no stack trace, and a state that is true. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import type { Emulator, Fault } from "../../provider/emulator/index.js";
import { longRunTest } from "../proof.js";
import { calls, GROUP, idOf, liveTopics } from "./chat-rest.js";
import { withFreshStack } from "./fresh-stack.js";
import type { Stack } from "./stack.js";

let emulator: Emulator;
let stack: Stack;

withFreshStack((fresh) => {
  ({ emulator, stack } = fresh);
});

/** Everything that a failed run must not show. */
function expectCleanOutput(output: string): void {
  expect(output).not.toMatch(/\n\s+at /);
  expect(output).not.toContain("emulator-only-key");
  expect(output).not.toMatch(/usersig/i);
  // What the CLI adds to a failure of a named property: what it takes for the value.
  expect(output).not.toContain("<nil>");
  expect(output).not.toContain("value {");
}

describe("bad input", () => {
  test("fails at preview with all faults of a resource at once, and nothing is sent", async () => {
    await stack.declare({
      name: "general",
      groupId: "players",
      topicName: "x".repeat(31),
      introduction: "綜".repeat(81),
      topicKey: "a@TOPIC#_b",
      topicId: idOf("a"),
      serverAssignedId: true,
      createTime: 1_700_000_000_000,
    });
    const output = await stack.fail("preview");
    for (const fault of [
      `\`topicName\` is 31 bytes of UTF-8, 1 over the limit of 30; the longest start that fits is “${"x".repeat(30)}”`,
      "`introduction` is 243 bytes of UTF-8, 3 over the limit of 240; the longest start that fits is “綜",
      "`groupId` must start with @TGS#_",
      "`topicId` cannot go together with `topicKey`",
      "`serverAssignedId` cannot go together with `topicKey`",
      "`createTime` looks like milliseconds; it takes Unix seconds, so 1700000000",
    ]) {
      expect(output).toContain(fault);
    }
    expectCleanOutput(output);
    expect(calls(emulator)).toEqual([]);
  });

  longRunTest("in a key fails at preview", async () => {
    await stack.declare({ name: "general", groupId: GROUP, topicName: "x", topicKey: "a@TOPIC#_b" });
    const output = await stack.fail("preview");
    expect(output).toContain("`topicKey` must not contain @TOPIC#_");
    expectCleanOutput(output);
  });

  test("in the settings fails at preview in one message that names every setting with both its places", async () => {
    await stack.declare({ name: "general", groupId: GROUP, topicName: "x" });
    const settings = {
      TENCENT_CHAT_SDK_APP_ID: "",
      TENCENT_CHAT_SECRET_KEY: " padded ",
      TENCENT_CHAT_ENDPOINT: "http://chat.example.com",
    };
    const output = await stack.with(settings).fail("preview");
    expect(output).toContain("need 3 corrections");
    expect(output).toContain("`pulumi config set tencent-chat:sdkAppId …` (or TENCENT_CHAT_SDK_APP_ID)");
    expect(output).toMatch(/variable TENCENT_CHAT_SECRET_KEY .*has white space around it/);
    expect(output).toContain("plain http is for loopback only");
    expect(output).not.toContain("padded");
    expectCleanOutput(output);
  });
});

describe("a bad day", () => {
  const topic = (more: object = {}) => ({ name: "general", groupId: GROUP, topicName: "General", ...more });

  /** `isLong`: in the normal run the fault matrix and the client's tests hold the same. */
  const faults: Record<
    string,
    { isLong?: true; fault?: Fault; given?: () => void; expected: RegExp; groupId?: string }
  > = {
    "an unknown community": {
      groupId: "@TGS#_nowhere",
      expected: /import_topic "general" in @TGS#_nowhere: 10010 .*check `groupId`; create the community first/,
    },
    "topics that are not switched on": {
      isLong: true,
      groupId: "@TGS#_plain",
      expected: /import_topic "general" in @TGS#_plain: 11000 .*switch communities and topics on/,
    },
    "a quota that is reached": {
      isLong: true,
      fault: { kind: "error", code: 10037 },
      expected: /import_topic "general" in @TGS#_players: 10037 .*destroy topics that are not needed/,
    },
    "a text that the content check refuses": {
      given: () => emulator.changeRules({ refusedWords: ["General"] }),
      expected: /import_topic "general" in @TGS#_players: 80001 .*change the topic's texts/,
    },
    "a wrong region": {
      isLong: true,
      fault: { kind: "error", code: 60026, times: 99 },
      expected: /60026 .*is the data centre in which the application was created/,
    },
    "an answer that is not JSON": {
      isLong: true,
      fault: { kind: "garbage", times: 99 },
      expected: /import_topic "general" in @TGS#_players: .* gave an unexpected answer, it is not JSON/,
    },
    "an answer of the wrong shape": {
      isLong: true,
      fault: { kind: "garbage", body: '{"ok":true}', times: 99 },
      expected: /import_topic "general" in @TGS#_players: .* gave an unexpected answer, .*ErrorCode/,
    },
    "an accident inside the service that lasts": {
      isLong: true,
      fault: { kind: "error", code: 10002, times: 999 },
      expected: /import_topic "general" in @TGS#_players: 10002 .*\(Tried \d+ times\.\)/,
    },
    "a gateway that is down": {
      isLong: true,
      fault: { kind: "http", status: 502, times: 999 },
      expected: /import_topic "general" in @TGS#_players: .*HTTP status 502/,
    },
  };

  for (const [name, { isLong, fault, given, expected, groupId }] of Object.entries(faults)) {
    (isLong ? longRunTest : test)(`with ${name} ends in one clear error, and the next up does it`, async () => {
      const { apps } = emulator.state();
      const communities = [
        ...(apps[0]?.communities ?? []),
        { groupId: "@TGS#_plain", name: "Plain", supportTopic: false },
      ];
      await emulator.reset({ apps: [{ ...apps[0], communities }] } as Parameters<Emulator["reset"]>[0]);
      given?.();
      if (fault) emulator.addFault(fault);
      await stack.declare(topic(groupId ? { groupId } : {}));
      const output = await stack.with({ TENCENT_CHAT_TIMEOUT_SECONDS: "2" }).failUp();
      expect(output).toMatch(expected);
      // One for the topic, and Pulumi's own "update failed" for the stack.
      expect(output.split("Diagnostics:")[1]?.match(/error: /g)).toHaveLength(2);
      expectCleanOutput(output);
      expect(await stack.topics()).toEqual({});

      emulator.clearFaults();
      emulator.restoreRules();
      await stack.declare(topic());
      await stack.up();
      expect(Object.keys(liveTopics(emulator))).toEqual(["general"]);
    });
  }

  test("with a wrong key names the key and where it came from", async () => {
    await stack.declare(topic());
    const output = await stack.with({ TENCENT_CHAT_SECRET_KEY: "another-key" }).failUp();
    expect(output).toMatch(/70009.*made with the key from variable TENCENT_CHAT_SECRET_KEY.*check `secretKey`/);
    expect(output).not.toContain("another-key");
  });

  test("with a host that cannot be reached names the host and the settings to look at", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    await stack.declare(topic());
    const unreachable = { TENCENT_CHAT_ENDPOINT: `http://127.0.0.1:${port}`, TENCENT_CHAT_TIMEOUT_SECONDS: "1" };
    const output = await stack.with(unreachable).failUp();
    expect(output).toMatch(
      /import_topic "general" in @TGS#_players: no answer from 127\.0\.0\.1:\d+, the connection was refused/,
    );
    expectCleanOutput(output);
  });

  test("with a signature that the service calls expired, also after a new one, speaks of the clock", async () => {
    emulator.addFault({ kind: "error", code: 70001, times: 99 });
    await stack.declare(topic());
    expect(await stack.failUp()).toMatch(/70001 .*check this machine's clock/);
    expect(calls(emulator)).toEqual(["import_topic", "import_topic"]);
  });

  test("of lost answers never makes a second topic and never loses the first", async () => {
    emulator.addFault({ kind: "drop-after", command: "import_topic", times: 2 });
    await stack.declare(topic());
    const output = await stack.up();
    expect(output).not.toContain("taken over");
    expect(Object.keys(liveTopics(emulator))).toEqual(["general"]);
    expect((await stack.topics()).general?.id).toBe(idOf("general"));
    await stack.up("--expect-no-changes");
  });

  longRunTest("that loses every answer of a run is made good by the next one", async () => {
    emulator.addFault({ kind: "drop-after", times: 999 });
    await stack.declare(topic());
    await stack.with({ TENCENT_CHAT_TIMEOUT_SECONDS: "1" }).failUp();
    expect(Object.keys(liveTopics(emulator))).toEqual(["general"]);
    emulator.clearFaults();
    await stack.up();
    expect((await stack.topics()).general?.id).toBe(idOf("general"));
    expect(Object.keys(liveTopics(emulator))).toEqual(["general"]);
  });

  test("between import and mute keeps the topic in the state, and the next up mutes it", async () => {
    emulator.addFault({ kind: "error", code: 10007, command: "modify_topic" });
    await stack.declare(topic({ muteAllMember: true }));
    const output = await stack.failUp();
    expect(output).toMatch(/Topic "general" in @TGS#_players was imported, but not muted/);
    expect(output).toMatch(/modify_topic "general" in @TGS#_players: 10007/);
    expect((await stack.topics()).general?.outputs).toMatchObject({ muteAllMember: false });
    emulator.clearRequests();
    await stack.up();
    expect(calls(emulator)).toEqual(["modify_topic"]);
    expect(liveTopics(emulator).general?.muteAllMember).toBe(true);
  });

  test("with an assigned id and a lost answer says what to look for, and does not import again", async () => {
    emulator.addFault({ kind: "drop-after", command: "import_topic" });
    await stack.declare(topic({ serverAssignedId: true }));
    expect(await stack.failUp()).toMatch(/The topic "General" in @TGS#_players may or may not exist now.*as `topicId`/);
    expect(calls(emulator)).toEqual(["import_topic"]);
  });
});
