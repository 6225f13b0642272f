/** A change that is tried on a copy of a live community first, with the same program and the same state. */
import { expect, test } from "vitest";
import { copyLive } from "../../provider/cli/live-copy.js";
import { DEFAULT_SECRET_KEY, startEmulator } from "../../provider/emulator/index.js";
import { GROUP, liveTopics } from "./chat-rest.js";
import { Stack } from "./stack.js";

test("what is in the copy is what the state says, and a change of the program reaches the copy alone", async () => {
  await using live = await startEmulator();
  await using stack = await Stack.create(live);
  const general = { name: "general", groupId: GROUP, topicName: "General", introduction: "Hello" };
  await stack.declare(general);
  await stack.up();

  const { seed, rules } = await copyLive([GROUP], stack.environment);
  live.clearRequests();
  await using copy = await startEmulator({ seed, rules });
  const rehearsal = stack.with({ TENCENT_CHAT_ENDPOINT: copy.url, TENCENT_CHAT_SECRET_KEY: DEFAULT_SECRET_KEY });
  expect(await rehearsal.succeed("preview", "--refresh", "--expect-no-changes")).toContain("2 unchanged");

  await stack.declare({ ...general, topicName: "Renamed" }, { name: "new", groupId: GROUP, topicName: "New" });
  await rehearsal.up();
  expect(Object.keys(liveTopics(copy))).toEqual(["general", "new"]);
  expect(liveTopics(live)).toMatchObject({ general: { topicName: "General" } });
  expect(Object.keys(liveTopics(live))).toEqual(["general"]);
  expect(live.requests()).toEqual([]);
});
