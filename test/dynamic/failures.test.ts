/** What a failure looks like to the engine: one message, no stack, no credential; and what it saves of half a write. */
import { Api } from "tls-sig-api-v2";
import { describe, expect } from "vitest";
import { CHAT_TOPIC_SHIM } from "../../provider/dynamic/shim.js";
import { DEFAULT_SDK_APP_ID } from "../../provider/emulator/index.js";
import { CallError } from "./provider-process.js";
import { GROUP, idOf, test } from "./wire-test.js";

const id = idOf("general");
const general = {
  groupId: GROUP,
  topicKey: "general",
  topicId: id,
  topicName: "General",
  sdkAppId: DEFAULT_SDK_APP_ID,
};

async function failureOf(call: Promise<unknown>): Promise<CallError> {
  const outcome = await call.catch((error: unknown) => error);
  if (!(outcome instanceof CallError)) throw new Error(`the call did not fail: ${JSON.stringify(outcome)}`);
  return outcome;
}

describe("a write that got part of the way", () => {
  test("in create is kept with its id, its outputs, the shim and a reason, and the next update completes it", async ({
    start,
    emulator,
  }) => {
    const provider = await start();
    const inputs = { ...general, muteAllMember: true };
    emulator.addFault({ kind: "error", command: "modify_topic", code: 10004 });
    const { message, partial } = await failureOf(provider.create(inputs));
    expect(message).toContain('Topic "general" in @TGS#_players was imported, but not muted');
    expect(partial).toEqual({
      id,
      properties: { ...inputs, muteAllMember: false, __provider: CHAT_TOPIC_SHIM },
      reasons: expect.arrayContaining([expect.stringMatching(/^modify_topic "general" in @TGS#_players: 10004 /)]),
    });

    await provider.update(id, partial?.properties ?? {}, inputs);
    expect(emulator.state().apps[0]?.communities?.[0]?.topics).toMatchObject([{ topicId: id, muteAllMember: true }]);
  });

  test("in update is kept in the same way", async ({ start, emulator }) => {
    const provider = await start();
    const before = { ...general, introduction: "Hello" };
    await provider.create(before);
    emulator.addFault({ kind: "error", command: "get_topic", code: 10004 });
    const { partial } = await failureOf(provider.update(id, before, general));
    expect(partial).toMatchObject({
      id,
      properties: { ...general, __provider: CHAT_TOPIC_SHIM },
      reasons: expect.arrayContaining([expect.stringMatching(/^get_topic /)]),
    });
  });

  test("is never claimed for a create that did nothing", async ({ start, emulator }) => {
    const provider = await start();
    emulator.addFault({ kind: "error", command: "import_topic", code: 80001 });
    expect((await failureOf(provider.create(general))).partial).toBeUndefined();
  });
});

describe("an error is one message", () => {
  test("that names command, topic, code and remedy, from every operation that calls the service", async ({
    start,
    emulator,
  }) => {
    const provider = await start();
    await provider.create(general);
    for (const [command, operation] of [
      ["import_topic", () => provider.create({ ...general, topicKey: "lobby", topicId: idOf("lobby") })],
      ["get_topic", () => provider.refresh(id, general)],
      ["modify_topic", () => provider.update(id, general, { ...general, topicName: "New" })],
      ["destroy_topic", () => provider.delete(id, { ...general, onRemove: "destroy" })],
    ] as const) {
      emulator.addFault({ kind: "error", command, code: 10007 });
      const { message } = await failureOf(operation());
      expect(message).toMatch(new RegExp(`^${command} ("\\w+" in|of) .*: 10007 .*What to do: .+\\.`));
      expect(message.split("\n")).toHaveLength(1);
    }
  });

  test("whose text stands on stderr once and without a trace, where Pulumi's server prints it", async ({ start }) => {
    const provider = await start();
    const { message } = await failureOf(provider.get(id));
    // The server's own form, "<error>: <stack>", of an error whose stack is empty.
    await expect.poll(() => provider.stderr, { timeout: 10_000 }).toBe(`Error: ${message}: \n`);
  });

  test.for([
    ["refuses the connection", { "tencent-chat:endpoint": "http://127.0.0.1:1" }, undefined, "ECONNREFUSED"],
    ["closes the connection", {}, { kind: "drop-before", times: 1000 }, "the connection broke"],
    ["sends a page of HTML", {}, { kind: "garbage", times: 1000 }, "import_topic"],
    ["says that the signature does not fit", { "tencent-chat:secretKey": "another-key" }, undefined, "70009"],
  ] as const)(
    "when the service %s, without the credential in it",
    async ([, settings, fault, says], { start, emulator }) => {
      const provider = await start({ settings: { "tencent-chat:timeoutSeconds": "1", ...settings } });
      if (fault !== undefined) emulator.addFault(fault);
      const { message } = await failureOf(provider.create(general));
      expect(message).toContain(says);
      expect(message).not.toContain("another-key");
      expect(message).not.toContain("usersig");
    },
  );

  test("when a ready-made signature has ended, which is named and not shown", async ({ start }) => {
    const userSig = new Api(DEFAULT_SDK_APP_ID, "another-key").genUserSig("administrator", -1);
    const provider = await start({
      settings: { "tencent-chat:secretKey": undefined, "tencent-chat:userSig": userSig },
    });
    const { failures } = await provider.check({ groupId: GROUP, topicKey: "general", topicName: "General" });
    expect(failures).toMatchObject([{ property: "", reason: expect.stringContaining("tencent-chat:userSig") }]);
    expect(provider.transcript()).not.toContain(userSig);
  });
});
