/** The client's time: rate, pauses and deadline, on a clock that the test moves, with a transport that the test plays. */
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Caller, type WaitingListener } from "../../provider/chat/caller.js";
import { type CallError, ConnectionError, UnexpectedAnswerError } from "../../provider/chat/errors/index.js";
import { TopicClient } from "../../provider/chat/topic-client.js";
import type { HttpAnswer, Transport } from "../../provider/chat/transport.js";
import { WrongAppError } from "../../provider/lifecycle/errors/index.js";
import { SettingsError } from "../../provider/settings/settings-error.js";
import { type Configuration, GROUP, validSettings } from "./test-app.js";

// Loaded at the first call, in real time, while the clock of the test stands still.
beforeAll(() => import("tls-sig-api-v2"));
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const OK = JSON.stringify({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, TopicAndSelfInfo: [] });

const THROTTLED = JSON.stringify({ ActionStatus: "FAIL", ErrorInfo: "", ErrorCode: 60007 });

type Play = (attempt: { readonly timeoutMs: number; readonly number: number }) => Promise<HttpAnswer>;

function clientOf(play: Play, configuration: Configuration = {}, onWaiting?: WaitingListener) {
  const attempts: { readonly at: number; readonly timeoutMs: number }[] = [];
  const transport: Transport = {
    post: (_url, _body, timeoutMs) => {
      attempts.push({ at: performance.now(), timeoutMs });
      return play({ timeoutMs, number: attempts.length });
    },
    close: async () => {},
  };
  const caller = new Caller(validSettings(configuration), { transport, ...(onWaiting && { onWaiting }) });
  return { caller, client: new TopicClient(caller), attempts };
}

function answer(text: string, status = 200, retryAfterMs?: number): HttpAnswer {
  return { status, text, serverTime: undefined, retryAfterMs };
}

const answers =
  (...always: Parameters<typeof answer>): Play =>
  async () =>
    answer(...always);

/** The first attempt gets the one answer, all others the other one. */
const firstThen =
  (first: HttpAnswer, then: HttpAnswer): Play =>
  async ({ number }) =>
    number === 1 ? first : then;

/** The end of a call: when, and with what. */
async function endOf(call: Promise<unknown>): Promise<{ readonly at: number; readonly error: Error | undefined }> {
  const startedAt = performance.now();
  const end = call.then(
    () => ({ at: performance.now() - startedAt, error: undefined }),
    (error: Error) => ({ at: performance.now() - startedAt, error }),
  );
  await vi.runAllTimersAsync();
  return end;
}

const silent: Play = ({ timeoutMs }) =>
  new Promise((_, reject) => {
    const error = new ConnectionError({ call: "get_topic x", host: "host", reason: "none came", outcomeUnknown: true });
    setTimeout(() => reject(error), timeoutMs);
  });

describe("the time that a call may take", () => {
  test.each([0.1, 0.5, 1])("holds for all attempts and pauses together, with jitter %f", async (jitter) => {
    vi.spyOn(Math, "random").mockReturnValue(jitter);
    for (const seconds of [1, 5, 60]) {
      const { client } = clientOf(answers("oops", 502), { timeoutSeconds: String(seconds), callsPerSecond: "10000" });
      const { at, error } = await endOf(client.getTopics(GROUP));
      expect(error?.message).toContain("HTTP status 502");
      expect(at).toBeLessThanOrEqual(seconds * 1_000);
    }
  });

  test("gives no attempt more than ten seconds, and the last one what is left", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { client, attempts } = clientOf(silent, { timeoutSeconds: "25" });
    const { at } = await endOf(client.getTopics(GROUP));
    expect(attempts.map(({ timeoutMs }) => Math.round(timeoutMs / 1_000))).toEqual([10, 10, 5]);
    expect(at).toBeLessThanOrEqual(25_000);
  });

  test("leaves no attempt so little time that it could only lose its answer", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const { client, attempts } = clientOf(answers("oops", 502), { timeoutSeconds: "3" });
    await endOf(client.getTopics(GROUP));
    expect(Math.min(...attempts.map(({ timeoutMs }) => timeoutMs))).toBeGreaterThanOrEqual(250);
  });

  test("does not run while the call waits for the rate limiter", async () => {
    const { client, attempts } = clientOf(answers(OK), { callsPerSecond: "1", timeoutSeconds: "1" });
    const calls = Array.from({ length: 20 }, () => client.getTopics(GROUP));
    const { error } = await endOf(Promise.all(calls));
    expect(error).toBeUndefined();
    expect(attempts.at(-1)?.at).toBeGreaterThan(15_000);
  });

  test("does not run either while a throttled call waits for the rate limiter, whose rate is lower then", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const play: Play = async ({ number }) => answer(number <= 6 ? THROTTLED : OK);
    const { client } = clientOf(play, { callsPerSecond: "2", timeoutSeconds: "1" });
    const { at, error } = await endOf(client.getTopics(GROUP));
    expect(error).toBeUndefined();
    expect(at).toBeGreaterThan(2_000);
  });
});

