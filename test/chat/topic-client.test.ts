import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ERROR_CODES } from "../../provider/chat/error-codes.js";
import {
  AlreadyExistsError,
  ChatError,
  ConnectionError,
  RefusedError,
  ThrottledError,
  UnavailableError,
  UnexpectedAnswerError,
} from "../../provider/chat/errors/index.js";
import type { TopicClient } from "../../provider/chat/topic-client.js";
import { createTransport } from "../../provider/chat/transport.js";
import type { Fault } from "../../provider/emulator/index.js";
import { type Configuration, failureOf, GROUP, idOf, SECRET_KEY, TestApp } from "./test-app.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(async () => {
  await app.reset([{ topicKey: "lobby", topicName: "Lobby" }]);
  // No pauses: what is tested is whether it is tried again, not when.
  vi.spyOn(Math, "random").mockReturnValue(0);
  return () => vi.restoreAllMocks();
});
afterAll(() => app.close());

const LOBBY = idOf("lobby");
const GENERAL = { groupId: GROUP, topicId: idOf("general"), topicName: "General" };

describe("a request", () => {
  test("carries the query that the vendor's page asks for", async () => {
    const transport = app.shortTransport(5_000);
    await app.client({ adminAccount: "operator" }, { transport }).getTopics(GROUP);
    const [url] = transport.urls;
    expect(url?.pathname).toBe("/v4/million_group_open_http_svc/get_topic");
    expect(Object.fromEntries(url?.searchParams ?? [])).toMatchObject({
      sdkappid: "1400000001",
      identifier: "operator",
      contenttype: "json",
      random: expect.stringMatching(/^\d{1,10}$/),
    });
  });

  test("has a random number of its own, from 0 to 4294967295", async () => {
    const transport = app.shortTransport(5_000);
    const client = app.client({}, { transport });
    for (let call = 0; call < 8; call++) await client.getTopics(GROUP);
    const numbers = transport.urls.map((url) => Number(url.searchParams.get("random")));
    expect(new Set(numbers).size).toBeGreaterThan(1);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(4_294_967_295);
  });

  test.each(["group_open_http_svc", "million_group_open_http_svc"] as const)(
    "imports through %s where the settings say so, and reads as always",
    async (importService) => {
      app.emulator.changeRules({ importService });
      const client = app.client({ importService });
      await client.importTopic(GENERAL);
      expect((await client.getTopics(GROUP)).has(GENERAL.topicId)).toBe(true);
    },
  );

  test("to the wrong service ends in an error that names the setting", async () => {
    app.emulator.changeRules({ importService: "million_group_open_http_svc" });
    await expect(app.client().importTopic(GENERAL)).rejects.toThrow(/60009.*importService/);
  });

  test("reads as the admin account, which need not be in the community", async () => {
    await app.client({ adminAccount: "operator" }).getTopics(GROUP, [LOBBY]);
    expect(app.requests("get_topic")[0]?.body).toEqual({
      GroupId: GROUP,
      From_Account: "operator",
      TopicIdList: [LOBBY],
    });
  });

  test("leaves out what is not given", async () => {
    const client = app.client();
    await client.importTopic({ groupId: GROUP, topicName: "Bare" });
    await client.modifyTopic(GROUP, LOBBY, { notification: "" });
    expect(app.requests("import_topic")[0]?.body).toEqual({ Type: "Community", GroupId: GROUP, TopicName: "Bare" });
    expect(app.requests("modify_topic")[0]?.body).toEqual({ GroupId: GROUP, TopicId: LOBBY, Notification: "" });
  });

  test.each([
    [true, "On"],
    [false, "Off"],
  ])("muteAllMember %s is %s on the wire", async (muteAllMember, word) => {
    await app.client().modifyTopic(GROUP, LOBBY, { muteAllMember });
    expect(app.requests("modify_topic")[0]?.body.MuteAllMember).toBe(word);
  });
});

