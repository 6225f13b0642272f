/**
 * The control endpoints under `/_emulator/`, through HTTP, and who may reach them.
 */

import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { DEFAULT_SECRET_KEY, DEFAULT_SEED, type Emulator, startEmulator } from "../../provider/emulator/index.js";
import { ADMIN, call, codeOf, control, GROUP, getInfo, importTopic, topic, userSig } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

const emulator = sharedEmulator();

describe("state and reset", () => {
  test("the state of a new emulator is its seed", async () => {
    expect((await control(emulator(), "GET", "state")).body).toMatchObject(DEFAULT_SEED);
  });

  test("a state is a seed: an emulator started from it has the same state", async () => {
    await importTopic(emulator(), "__proto__", { Introduction: "i", CreateTime: 1, From_Account: ADMIN });
    await call(emulator(), "modify_topic", { GroupId: GROUP, TopicId: topic("__proto__"), MuteAllMember: "On" });
    await call(emulator(), "create_topic", { GroupId: GROUP, TopicName: "assigned" });
    await importTopic(emulator(), "gone");
    await call(emulator(), "destroy_topic", { GroupId: GROUP, TopicIdList: [topic("gone")] });
    emulator().addMessages(topic("__proto__"), 2);
    const members = [{ Member_Account: ADMIN }];
    const full = { Type: "Community", GroupId: "@TGS#_full", Name: "Full", MaxMemberCount: 7, MemberList: members };
    await call(emulator(), "create_group", full);
    await call(emulator(), "change_group_owner", { GroupId: "@TGS#_full", NewOwner_Account: ADMIN });
    await call(emulator(), "modify_group_base_info", { GroupId: "@TGS#_full", MuteAllMember: "On", FaceUrl: "f" });
    await call(emulator(), "import_group", { Type: "Community", GroupId: "@TGS#_gone", Name: "Gone" });
    await call(emulator(), "destroy_group", { GroupId: "@TGS#_gone" });
    const { body: state } = await control(emulator(), "GET", "state");
    await using copy = await startEmulator({ seed: state });
    expect(copy.state()).toEqual(state);
  });

  test("reset goes back to the seed and clears log and faults, but not the rules", async () => {
    await importTopic(emulator(), "a");
    emulator().addFault({ kind: "throttle" });
    emulator().changeRules({ topicOrder: "reversed" });
    expect((await control(emulator(), "POST", "reset")).status).toBe(200);
    expect(emulator().state()).toMatchObject(DEFAULT_SEED);
    expect([emulator().requests(), emulator().faults()]).toEqual([[], []]);
    expect(emulator().rules().topicOrder).toBe("reversed");
  });

  test("reset takes a seed, and the next one without goes back to the first", async () => {
    const seed = { apps: [{ sdkAppId: 7, secretKey: "k" }] };
    await control(emulator(), "POST", "reset", seed);
    expect(
      emulator()
        .state()
        .apps.map((app) => app.sdkAppId),
    ).toEqual([7]);
    await control(emulator(), "POST", "reset");
    expect(emulator().state()).toMatchObject(DEFAULT_SEED);
  });

  test("a reset with a wrong seed is refused and changes nothing", async () => {
    await importTopic(emulator(), "a");
    const { status, body } = await control(emulator(), "POST", "reset", { apps: [{ sdkAppId: "7" }] });
    expect(status).toBe(400);
    expect(body.error).toContain("seed.apps[0].sdkAppId: Invalid input: expected number, received string");
    expect(emulator().state().apps[0]?.communities?.[0]?.topics).toHaveLength(1);
  });
});

