/**
 * Whatever a caller sends, the emulator answers: with the envelope, or with 4xx where HTTP itself is wrong; never with
 * 5xx, never by falling over, and never by changing what it should not.
 */

import { METHODS, request } from "node:http";
import { connect } from "node:net";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { DEFAULT_SEED } from "../../provider/emulator/index.js";
import { UNKNOWN } from "../../provider/lifecycle/unknown.js";
import { anyText, anyValue, arePrototypesClean, objectText } from "../bad-values.js";
import { amount } from "../proof.js";
import { ADMIN, control, GROUP, send, topic } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

vi.setConfig({ testTimeout: amount(60_000, 600_000) });

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

/** Values of which some are right; the text is what Pulumi gives for a value that is not known yet. */
const value = fc.oneof(
  fc.constantFrom<unknown>(GROUP, topic("a"), [topic("a")], ADMIN, "On", "Community", "TopicName", 1448357837, UNKNOWN),
  anyValue,
);
const body = fc.oneof(
  // As text, so that __proto__ is a key like any other.
  {
    weight: 4,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom(...FIELDS), value), { maxLength: 3 })
      .map((fields) => objectText([...Object.entries(RIGHT_BODY), ...fields])),
  },
  anyValue.map((any) => JSON.stringify(any)),
  anyText,
  fc.constantFrom(...["[", '{"a":'].map((open) => open.repeat(200_000))),
);

test("any body of any command gets an answer with the envelope", async () => {
  const succeeded = new Set<string>();
  const commands = fc.constantFrom(...COMMANDS);
  let number = 0;
  await fc.assert(
    fc.asyncProperty(commands, body, async (command, text) => {
      // Each meets the topic that it is about, or makes one that is not there.
      const isMaking = command === "import_topic" || command === "create_topic";
      const id = topic(isMaking ? `made-${number++}` : "a");
      if (!isMaking) await send(emulator(), "import_topic", { GroupId: GROUP, TopicId: id, TopicName: "n" });
      const response = await send(emulator(), command, text.replaceAll(topic("a"), id));
      expect(response.status).toBe(200);
      const answer = (await response.json()) as Record<string, unknown>;
      expect(answer.ActionStatus).toBe(answer.ErrorCode === 0 ? "OK" : "FAIL");
      if (answer.ErrorCode === 0) succeeded.add(command);
    }),
    { numRuns: amount(300, 5_000) },
  );
  // Otherwise the bodies would be too wild to prove anything.
  expect([...succeeded].sort()).toEqual([...COMMANDS].sort());
  expect(arePrototypesClean()).toBe(true);
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
    { numRuns: amount(200, 3_000) },
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

/** A right body for each control endpoint, of which single fields are then replaced. */
const CONTROLS: Readonly<Record<string, object>> = {
  faults: { kind: "garbage", command: "get_topic", times: 2, body: "x", done: true },
  rules: { unknownAccounts: "accepted", byteLimits: { topicName: 40 }, callsPerSecond: 300, clockOffsetSeconds: 5 },
  messages: { topicId: topic("a"), count: 2 },
  reset: {
    apps: [
      { sdkAppId: 1, secretKey: "key", communities: [{ groupId: GROUP, topics: [{ topicKey: "a", topicName: "n" }] }] },
    ],
  },
};
const CONTROL_FIELDS = [
  ...[
    "kind",
    "command",
    "times",
    "code",
    "status",
    "delayMs",
    "perItem",
    "body",
    "truncated",
    "done",
    "topicId",
    "count",
  ],
  ...["sdkAppId", "apps", "clockOffsetSeconds", "maxAnswerBytes", "throttleCode", "callsPerSecond", "refusedWords"],
  ...["__proto__", "constructor"],
];
const endpoint = fc.constantFrom(...Object.keys(CONTROLS));
const controlBody = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        endpoint,
        fc.array(fc.tuple(fc.constantFrom(...CONTROL_FIELDS), fc.oneof(anyValue, fc.nat())), { maxLength: 2 }),
      )
      .map(([path, fields]) => ({ path, text: objectText([...Object.entries(CONTROLS[path] ?? {}), ...fields]) })),
  },
  fc.tuple(endpoint, body).map(([path, text]) => ({ path, text })),
);

test("any body of a control endpoint is taken, or refused with what is wrong; and the emulator stays well", async () => {
  const taken = new Set<string>();
  await fc.assert(
    fc.asyncProperty(controlBody, async ({ path, text }) => {
      await emulator().reset();
      emulator().restoreRules();
      await send(emulator(), "import_topic", { GroupId: GROUP, TopicId: topic("a"), TopicName: "n" });
      const { status, body: answer } = await control(emulator(), "POST", path, text);
      expect([200, 400]).toContain(status);
      if (status === 400) expect(answer.error).not.toBe("");
      else taken.add(path);
      expect((await control(emulator(), "GET", "health")).body).toEqual({ status: "ok" });
      expect(arePrototypesClean()).toBe(true);
      // Whatever it took, it still answers, and what it holds is still a seed.
      emulator().clearFaults();
      expect((await send(emulator(), "import_topic", { GroupId: GROUP, TopicName: "n" })).status).toBe(200);
      await emulator().reset(emulator().state());
    }),
    { numRuns: amount(200, 5_000) },
  );
  expect([...taken].sort()).toEqual(Object.keys(CONTROLS).sort());
});

test("any method on any path gets an answer below 500", async () => {
  const { port } = emulator();
  const path = fc.constantFrom("/", "/v4/group_open_http_svc/import_topic", "/_emulator/health", "/_emulator/reset");
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...METHODS.filter((method) => method !== "CONNECT")), path, async (method, at) => {
      const status = await new Promise<number>((resolve, reject) => {
        const asked = request({ port, host: "127.0.0.1", method, path: at, agent: false }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        asked.on("error", reject).end();
      });
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 100 },
  );
});

test("bytes that are no HTTP leave it standing", async () => {
  const { port } = emulator();
  const start = fc.constantFrom(
    "",
    "CONNECT x:1 HTTP/1.1\r\n\r\n",
    "POST /v4/a/b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
  );
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array(), async (head, bytes) => {
      await new Promise<void>((resolve) => {
        const socket = connect(port, "127.0.0.1", () => socket.end(Buffer.concat([Buffer.from(head), bytes])));
        socket.on("error", () => {}).on("close", () => resolve());
        socket.resume();
      });
      expect((await control(emulator(), "GET", "health")).body).toEqual({ status: "ok" });
    }),
    { numRuns: 100 },
  );
});

test.each(["/v4/group_open_http_svc/import_topic", "/_emulator/reset"])(
  "a body over 16 MB to %s is refused with a word, and is no fault of the emulator's",
  async (path) => {
    const response = await fetch(emulator().url + path, { method: "POST", body: "x".repeat(16 * 1024 * 1024 + 1) });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ error: "the body is over 16777216 bytes" });
  },
);