describe("the rate", () => {
  test("holds for attempts, not for calls: it counts what is tried again too", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const play: Play = async ({ number }) => answer(OK, number % 2 === 0 ? 200 : 502);
    const { client, attempts } = clientOf(play, { callsPerSecond: "20" });
    await endOf(Promise.all(Array.from({ length: 60 }, () => client.getTopics(GROUP))));
    for (const [index, { at }] of attempts.entries()) {
      const next = attempts[index + 20];
      if (next !== undefined) expect(next.at - at).toBeGreaterThanOrEqual(1_000);
    }
  });

  /** How many attempts 60 calls make in the first second, at 20 calls a second, where the very first one is answered so. */
  async function attemptsInOneSecond(first: HttpAnswer): Promise<number> {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { client, attempts } = clientOf(firstThen(first, answer(OK)), { callsPerSecond: "20" });
    const calls = Array.from({ length: 60 }, () => client.getTopics(GROUP));
    await vi.advanceTimersByTimeAsync(1_000);
    const count = attempts.length;
    expect((await endOf(Promise.all(calls))).error).toBeUndefined();
    return count;
  }

  test.each([
    ["a throttled answer", answer(THROTTLED)],
    ["HTTP 429", answer("", 429)],
    ["HTTP 503", answer("", 503)],
  ])("is halved by %s, for all calls that wait", async (_, first) => {
    expect(await attemptsInOneSecond(first)).toBeLessThanOrEqual(12);
  });

  test("is not halved by another HTTP status", async () => {
    expect(await attemptsInOneSecond(answer("", 502))).toBeGreaterThanOrEqual(20);
  });

  test("is one for each command: reads do not hold up writes", async () => {
    const { client, attempts } = clientOf(answers(OK), { callsPerSecond: "1" });
    const calls = [client.getTopics(GROUP), client.getTopics(GROUP), client.modifyTopic(GROUP, "x", {})];
    await vi.advanceTimersByTimeAsync(10);
    expect(attempts).toHaveLength(2);
    await endOf(Promise.all(calls));
  });

  test("tells of a long queue, and not of a short one", async () => {
    const heard: [string, number, number][] = [];
    const { client } = clientOf(answers(OK), { callsPerSecond: "10" }, (...told) => heard.push(told));
    await endOf(Promise.all(Array.from({ length: 10 }, () => client.getTopics(GROUP))));
    expect(heard).toEqual([]);
    await endOf(Promise.all(Array.from({ length: 60 }, () => client.getTopics(GROUP))));
    const [command, waiting, rate] = heard.at(-1) ?? ["", 0, 0];
    expect(command).toBe("get_topic");
    expect(waiting).toBeGreaterThan(20);
    expect(rate).toBe(10);
  });
});

