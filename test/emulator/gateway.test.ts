/**
 * The query and who calls. Sources: https://www.tencentcloud.com/document/product/1047/34620 (query), …/34348 (codes),
 * https://trtc.io/document/34348 (60025).
 */

import { describe, expect, test } from "vitest";
import { DEFAULT_SEED } from "../../provider/emulator/index.js";
import { ADMIN, call, codeOf, GROUP, send, userSig } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

const emulator = sharedEmulator({
  seed: {
    apps: [
      ...DEFAULT_SEED.apps.map((app) => ({ ...app, accounts: ["player"] })),
      { sdkAppId: 1400000001, secretKey: "another key", communities: [{ groupId: GROUP }] },
    ],
  },
});
const BODY = { GroupId: GROUP, From_Account: ADMIN };

describe("the query", () => {
  test.each([
    ["sdkappid is missing", { sdkappid: null }, 60012],
    ["sdkappid is not a number", { sdkappid: "1400000000x" }, 60006],
    ["sdkappid is of no app", { sdkappid: 1 }, 70020],
    ["identifier is missing", { identifier: null }, 60004],
    ["usersig is missing", { usersig: null }, 70002],
    ["random is missing", { random: null }, 60025],
    ["random is negative", { random: -1 }, 60025],
    ["random is over 32 bits", { random: 4294967296 }, 60025],
    ["random is not an integer", { random: "1.5" }, 60025],
    ["contenttype is missing", { contenttype: null }, 60025],
    ["contenttype is not json", { contenttype: "JSON" }, 60025],
  ])("when %s the call is refused", async (_what, query, code) => {
    expect(await codeOf(emulator(), "get_topic", BODY, { query })).toBe(code);
  });

  test("names are case-sensitive (…/34620)", async () => {
    const query = { sdkappid: null, SdkAppId: 1400000000 };
    expect(await codeOf(emulator(), "get_topic", BODY, { query })).toBe(60012);
  });

  test("random may be 0", async () => {
    expect(await codeOf(emulator(), "get_topic", BODY, { query: { random: 0 } })).toBe(0);
  });
});

describe("who calls", () => {
  test("a valid UserSig of an account that is no administrator is 60010", async () => {
    const query = { identifier: "player", usersig: userSig("player") };
    expect(await codeOf(emulator(), "get_topic", BODY, { query })).toBe(60010);
  });

  test("the administrator's UserSig does not fit another identifier", async () => {
    expect(await codeOf(emulator(), "get_topic", BODY, { query: { identifier: "player" } })).toBe(70013);
  });

  test("a UserSig of one app does not open another", async () => {
    expect(await codeOf(emulator(), "get_topic", BODY, { query: { sdkappid: 1400000001 } })).toBe(70014);
  });

  test("two apps can hold communities of the same id apart", async () => {
    const query = { sdkappid: 1400000001, usersig: userSig(ADMIN, "another key", 1400000001) };
    await call(emulator(), "import_topic", { GroupId: GROUP, TopicName: "n" }, { query });
    const counts = emulator()
      .state()
      .apps.map((app) => app.communities?.[0]?.topics?.length);
    expect(counts).toEqual([0, 1]);
  });

  test("a clock that is behind the service's ends in 70001, one that is ahead in 70003", async () => {
    emulator().changeRules({ clockOffsetSeconds: 2 * 86_400 });
    expect(await codeOf(emulator(), "get_topic", BODY)).toBe(70001);
    emulator().changeRules({ clockOffsetSeconds: -3600 });
    expect(await codeOf(emulator(), "get_topic", BODY)).toBe(70003);
    emulator().changeRules({ futureSignatures: "accepted" });
    expect(await codeOf(emulator(), "get_topic", BODY)).toBe(0);
  });

  test("the Date header shows the service's clock", async () => {
    emulator().changeRules({ clockOffsetSeconds: 86_400 });
    const { headers } = await send(emulator(), "get_topic", BODY);
    expect(Date.parse(headers.get("date") ?? "")).toBeGreaterThan(Date.now() + 86_000_000);
  });
});

describe("service, command, method and body", () => {
  test("an unknown command is 60009", async () => {
    expect(await codeOf(emulator(), "paint_topic", {})).toBe(60009);
  });

  test("a command on the wrong service is 60009, or 10003 by the rule unknownCommandCode", async () => {
    const other = { service: "group_open_http_svc" };
    expect(await codeOf(emulator(), "get_topic", BODY, other)).toBe(60009);
    emulator().changeRules({ unknownCommandCode: 10003 });
    expect(await codeOf(emulator(), "get_topic", BODY, other)).toBe(10003);
  });

  test("only POST is answered", async () => {
    expect(await codeOf(emulator(), "get_topic", BODY, { method: "GET" })).toBe(60008);
    expect(await codeOf(emulator(), "get_topic", BODY, { method: "PUT" })).toBe(60008);
  });

  test.each(["", "{", "null", "[]", '"text"', "{'GroupId': 1}"])("the body %j is 60003", async (body) => {
    expect(await codeOf(emulator(), "get_topic", body)).toBe(60003);
  });

  test("a body that is not UTF-8 is 60003", async () => {
    const url = `${emulator().url}/v4/million_group_open_http_svc/get_topic?sdkappid=1400000000&identifier=${ADMIN}&usersig=${userSig()}&random=1&contenttype=json`;
    const response = await fetch(url, { method: "POST", body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]) });
    expect(await response.json()).toMatchObject({ ErrorCode: 60003 });
  });

  test("failures are HTTP 200 with the envelope (…/34620)", async () => {
    const response = await send(emulator(), "get_topic", "{");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ActionStatus: "FAIL",
      ErrorCode: 60003,
      ErrorInfo: "the request's body is not JSON",
    });
  });

  test("the body's Content-Type does not matter", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect(await codeOf(emulator(), "get_topic", BODY, { headers })).toBe(0);
  });
});
