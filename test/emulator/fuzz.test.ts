/**
 * Whatever a caller sends, the emulator answers: with the envelope, or with 4xx where HTTP itself is wrong; never with
 * 5xx, never by falling over, and never by changing what it should not.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_SEED } from "../../provider/emulator/index.js";
import { ADMIN, GROUP, send, topic } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

// Lenient, so that odd values get past the first checks.
const emulator = sharedEmulator({
  seed: {
    apps: DEFAULT_SEED.apps.map((app) => ({ ...app, communities: [{ groupId: GROUP, members: [ADMIN] }] })),
  },
  rules: {
    sameOwner: "accepted",
    enforceFrequency: false,
    unknownFields: "ignored",
    unknownAccounts: "accepted",
    numericAccounts: "accepted",
  },
});
const COMMANDS = [
  "import_topic",
  "create_topic",
  "get_topic",
  "modify_topic",
  "destroy_topic",
  "get_group_info",
  "get_appid_group_list",
  "modify_group_base_info",
  "change_group_owner",
];
/** These make or destroy communities, and each call has a community of its own. */
const MAKING_COMMANDS = ["import_group", "create_group", "destroy_group"];

/** Right for every command, where unknown fields are ignored. */
const RIGHT_BODY = {
  GroupId: GROUP,
  TopicId: topic("a"),
  TopicName: "n",
  From_Account: ADMIN,
  TopicIdList: [topic("a")],
  Type: "Community",
  Name: "n",
  GroupIdList: [GROUP],
  NewOwner_Account: ADMIN,
};
const FIELDS = [
  "Name",
  "Owner_Account",
  "NewOwner_Account",
  "GroupIdList",
  "MemberList",
  "MaxMemberCount",
  "MaxMemberNum",
  "SupportTopic",
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

test("any body of a command that makes or destroys communities gets an answer, and leaves a state that is a seed", async () => {
  const succeeded = new Set<string>();
  let number = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...MAKING_COMMANDS), body, async (command, text) => {
      const groupId = `@TGS#_fuzz${number++}`;
      if (command === "destroy_group") {
        await send(emulator(), "import_group", { Type: "Community", GroupId: groupId, Name: "n" });
      }
      const response = await send(emulator(), command, text.replaceAll(`"${GROUP}"`, `"${groupId}"`));
      expect(response.status).toBe(200);
      const answer = (await response.json()) as Record<string, unknown>;
      expect(answer.ActionStatus).toBe(answer.ErrorCode === 0 ? "OK" : "FAIL");
      if (answer.ErrorCode === 0) succeeded.add(command);
    }),
    { numRuns: 300 },
  );
  expect([...succeeded].sort()).toEqual([...MAKING_COMMANDS].sort());
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
