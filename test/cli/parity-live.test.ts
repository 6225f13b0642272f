/** `parity --live` reads one app for each stack, that of the stack's own settings. */
import { expect, test } from "vitest";
import { topicResources } from "../../provider/cli/parity/declared.js";
import { liveEnvironment } from "../../provider/cli/parity/live.js";
import { CHAT_TOPIC_TYPE } from "../../provider/resources/chat-topic.js";
import { CHAT_TOPIC_SET_TYPE } from "../../provider/resources/chat-topic-set.js";
import { GROUP, idOf, SDK_APP_ID, SECRET_KEY, TestApp } from "../chat/test-app.js";

test("a resource of another app, as a ChatApp makes them, is refused before any call", async () => {
  const topic = {
    urn: `urn:pulumi:dev::chat::${CHAT_TOPIC_TYPE}::general-eu`,
    type: CHAT_TOPIC_TYPE,
    id: "@TGS#_players@TOPIC#_general-eu",
    outputs: { groupId: "@TGS#_players", sdkAppId: 1400000002 },
    provider: "",
    external: false,
    delete: false,
  };
  const environment = {
    TENCENT_CHAT_SDK_APP_ID: "1400000001",
    TENCENT_CHAT_SECRET_KEY: "a-key-that-opens-nothing",
    TENCENT_CHAT_ENDPOINT: "http://127.0.0.1:1",
  };
  const reading = liveEnvironment("dev", topicResources([topic]), {
    configuration: () => undefined,
    environment,
  });
  await expect(reading).rejects.toThrow(
    /^"general-eu" belongs to app 1400000002, but the settings name app 1400000001/,
  );
});

test("a topic that no resource has does not hide one of a set under a key like its own", async () => {
  const app = await TestApp.start();
  try {
    await app.reset([
      { topicKey: "news", topicName: "Nobody's" },
      { topicKey: "assigned", topicName: "The set's" },
    ]);
    const set = {
      urn: `urn:pulumi:dev::chat::${CHAT_TOPIC_SET_TYPE}::topics`,
      type: CHAT_TOPIC_SET_TYPE,
      id: GROUP,
      outputs: { groupId: GROUP, topicIds: { news: idOf("assigned") } },
      provider: "",
      external: false,
      delete: false,
    };
    const environment = {
      TENCENT_CHAT_SDK_APP_ID: String(SDK_APP_ID),
      TENCENT_CHAT_SECRET_KEY: SECRET_KEY,
      TENCENT_CHAT_ENDPOINT: app.emulator.url,
    };
    const sources = { configuration: () => undefined, environment };
    const { groups } = await liveEnvironment("dev", topicResources([set]), sources);
    const names = [...groups.values()].map((topics) =>
      [...topics].map(([key, topic]) => [key, topic.get("topicName")]),
    );
    expect(Object.fromEntries(names.flat())).toEqual({ news: "The set's", [idOf("news")]: "Nobody's" });
  } finally {
    await app.close();
  }
});