describe("requests", () => {
  test("shows calls in order, with app, command, body, code and status", async () => {
    await importTopic(emulator(), "a");
    await codeOf(emulator(), "import_topic", "not JSON", { query: { sdkappid: null } });
    await codeOf(emulator(), "paint_topic", { colour: "red" });
    const { body } = await control(emulator(), "GET", "requests");
    expect(body).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        app: 1400000000,
        command: "import_topic",
        body: { GroupId: GROUP, TopicId: topic("a"), TopicName: "a" },
        code: 0,
        status: 200,
      },
      { at: expect.any(String), app: null, command: "import_topic", body: "not JSON", code: 60012, status: 200 },
      {
        at: expect.any(String),
        app: 1400000000,
        command: "paint_topic",
        body: { colour: "red" },
        code: 60009,
        status: 200,
      },
    ]);
    expect(emulator().requests()).toEqual(body);
  });

  test("names each command once and holds no credential", async () => {
    const usersig = userSig();
    await codeOf(emulator(), "get_topic", { GroupId: GROUP, From_Account: ADMIN }, { query: { usersig } });
    const text = await (await fetch(`${emulator().url}/_emulator/requests`)).text();
    expect(text.match(/get_topic/g)).toHaveLength(1);
    expect(text).not.toContain(usersig);
    expect(text).not.toContain(DEFAULT_SECRET_KEY);
  });

  test("DELETE forgets them", async () => {
    await importTopic(emulator(), "a");
    await control(emulator(), "DELETE", "requests");
    expect((await control(emulator(), "GET", "requests")).body).toEqual([]);
  });

  test("a deep body is shown as it came", async () => {
    const text = `{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
    expect(await codeOf(emulator(), "import_topic", text)).toBe(10004);
    expect(await (await fetch(`${emulator().url}/_emulator/requests`)).text()).toContain(text);
  });

  test("a body over 64 KB is not kept", async () => {
    await codeOf(emulator(), "import_topic", { GroupId: GROUP, TopicName: "x".repeat(70_000) });
    expect(emulator().requests()).toMatchObject([{ body: null, code: 10004 }]);
  });
});

describe("faults and rules", () => {
  test("POST faults adds one, GET shows it, DELETE forgets it", async () => {
    await control(emulator(), "POST", "faults", { kind: "throttle", command: "get_topic", times: 3 });
    const pending = [{ kind: "throttle", command: "get_topic", times: 3 }];
    expect((await control(emulator(), "GET", "faults")).body).toEqual(pending);
    await control(emulator(), "DELETE", "faults");
    expect(emulator().faults()).toEqual([]);
  });

  test("DELETE faults with a fault forgets those that differ from it in times alone", async () => {
    emulator().addFault({ kind: "throttle", command: "get_topic", times: 3 });
    emulator().addFault({ kind: "throttle", command: "import_topic" });
    emulator().addFault({ kind: "throttle", command: "get_topic" });
    await control(emulator(), "DELETE", "faults", { kind: "throttle", command: "get_topic" });
    expect(emulator().faults()).toEqual([{ kind: "throttle", command: "import_topic", times: 1 }]);
  });

  test("POST rules merges and answers with all rules, DELETE restores those of the start", async () => {
    await control(emulator(), "POST", "rules", { requestId: true });
    const { body } = await control(emulator(), "POST", "rules", { latencyMs: 1 });
    expect(body).toMatchObject({ requestId: true, latencyMs: 1, muteField: "MuteAllMember" });
    const { body: restored } = await control(emulator(), "DELETE", "rules");
    expect(restored).toMatchObject({ requestId: false, latencyMs: 0 });
    expect((await control(emulator(), "GET", "rules")).body).toEqual(restored);
  });

  test.each([
    ["faults", "{", "the body is not JSON"],
    ["faults", '{"kind":"error"}', "fault.code: is required"],
    ["rules", '{"latencyMs":"20"}', "rules.latencyMs: Invalid input: expected number, received string"],
    [
      "rules",
      '{"clockOffsetSeconds":-1e12}',
      "rules.clockOffsetSeconds: Too small: expected number to be >=-1000000000",
    ],
    ["rules", "[]", "rules: "],
    ["messages", "{}", "messages.topicId: is missing"],
    ["reset", "{", "the body is not JSON"],
  ])("a wrong POST %s is 400 and says why", async (path, text, message) => {
    const { status, body } = await control(emulator(), "POST", path, text);
    expect(status).toBe(400);
    expect(body.error).toContain(message);
  });

  test("what does not exist is 404", async () => {
    expect((await control(emulator(), "GET", "nothing")).status).toBe(404);
    expect((await control(emulator(), "GET", "reset")).status).toBe(404);
  });
});

describe("messages", () => {
  test("make a topic used", async () => {
    await importTopic(emulator(), "a");
    const before = Math.floor(Date.now() / 1000);
    await control(emulator(), "POST", "messages", { topicId: topic("a"), count: 5 });
    const info = await getInfo(emulator(), "a");
    expect(info.NextMsgSeq).toBe(6);
    expect(info.LastMsgTime).toBeGreaterThanOrEqual(before);
    expect(info.LastMsgTime).toBeLessThanOrEqual(Date.now() / 1000);
  });

  test("to a topic that is not there are refused", async () => {
    const { status, body } = await control(emulator(), "POST", "messages", { topicId: topic("gone"), count: 1 });
    expect([status, body.error]).toEqual([400, `messages.topicId: there is no topic ${topic("gone")}`]);
  });

  test("beyond the numbers that JSON carries are refused, so that the state stays a seed", async () => {
    await importTopic(emulator(), "a");
    const count = Number.MAX_SAFE_INTEGER;
    const { status, body } = await control(emulator(), "POST", "messages", { topicId: topic("a"), count });
    expect([status, body.error]).toEqual([
      400,
      expect.stringMatching(/^messages\.count: .* beyond what JSON carries$/),
    ]);
    await emulator().reset(emulator().state());
  });

  test("need the app where several have the topic", async () => {
    const app = (sdkAppId: number) => ({
      sdkAppId,
      secretKey: "k",
      communities: [{ groupId: GROUP, topics: [{ topicKey: "a", topicName: "n" }] }],
    });
    await emulator().reset({ apps: [app(1), app(2)] });
    expect(() => emulator().addMessages(topic("a"), 1)).toThrow("messages.sdkAppId: is needed");
    emulator().addMessages(topic("a"), 1, 2);
    const used = emulator()
      .state()
      .apps.map((each) => each.communities?.[0]?.topics?.[0]?.nextMsgSeq);
    expect(used).toEqual([1, 2]);
  });
});

describe("outside changes", () => {
  test("edit a topic as another client would, and leave no trace in log, faults and frequency", async () => {
    await importTopic(emulator(), "a", { Introduction: "kept" });
    emulator().clearRequests();
    emulator().addFault({ kind: "error", code: 10002 });
    emulator().changeRules({ callsPerSecond: 1 });
    const edit = { topicName: "新", notification: "", customString: "c", muteAllMember: true };
    for (let time = 0; time < 3; time += 1) {
      const edited = await control(emulator(), "POST", "topics", { topicId: topic("a"), ...edit });
      expect(edited).toEqual({ status: 200, body: { status: "ok" } });
    }
    const [live] = emulator().state().apps[0]?.communities?.[0]?.topics ?? [];
    expect(live).toMatchObject({ ...edit, introduction: "kept" });
    expect([emulator().requests(), emulator().faults().length]).toEqual([[], 1]);
  });

  test("delete a topic for good", async () => {
    await importTopic(emulator(), "a");
    expect((await control(emulator(), "DELETE", "topics", { topicId: topic("a") })).status).toBe(200);
    expect(emulator().state().apps[0]?.communities).toMatchObject([{ topics: [], destroyedTopicIds: [topic("a")] }]);
  });

  test.each([
    [
      "a name over its bytes",
      "POST",
      { topicId: topic("a"), topicName: "x".repeat(31) },
      "is 31 bytes, the limit is 30 (10004)",
    ],
    ["no name", "POST", { topicId: topic("a"), topicName: "" }, "TopicName is empty (10004)"],
    ["a field that is none", "POST", { topicId: topic("a"), colour: "red" }, 'topic: Unrecognized key: "colour"'],
    ["no topic", "DELETE", {}, "topic.topicId: is missing"],
    [
      "a topic that is not there",
      "DELETE",
      { topicId: topic("gone") },
      `topic.topicId: there is no topic ${topic("gone")}`,
    ],
    ["a topic of another app", "POST", { topicId: topic("a"), sdkAppId: 7 }, "topic.topicId: there is no topic"],
    ["no JSON", "POST", "{", "the body is not JSON"],
  ])("with %s are refused and change nothing", async (_what, method, body, message) => {
    await importTopic(emulator(), "a");
    const before = emulator().state();
    const { status, body: answer } = await control(emulator(), method, "topics", body);
    expect([status, answer.error]).toEqual([400, expect.stringContaining(message)]);
    expect(emulator().state()).toEqual(before);
  });

  test("are methods as well, and need the app where several have the topic", async () => {
    const app = (sdkAppId: number) => ({
      sdkAppId,
      secretKey: "k",
      communities: [{ groupId: GROUP, topics: [{ topicKey: "a", topicName: "n" }] }],
    });
    await emulator().reset({ apps: [app(1), app(2)] });
    expect(() => emulator().editTopic(topic("a"), { topicName: "m" })).toThrow("topic.sdkAppId: is needed");
    emulator().editTopic(topic("a"), { topicName: "m" }, 1);
    emulator().deleteTopic(topic("a"), 2);
    const topics = emulator()
      .state()
      .apps.map(({ communities }) => communities?.[0]?.topics?.map(({ topicName }) => topicName));
    expect(topics).toEqual([["m"], []]);
  });
});

describe("start and end", () => {
  test("health is ok", async () => {
    expect(await control(emulator(), "GET", "health")).toEqual({ status: 200, body: { status: "ok" } });
  });

  test("a port in use is a clear error", async () => {
    await expect(startEmulator({ port: emulator().port })).rejects.toThrow(
      `port ${emulator().port} on 127.0.0.1 is in use; choose another one, or 0 for one that is free`,
    );
  });

  test("close may be called twice, and ends calls that are under way", async () => {
    const closing = await startEmulator({ rules: { latencyMs: 600_000 } });
    const answer = codeOf(closing, "get_topic", { GroupId: GROUP, From_Account: ADMIN });
    while (closing.requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([closing.close(), closing.close(), expect(answer).rejects.toThrow()]);
    await expect(fetch(`${closing.url}/_emulator/health`)).rejects.toThrow();
  });
});

describe("browsers are kept out", () => {
  test.each([
    ["REST API", "POST", "/v4/million_group_open_http_svc/get_topic"],
    ["control API", "POST", "/_emulator/reset"],
    ["state", "GET", "/_emulator/state"],
    ["page", "GET", "/"],
  ])("a rebound host name does not reach the %s", async (_what, method, path) => {
    const { port } = emulator();
    expect(await statusOf(emulator(), method, path, { host: `evil.example:${port}` })).toBe(403);
    expect(await statusOf(emulator(), method, path, { host: `127.0.0.1.evil.example:${port}` })).toBe(403);
    expect(await statusOf(emulator(), method, path, { host: "127.0.0.1" })).toBe(403);
    expect(await statusOf(emulator(), method, path, { host: `127.0.0.1:${port + 1}` })).toBe(403);
    expect(await statusOf(emulator(), method, path, { host: `localhost:${port}` })).toBe(200);
    expect(await statusOf(emulator(), method, path, { host: `[::1]:${port}` })).toBe(200);
  });

  test.each(["https://evil.example", "null", "http://127.0.0.1", "http://localhost:1"])(
    "a page of the origin %s is refused",
    async (origin) => {
      expect(await statusOf(emulator(), "POST", "/_emulator/reset", { origin })).toBe(403);
    },
  );

  test("a page of the emulator's own origin is not", async () => {
    expect(await statusOf(emulator(), "GET", "/_emulator/health", { origin: emulator().url })).toBe(200);
  });

  /** The status of a request with these headers, which fetch does not let one set. */
  function statusOf(running: Emulator, method: string, path: string, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: "127.0.0.1", port: running.port, method, path, headers, agent: false },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on("error", reject);
      sent.end();
    });
  }
});