describe("an import whose answer is lost", () => {
  const LOST: [string, Fault][] = [
    ["the connection closes", { kind: "drop-after" }],
    ["the answer is cut off", { kind: "garbage", truncated: true }],
    ["a proxy answers 502 in its place", { kind: "http", status: 502, done: true }],
    ["a page of HTML comes in its place", { kind: "garbage", done: true }],
  ];

  test.each(LOST)("is sent again, and learns that the topic exists, maybe by its own doing: %s", async (_, fault) => {
    app.fault({ ...fault, command: "import_topic" });
    const error = await failureOf(app.client().importTopic(GENERAL));
    expect(error).toBeInstanceOf(AlreadyExistsError);
    expect((error as AlreadyExistsError).attempts.outcomeUnknown).toBe(true);
    expect(app.liveTopics()).toHaveLength(2);
  });

  test("late is as good as lost", async () => {
    app.fault({ kind: "delay", command: "import_topic", delayMs: 5_000 });
    const client = app.client({}, { transport: app.shortTransport(150) });
    const error = await failureOf(client.importTopic(GENERAL));
    expect(error).toMatchObject({ code: "ALREADY_EXISTS", attempts: { outcomeUnknown: true } });
  });

  test.each(LOST)("is not sent again where the service assigns the id: %s", async (_, fault) => {
    app.fault({ ...fault, command: "import_topic" });
    const error = await failureOf(app.client().importTopic({ groupId: GROUP, topicName: "Assigned" }));
    expect(error).toMatchObject({ attempts: { outcomeUnknown: true } });
    expect(app.requests("import_topic")).toHaveLength(1);
    expect(app.liveTopics().filter(({ topicName }) => topicName === "Assigned")).toHaveLength(1);
  });

  test.each([10002, 60008, 80005])("nor after %i, which may come when it is done", async (code) => {
    app.fault({ kind: "error", command: "import_topic", code });
    const error = await failureOf(app.client().importTopic({ groupId: GROUP, topicName: "Assigned" }));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(app.requests("import_topic")).toHaveLength(1);
  });

  test("where the service assigns the id, one that was throttled is sent again: it was not done", async () => {
    app.fault({ kind: "throttle", command: "import_topic", times: 2 });
    const id = await app.client().importTopic({ groupId: GROUP, topicName: "Assigned" });
    expect(id).toMatch(/^@TGS#_players@TOPIC#_@TOPIC#c/);
  });

  test("that never arrived succeeds at the next attempt, without doubt", async () => {
    app.fault({ kind: "drop-before", command: "import_topic" });
    expect(await app.client().importTopic(GENERAL)).toBe(GENERAL.topicId);
  });

  test("an id that was taken before is no doubt", async () => {
    const error = await failureOf(app.client().importTopic({ groupId: GROUP, topicId: LOBBY, topicName: "x" }));
    expect(error).toMatchObject({ code: "ALREADY_EXISTS", attempts: { outcomeUnknown: false } });
  });

  test("throttled attempts raise no doubt either", async () => {
    app.fault({ kind: "throttle", command: "import_topic", times: 2 });
    const error = await failureOf(app.client().importTopic({ groupId: GROUP, topicId: LOBBY, topicName: "x" }));
    expect(error).toMatchObject({ code: "ALREADY_EXISTS", attempts: { outcomeUnknown: false } });
  });
});

describe("an accident is ridden out", () => {
  const throttleCodes = Object.keys(ERROR_CODES)
    .map(Number)
    .filter((code) => ERROR_CODES[code]?.class === "throttled");

  test.each<[string, Fault[]]>([
    ...throttleCodes.map((code): [string, Fault[]] => [
      `throttled with ${code}`,
      [{ kind: "throttle", code, times: 4 }],
    ]),
    ["502, 503, 504", [502, 503, 504].map((status) => ({ kind: "http", status }))],
    ["connections that close", [{ kind: "drop-before", times: 3 }]],
    ["HTML in place of an answer", [{ kind: "garbage" }]],
    ["an answer that is cut off", [{ kind: "garbage", truncated: true }]],
    ["an answer of another shape", [{ kind: "garbage", body: '{"hello":"world"}' }]],
    ["an internal error", [{ kind: "error", code: 10002, times: 3 }]],
    ["a topic's own internal error", [{ kind: "error", command: "get_topic", code: 10002, perItem: true }]],
    [
      "one after the other",
      [
        { kind: "drop-before" },
        { kind: "throttle" },
        { kind: "http", status: 502 },
        { kind: "error", code: 60008, times: 3 },
      ],
    ],
  ])("%s", async (_, faults) => {
    app.fault(...faults);
    expect((await app.client().getTopics(GROUP)).get(LOBBY)?.topicName).toBe("Lobby");
  });

  test("a frequency that the emulator enforces is kept to by itself, without one throttled answer", async () => {
    // A little above ours, since calls that leave evenly arrive a little less evenly on a busy machine.
    app.emulator.changeRules({ enforceFrequency: true, callsPerSecond: 44 });
    const client = app.client({ callsPerSecond: "40" });
    await Promise.all(Array.from({ length: 45 }, () => client.getTopics(GROUP)));
    expect(app.requests("get_topic").filter(({ code }) => code !== 0)).toEqual([]);
  });

  test("two clients that both think the limit is theirs finish all the same", async () => {
    app.emulator.changeRules({ enforceFrequency: true, callsPerSecond: 60 });
    const clients = [app.client({ callsPerSecond: "100" }), app.client({ callsPerSecond: "100" })];
    const calls = clients.flatMap((client) => Array.from({ length: 36 }, () => client.getTopics(GROUP)));
    expect(await Promise.all(calls)).toHaveLength(72);
    expect(app.requests("get_topic").some(({ code }) => code === 60007)).toBe(true);
  });
});

describe("what cannot help is not tried again", () => {
  async function attempts(call: (client: TopicClient) => Promise<unknown>): Promise<[Error, number]> {
    const error = await failureOf(call(app.client()));
    return [error, app.commands().length];
  }

  test.each([10003, 10004, 10007, 10010, 10015, 10016, 10021, 10037, 11000, 60010, 60026, 70009, 80001, 424242])(
    "the code %i",
    async (code) => {
      app.fault({ kind: "error", code, times: 9 });
      const [error, count] = await attempts((client) => client.importTopic(GENERAL));
      expect(error).toMatchObject({ serviceCode: code });
      expect(count).toBe(1);
    },
  );

  test.each([301, 302, 307, 400, 401, 403, 404])("the HTTP status %i", async (status) => {
    app.fault({ kind: "http", status, times: 9 });
    const [error, count] = await attempts((client) => client.getTopics(GROUP));
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(count).toBe(1);
  });

  test("a wrong key: too many failed verifications lock the app out", async () => {
    const error = await failureOf(app.client({ secretKey: "wrong" }).getTopics(GROUP));
    expect(error).toMatchObject({ serviceCode: 70009 });
    expect(app.commands()).toHaveLength(1);
  });

  test("garbage is given up after a few attempts", async () => {
    app.fault({ kind: "garbage", times: 99 });
    const [error, count] = await attempts((client) => client.getTopics(GROUP));
    expect(error.message).toMatch(/gave an unexpected answer, it is not JSON, or cut off.*\(Tried 4 times\.\)$/);
    expect(count).toBe(4);
  });

  test("a host that refuses connections is given up after a few attempts", async () => {
    const error = await failureOf(app.client({ endpoint: "http://127.0.0.1:1" }).getTopics(GROUP));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.message).toMatch(/no answer from 127\.0\.0\.1:1, .*\(Tried 6 times\.\)$/);
  });
});

