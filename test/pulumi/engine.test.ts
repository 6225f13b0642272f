/** The connection back to the engine: warnings on the right row, and no work for an engine that is gone. */
import { describe, expect } from "vitest";
import { DEFAULT_SDK_APP_ID, type Emulator } from "../../provider/emulator/index.js";
import type { ProviderProcess } from "../dynamic/provider-process.js";
import { GROUP, idOf, test, urnOf } from "../dynamic/wire-test.js";
import { FakeEngine } from "./fake-engine.js";

/** Well over what it takes; a process that does not end by itself never would. */
const END_MS = 10_000;
/** For what must come, in milliseconds: a loaded machine may take its time. */
const SOON = { timeout: 10_000, interval: 20 };

const topic = (topicKey: string) => ({
  groupId: GROUP,
  topicKey,
  topicId: idOf(topicKey),
  topicName: topicKey,
  sdkAppId: DEFAULT_SDK_APP_ID,
});

const commandsOf = (emulator: Emulator) => emulator.requests().map(({ command }) => command);

describe("a warning stands on the row of its resource", () => {
  test("when a create takes over a topic that exists", async ({ start, emulator }) => {
    await using engine = await FakeEngine.start();
    await (await start()).create(topic("general"));

    const provider = await start({ engineAddress: engine.address });
    const { inputs } = await provider.check({ groupId: GROUP, topicName: "general", __urn: urnOf("general") });
    emulator.clearRequests();
    await provider.create(inputs);
    await expect
      .poll(() => engine.messages, SOON)
      .toEqual([
        {
          severity: "warning",
          message: '1 topic existed already and was taken over: "general" in @TGS#_players.',
          urn: urnOf("general"),
          ephemeral: false,
        },
      ]);
  });

  test("when a preview shows a replacement, which takes the messages along", async ({ start }) => {
    await using engine = await FakeEngine.start();
    const provider = await start({ engineAddress: engine.address });
    const before = topic("general");
    const { inputs } = await provider.check(
      { groupId: GROUP, topicName: "general", topicKey: "lobby", __urn: urnOf("general") },
      before,
    );
    await provider.diff(before.topicId, { ...before, onRemove: "destroy" }, inputs);
    await expect
      .poll(() => engine.messages, SOON)
      .toMatchObject([
        { severity: "warning", urn: urnOf("general"), message: expect.stringContaining("is destroyed together with") },
      ]);
  });

  test("also where the machine has a proxy for everything", async ({ start }) => {
    await using engine = await FakeEngine.start();
    const proxy = "http://127.0.0.1:1";
    const provider = await start({
      engineAddress: engine.address,
      environment: { http_proxy: proxy, https_proxy: proxy, HTTPS_PROXY: proxy, no_proxy: "", NO_PROXY: "" },
    });
    const before = topic("general");
    await provider.diff(before.topicId, before, topic("lobby"));
    await expect.poll(() => engine.messages, SOON).toHaveLength(1);
  });
});

test("a queue that waits for its turn shows one line that the next one replaces", async ({ start, emulator }) => {
  emulator.changeRules({ enforceFrequency: false });
  await using engine = await FakeEngine.start();
  const provider = await start({ engineAddress: engine.address, settings: { "tencent-chat:callsPerSecond": "20" } });
  const keys = Array.from({ length: 50 }, (_, index) => `topic-${index}`);
  await Promise.all(keys.map((key) => provider.create(topic(key))));
  await expect.poll(() => engine.messages.length, SOON).toBeGreaterThan(0);
  for (const message of engine.messages) {
    expect(message).toMatchObject({ severity: "info", ephemeral: true, urn: "" });
    expect(message.message).toMatch(
      /^keeping to `callsPerSecond`: \d+ calls a second of import_topic, at least \d+ wait$/,
    );
  }
});

describe("when the engine is killed", () => {
  /** A provider process whose connection to the engine stands: the engine has had a message. */
  async function connected(engine: FakeEngine, provider: ProviderProcess): Promise<void> {
    await provider.diff(idOf("a"), topic("a"), topic("b"));
    await expect.poll(() => engine.messages, SOON).toHaveLength(1);
  }

  test("an idle provider process ends by itself", async ({ start }) => {
    await using engine = await FakeEngine.start();
    const provider = await start({ engineAddress: engine.address });
    await connected(engine, provider);
    await engine.kill();
    expect(await provider.exited(END_MS)).toBe(1);
  });

  test("a provider process ends in the middle of a slow write, and does not make the call that would follow", async ({
    start,
    emulator,
  }) => {
    await using engine = await FakeEngine.start();
    const provider = await start({ engineAddress: engine.address, settings: { "tencent-chat:timeoutSeconds": "60" } });
    await connected(engine, provider);
    emulator.addFault({ kind: "delay", command: "import_topic", delayMs: 600_000 });
    const write = Promise.allSettled([provider.create({ ...topic("general"), muteAllMember: true })]);
    await expect.poll(() => commandsOf(emulator), SOON).toEqual(["import_topic"]);

    await engine.kill();
    expect(await provider.exited(END_MS)).toBe(1);
    expect(await write).toMatchObject([{ status: "rejected" }]);
    expect(commandsOf(emulator)).toEqual(["import_topic"]);
  });

  test("before it has answered, a provider process that it started ends as well", async ({ start }) => {
    const engine = await FakeEngine.start();
    await engine.kill();
    // Pulumi's engine sets this one.
    const environment = { PULUMI_NODEJS_PROJECT: "test" };
    const provider = await start({ engineAddress: engine.address, environment });
    await Promise.allSettled([provider.diff(idOf("a"), topic("a"), topic("b"))]);
    expect(await provider.exited(END_MS)).toBe(1);
  });

  test("a provider process leaves the rest of its queue undone", async ({ start, emulator }) => {
    await using engine = await FakeEngine.start();
    const provider = await start({ engineAddress: engine.address, settings: { "tencent-chat:callsPerSecond": "1" } });
    await connected(engine, provider);
    const keys = Array.from({ length: 50 }, (_, index) => `topic-${index}`);
    const writes = Promise.allSettled(keys.map((key) => provider.create(topic(key))));
    await expect.poll(() => commandsOf(emulator), SOON).toContain("import_topic");

    await engine.kill();
    expect(await provider.exited(END_MS)).toBe(1);
    await writes;
    expect(commandsOf(emulator).length).toBeLessThan(keys.length / 2);
  });
});

test("a provider process works where no engine listens, warnings included", async ({ start }) => {
  const provider = await start();
  await provider.create(topic("general"));
  await provider.create(topic("general"));
  await provider.diff(idOf("general"), topic("general"), topic("lobby"));
  expect(await provider.refresh(idOf("general"), topic("general"))).toMatchObject({ id: idOf("general") });
});