describe("a gateway that is too busy", () => {
  /** Answers after 50 ms; those calls that arrive in the first second are turned away. */
  function busyForASecond(status: number, retryAfterMs: number | undefined) {
    const firstAnswer = { at: Number.POSITIVE_INFINITY };
    const play: Play = async () => {
      const isBusy = performance.now() < 1_000;
      await new Promise((resolve) => setTimeout(resolve, 50));
      firstAnswer.at = Math.min(firstAnswer.at, performance.now());
      return isBusy ? answer("busy", status, retryAfterMs) : answer(OK);
    };
    return { play, firstAnswer };
  }

  test.each([429, 503])("with HTTP %i gets no more calls until the time that it names has passed", async (status) => {
    const { play, firstAnswer } = busyForASecond(status, 1_000);
    const { client, attempts } = clientOf(play);
    const { error } = await endOf(Promise.all(Array.from({ length: 20 }, () => client.getTopics(GROUP))));
    expect(error).toBeUndefined();
    const early = attempts.filter(({ at }) => at < 1_000);
    const beforeTheFirstAnswer = attempts.filter(({ at }) => at <= firstAnswer.at);
    expect(firstAnswer.at).toBe(50);
    expect(early.length).toBeLessThanOrEqual(beforeTheFirstAnswer.length);
    expect(attempts).toHaveLength(20 + early.length);
    // The time starts with each answer that names it.
    const lastAnswerAt = (early.at(-1)?.at ?? 0) + 50;
    expect(attempts[early.length]?.at).toBeGreaterThanOrEqual(lastAnswerAt + 1_000);
  });

  test("for longer than a call may take fails that call at once, and says what can be done", async () => {
    const { client, attempts } = clientOf(answers("busy", 429, 60_000), { timeoutSeconds: "30" });
    const { at, error } = await endOf(client.getTopics(GROUP));
    expect(at).toBe(0);
    expect(attempts).toHaveLength(1);
    expect(error).toBeInstanceOf(UnexpectedAnswerError);
    expect(error?.message).toMatch(
      /^get_topic of @TGS#_players: \S+ gave an unexpected answer, HTTP status 429\. What to do: run the command again later, .*`callsPerSecond`/,
    );
  });

  test("for longer than a call may take does not hold up the other calls for that long", async () => {
    const play = firstThen(answer("busy", 429, 60_000), answer(OK));
    const { client } = clientOf(play, { timeoutSeconds: "30", callsPerSecond: "20" });
    const calls = Array.from({ length: 10 }, () => client.getTopics(GROUP));
    const all = Promise.allSettled(calls);
    const { at } = await endOf(all);
    expect((await all).map(({ status }) => status)).toEqual(["rejected", ...Array(9).fill("fulfilled")]);
    expect(at).toBeLessThan(2_000);
  });

  test("whose time a call has left is waited for by that call, and by those behind it", async () => {
    const play = firstThen(answer("busy", 503, 20_000), answer(OK));
    const { client, attempts } = clientOf(play, { timeoutSeconds: "30", callsPerSecond: "20" });
    const { error } = await endOf(Promise.all([client.getTopics(GROUP), client.getTopics(GROUP)]));
    expect(error).toBeUndefined();
    expect(attempts.map(({ at }) => at >= 20_000)).toEqual([false, true, true]);
  });

  test("for ever is given up when the call's time is over, with the number of attempts", async () => {
    const { client, attempts } = clientOf(answers("busy", 503, 1_000), { timeoutSeconds: "5" });
    const { at, error } = await endOf(client.getTopics(GROUP));
    expect(error?.message).toMatch(new RegExp(`HTTP status 503\\. .*\\(Tried ${attempts.length} times\\.\\)$`));
    expect(attempts.length).toBeGreaterThan(1);
    expect(at).toBeLessThan(10_000);
  });

  test("fails a queue of calls in the time that each may take, however long it wants to be left alone", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { client } = clientOf(answers("busy", 503, 50_000), { timeoutSeconds: "60", callsPerSecond: "100" });
    const calls = Array.from({ length: 100 }, () => client.getTopics(GROUP));
    const { at, error } = await endOf(Promise.allSettled(calls).then(([first]) => first));
    expect(error).toBeUndefined();
    expect(at).toBeLessThan(90_000);
  });

  test("holds up no call for a pause that is just too long for the one that met it", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const play: Play = async ({ number }) => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      return number === 1 ? answer("busy", 503, 29_000) : answer(OK);
    };
    const { client } = clientOf(play, { timeoutSeconds: "30", callsPerSecond: "2" });
    const first = client.getTopics(GROUP).catch(() => {});
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await endOf(client.getTopics(GROUP))).at).toBeLessThan(5_000);
    await first;
  });
});

describe("a call that is not repeatable", () => {
  const topicId = `${GROUP}@TOPIC#_@TOPIC#c1`;
  const imported = answer(JSON.stringify({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, TopicId: topicId }));

  test("is sent again after HTTP 429, which turned it away", async () => {
    const { client, attempts } = clientOf(firstThen(answer("", 429, 1_000), imported));
    const call = client.importTopic({ groupId: GROUP, topicName: "Assigned" });
    expect((await endOf(call)).error).toBeUndefined();
    expect(await call).toBe(topicId);
    expect(attempts).toHaveLength(2);
  });

  test("is not sent again after HTTP 503: nobody knows whether it was carried out", async () => {
    const { client, attempts } = clientOf(firstThen(answer("", 503, 1_000), imported));
    const { error } = await endOf(client.importTopic({ groupId: GROUP, topicName: "Assigned" }));
    expect(error?.message).toContain("HTTP status 503");
    expect((error as CallError).attempts).toEqual({ count: 1, outcomeUnknown: true });
    expect(attempts).toHaveLength(1);
  });
});

test.each([
  ["wrong settings", new SettingsError(["region is missing"])],
  ["the wrong app", new WrongAppError("Topic x", 1, 2)],
  ["a fault of the program", new TypeError("x is not a function")],
])("what is no failure of a call is thrown as it is, and not tried again: %s", async (_, fault) => {
  const { caller, attempts } = clientOf(answers(OK));
  const read = () => {
    throw fault;
  };
  const { at, error } = await endOf(caller.call("get_topic", { subject: "x", body: {}, read }));
  expect(error).toBe(fault);
  expect(at).toBe(0);
  expect(attempts).toHaveLength(1);
});