describe("messages", () => {
  test("name the topic, the code, what it means and what to do", async () => {
    const topicId = "@TGS#_plain@TOPIC#_general";
    const call = app.client().importTopic({ groupId: "@TGS#_plain", topicId, topicName: "General" });
    const error = await failureOf(call);
    expect(error).toBeInstanceOf(RefusedError);
    expect(error.message).toMatch(/^import_topic "general" in @TGS#_plain: 11000 \(“.*”\), .* What to do: console → /);
  });

  test("of a read of several topics say how many", async () => {
    const error = await failureOf(app.client().getTopics("@TGS#_gone", ["@TGS#_gone@TOPIC#_a", "@TGS#_gone@TOPIC#_b"]));
    expect(error.message).toMatch(/^get_topic of 2 topics in @TGS#_gone: 10010/);
  });

  test("say that the machine's clock is wrong when it is", async () => {
    app.emulator.changeRules({ clockOffsetSeconds: -3_600 });
    const error = await failureOf(app.client().getTopics(GROUP));
    expect(error.message).toMatch(/clock is 3\d{3} s ahead of the server's: set it right/);
  });

  test("carry the service's RequestId", async () => {
    app.emulator.changeRules({ requestId: true });
    const error = await failureOf(app.client().getTopics("@TGS#_gone"));
    expect(error.message).toMatch(/\[RequestId [0-9a-f-]{36}\]$/);
  });

  test.each<[string, Configuration, Fault[]]>([
    ["refused", {}, [{ kind: "error", code: 10004 }]],
    ["refused for its signature", { secretKey: "another-key" }, []],
    ["redirected", {}, [{ kind: "http", status: 302 }]],
    ["answered with garbage", {}, [{ kind: "garbage", times: 9 }]],
    ["not answered", { endpoint: "http://127.0.0.1:1" }, []],
    ["cut off", { timeoutSeconds: "1" }, [{ kind: "delay", delayMs: 3_000 }]],
  ])("never show a credential when a call is %s", async (_, configuration, faults) => {
    const settings = app.settings(configuration);
    const real = createTransport(settings.baseUrl);
    const userSigs: string[] = [];
    const client = app.client(configuration, {
      transport: {
        post: (url, ...rest) => {
          userSigs.push(url.searchParams.get("usersig") ?? "");
          return real.post(url, ...rest);
        },
        close: () => real.close(),
      },
    });
    app.fault(...faults);
    const error = await failureOf(client.getTopics(GROUP));
    expect(error).toBeInstanceOf(ChatError);
    const shown = `${inspect(error, { depth: null, showHidden: true })} ${JSON.stringify(error)}`;
    for (const credential of [...userSigs, SECRET_KEY, "another-key", encodeURIComponent(userSigs[0] ?? "")]) {
      expect(credential).not.toBe("");
      expect(shown).not.toContain(credential);
    }
  });
});

test("a call that gets no answer ends with the time that it may take", async () => {
  app.fault({ kind: "delay", delayMs: 20_000 });
  const error = await failureOf(app.client({ timeoutSeconds: "1" }).getTopics(GROUP));
  expect(error).toMatchObject({ code: "CONNECTION_FAILED", attempts: { outcomeUnknown: true } });
  expect(error.message).toMatch(/no answer from 127\.0\.0\.1:\d+, none came within (1|0\.\d) s/);
});

test("throttling that never ends becomes an error that says how to go on", async () => {
  app.fault({ kind: "throttle", times: 1_000 });
  vi.mocked(Math.random).mockReturnValue(0.5);
  const error = await failureOf(app.client({ timeoutSeconds: "1" }).getTopics(GROUP));
  expect(error).toBeInstanceOf(ThrottledError);
  expect(error.message).toMatch(/60007.*callsPerSecond/);
});
