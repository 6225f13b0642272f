/** `npm test`: what the program declares in each stack, told in a second and without an engine. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { declaredIn } from "./mocks.ts";

test("every stack has a topic for each language, under the same keys", async () => {
  const { topics } = await declaredIn("prod");
  assert.deepEqual(Object.keys(topics?.topics ?? {}).sort(), ["general-de", "general-en", "general-zh"]);
  assert.deepEqual((await declaredIn("dev")).topics?.topics, topics?.topics);
});

test("all topics are in the community that the program declares", async () => {
  const { players, ...others } = await declaredIn("dev");
  assert.equal(players?.name, "Players");
  assert.deepEqual(Object.keys(others).sort(), ["announcements", "playground", "topics"]);
  for (const { groupId } of Object.values(others)) assert.equal(groupId, "@TGS#_players");
});

test("only administrators write announcements, and nothing destroys them", async () => {
  const { announcements } = await declaredIn("prod");
  assert.equal(announcements?.muteAllMember, true);
  assert.equal(announcements?.onRemove, "retain");
});

test("prod has no playground", async () => {
  assert.ok(!("playground" in (await declaredIn("prod"))));
});
