/**
 * Whatever a caller sends, the emulator answers: with the envelope, or with 4xx where HTTP itself is wrong; never with
 * 5xx, never by falling over, and never by changing what it should not.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { ADMIN, GROUP, send, topic } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

// Lenient, so that odd values get past the first checks.
const emulator = sharedEmulator({
  rules: {
    enforceFrequency: false,
    unknownFields: "ignored",
    unknownAccounts: "accepted",
    numericAccounts: "accepted",
  },
});
const COMMANDS = ["import_topic", "create_topic", "get_topic", "modify_topic", "destroy_topic"];

/** Right for every command, where unknown fields are ignored. */
const RIGHT_BODY = {
  GroupId: GROUP,
  TopicId: topic("a"),
  TopicName: "n",
  From_Account: ADMIN,
  TopicIdList: [topic("a")],
};
const FIELDS = [
  "GroupId",
  "TopicId",
  "TopicName",
  "From_Account",
  "TopicIdList",
  "ResponseFilter",
  "CustomString",
  "Introduction",
  "MuteAllMember",
  "CreateTime",
  "Type",
  "__proto__",
  "constructor",
];

/** Values of which some are right. */
const value = fc.oneof(
  fc.constantFrom<unknown>(GROUP, topic("a"), [topic("a")], ADMIN, "On", "Community", "TopicName", 1448357837),
  fc.string({ unit: "binary" }),
  fc.jsonValue(),
);
const body = fc.oneof(
  // As text, so that __proto__ is a key like any other.
  fc
    .array(fc.tuple(fc.constantFrom(...FIELDS), value), { maxLength: 3 })
    .map((fields) => [...Object.entries(RIGHT_BODY), ...fields])
    .map((fields) => `{${fields.map(([name, held]) => `${JSON.stringify(name)}:${JSON.stringify(held)}`).join()}}`),
  fc.jsonValue().map((any) => JSON.stringify(any)),
  fc.string({ unit: "binary" }),
);

test("any body of any command gets an answer with the envelope", async () => {
  const succeeded = new Set<string>();
  const commands = fc.constantFrom(...COMMANDS);
  await fc.assert(
    fc.asyncProperty(commands, body, async (command, text) => {
      const response = await send(emulator(), command, text);
      expect(response.status).toBe(200);
      const answer = (await response.json()) as Record<string, unknown>;
      expect(answer.ActionStatus).toBe(answer.ErrorCode === 0 ? "OK" : "FAIL");
      if (answer.ErrorCode === 0) succeeded.add(command);
    }),
    { numRuns: 500 },
  );
  // Otherwise the bodies would be too wild to prove anything.
  expect([...succeeded].sort()).toEqual([...COMMANDS].sort());
  expect(Object.prototype).not.toHaveProperty("TopicName");
  // The state is still whole, and still a seed.
  await emulator().reset(emulator().state());
});

test("any query gets an answer", async () => {
  const query = fc.dictionary(
    fc.constantFrom("sdkappid", "identifier", "usersig", "random", "contenttype", "x"),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(query, async (given) => {
      expect((await send(emulator(), "get_topic", {}, { query: given })).status).toBe(200);
    }),
    { numRuns: 200 },
  );
});

test("any path gets an answer", async () => {
  const path = fc.oneof(
    fc.webPath(),
    fc.string().map((text) => `/v4/${encodeURIComponent(text)}/x`),
    fc.constantFrom("/v4/%/%", "/v4/a/%ff", "//", "/v4//x", "/_emulator/%", "/v4/__proto__/constructor"),
  );
  await fc.assert(
    fc.asyncProperty(path, async (given) => {
      expect((await fetch(emulator().url + given, { method: "POST" })).status).toBeLessThan(500);
    }),
    { numRuns: 200 },
  );
});

test("any body of a control endpoint gets an answer below 500", async () => {
  const endpoint = fc.constantFrom("faults", "rules", "messages", "reset");
  await fc.assert(
    fc.asyncProperty(endpoint, fc.jsonValue(), async (path, any) => {
      const response = await fetch(`${emulator().url}/_emulator/${path}`, {
        method: "POST",
        body: JSON.stringify(any),
      });
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 200 },
  );
});
