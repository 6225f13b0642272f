/** `parity --live` reads one app for each stack, that of the stack's own settings. */
import { expect, test } from "vitest";
import { liveEnvironment } from "../../provider/cli/parity/live.js";
import { CHAT_TOPIC_TYPE } from "../../provider/resources/chat-topic.js";

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
  const reading = liveEnvironment("dev", new Map([["general-eu", topic]]), {
    configuration: () => undefined,
    environment,
  });
  await expect(reading).rejects.toThrow(
    /^"general-eu" belongs to app 1400000002, but the settings name app 1400000001/,
  );
});
