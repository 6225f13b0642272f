/** How the settings of the app reach the calls, whichever comes first, and what becomes of wrong ones. */
import { describe, expect } from "vitest";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY } from "../../provider/emulator/index.js";
import { GROUP, idOf, test, urnOf } from "./wire-test.js";

const CALLS = 40;
const topics = Array.from({ length: CALLS }, (_, index) => {
  const topicKey = `topic-${index}`;
  const topicId = idOf(topicKey);
  return { groupId: GROUP, topicKey, topicId, topicName: topicKey, sdkAppId: DEFAULT_SDK_APP_ID };
});
const seed = {
  apps: [
    {
      sdkAppId: DEFAULT_SDK_APP_ID,
      secretKey: DEFAULT_SECRET_KEY,
      communities: [{ groupId: GROUP, topics: topics.map(({ topicKey, topicName }) => ({ topicKey, topicName })) }],
    },
  ],
};

describe("first calls that all arrive together see the settings, although Pulumi's server lets them overtake", () => {
  test("when they are checks", async ({ start }) => {
    const provider = await start();
    const answers = await Promise.all(
      topics.map(({ topicKey }) => provider.check({ groupId: GROUP, topicName: topicKey, __urn: urnOf(topicKey) })),
    );
    expect(answers.map(({ failures }) => failures)).toEqual(topics.map(() => []));
    expect(answers.map(({ inputs }) => inputs.sdkAppId)).toEqual(topics.map(() => DEFAULT_SDK_APP_ID));
  });

  test("when they are reads, as in a refresh, which then share one call", async ({ start, emulator }) => {
    await emulator.reset(seed);
    const provider = await start();
    const answers = await Promise.all(topics.map((topic) => provider.refresh(topic.topicId, topic)));
    expect(answers.map(({ id }) => id)).toEqual(topics.map(({ topicId }) => topicId));
    expect(emulator.requests().map(({ command }) => command)).toEqual(["get_topic"]);
  });

  test("when they are deletions, as in a destroy", async ({ start, emulator }) => {
    await emulator.reset(seed);
    const provider = await start();
    await Promise.all(topics.map((topic) => provider.delete(topic.topicId, topic)));
    expect(emulator.state().apps[0]?.communities?.[0]?.topics).toEqual([]);
  });

  test("when they are of every kind", async ({ start, emulator }) => {
    await emulator.reset(seed);
    const provider = await start();
    await Promise.all(
      topics.flatMap((topic): Promise<unknown>[] => {
        const added = { ...topic, topicKey: `new-${topic.topicKey}`, topicId: idOf(`new-${topic.topicKey}`) };
        return [
          provider.refresh(topic.topicId, topic),
          provider.diff(topic.topicId, topic, topic),
          provider.update(topic.topicId, topic, { ...topic, introduction: "Hello" }),
          provider.create(added),
        ];
      }),
    );
    expect(emulator.state().apps[0]?.communities?.[0]?.topics).toHaveLength(2 * CALLS);
  });
});

test("missing and wrong settings come as one failure of check that names all, beside the faults of the topic", async ({
  start,
}) => {
  const provider = await start({
    settings: {
      "tencent-chat:sdkAppId": "fourteen",
      "tencent-chat:secretKey": undefined,
      "tencent-chat:endpoint": undefined,
      "tencent-chat:timeoutSeconds": "soon",
    },
  });
  const { failures } = await provider.check({ groupId: GROUP, topicKey: "general", topicName: "" });
  expect(failures.map(({ property }) => property)).toEqual(["", ""]);
  expect(failures[1]?.reason).toMatch(/^`topicName` must not be empty/);
  for (const [key, variable] of [
    ["tencent-chat:sdkAppId", "TENCENT_CHAT_SDK_APP_ID"],
    ["tencent-chat:secretKey", "TENCENT_CHAT_SECRET_KEY"],
    ["tencent-chat:region", "TENCENT_CHAT_REGION"],
    ["tencent-chat:timeoutSeconds", "TENCENT_CHAT_TIMEOUT_SECONDS"],
  ] as const) {
    expect(failures[0]?.reason).toContain(key);
    expect(failures[0]?.reason).toContain(variable);
  }
});

test("missing settings fail a refresh with the same text, and not as a stack trace", async ({ start }) => {
  const provider = await start({ settings: { "tencent-chat:secretKey": undefined } });
  const [topic] = topics;
  await expect(provider.refresh(idOf("topic-0"), { ...topic })).rejects.toThrow(
    /^The settings of the Chat app need a correction: secretKey or userSig is missing: .*TENCENT_CHAT_SECRET_KEY/,
  );
});

test("a key in the environment wins over the one that a refresh finds in the state", async ({ start, emulator }) => {
  await emulator.reset(seed);
  const provider = await start({
    settings: { "tencent-chat:secretKey": "the-former-key" },
    environment: { TENCENT_CHAT_SECRET_KEY: DEFAULT_SECRET_KEY },
  });
  expect(await provider.refresh(idOf("topic-0"), { ...topics[0] })).toMatchObject({ id: idOf("topic-0") });
});

test("settings of another app than the state's are refused by every operation before any call", async ({
  start,
  emulator,
}) => {
  const provider = await start();
  const id = idOf("topic-0");
  const theirs = { ...topics[0], sdkAppId: 1400000099 };
  const { failures } = await provider.check({ groupId: GROUP, topicKey: "topic-0", topicName: "topic-0" }, theirs);
  expect(failures).toMatchObject([{ property: "", reason: expect.stringContaining("1400000099") }]);
  const refused = /another stack/;
  await expect(provider.diff(id, theirs, theirs)).rejects.toThrow(refused);
  await expect(provider.create(theirs)).rejects.toThrow(refused);
  await expect(provider.refresh(id, theirs)).rejects.toThrow(refused);
  await expect(provider.update(id, theirs, { ...theirs, topicName: "New" })).rejects.toThrow(refused);
  await expect(provider.delete(id, theirs)).rejects.toThrow(refused);
  expect(emulator.requests()).toEqual([]);
});
