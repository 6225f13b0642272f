/** The client's time: pace, pauses and deadline, on a clock that the test moves, with a transport that the test plays. */
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Caller, type WaitingListener } from "../../provider/chat/caller.js";
import { ConnectionError } from "../../provider/chat/errors/index.js";
import { TopicClient } from "../../provider/chat/topic-client.js";
import type { HttpAnswer, Transport } from "../../provider/chat/transport.js";
import { type Configuration, GROUP, validSettings } from "./test-app.js";

// Loaded at the first call, in real time, while the clock of the test stands still.
beforeAll(() => import("tls-sig-api-v2"));
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const OK = JSON.stringify({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, TopicAndSelfInfo: [] });

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
  const client = new TopicClient(
    new Caller(validSettings(configuration), { transport, ...(onWaiting && { onWaiting }) }),
  );
  return { client, attempts };
}

const answers =
  (text: string, status = 200): Play =>
  () =>
    Promise.resolve({ status, text, serverTime: undefined });

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
    setTimeout(
      () => reject(new ConnectionError("get_topic x", "host", "none came", true, Number.POSITIVE_INFINITY)),
      timeoutMs,
    );
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

  test("does not run while the call waits for its turn", async () => {
    const { client, attempts } = clientOf(answers(OK), { callsPerSecond: "1", timeoutSeconds: "1" });
    const calls = Array.from({ length: 20 }, () => client.getTopics(GROUP));
    const { error } = await endOf(Promise.all(calls));
    expect(error).toBeUndefined();
    expect(attempts.at(-1)?.at).toBeGreaterThan(15_000);
  });

  test("does not run either while a throttled call waits for its next turn at a slowed pace", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const throttled = JSON.stringify({ ActionStatus: "FAIL", ErrorInfo: "", ErrorCode: 60007 });
    const play: Play = ({ number }) => answers(number <= 6 ? throttled : OK)({ timeoutMs: 0, number });
    const { client } = clientOf(play, { callsPerSecond: "2", timeoutSeconds: "1" });
    const { at, error } = await endOf(client.getTopics(GROUP));
    expect(error).toBeUndefined();
    expect(at).toBeGreaterThan(2_000);
  });
});

describe("the pace", () => {
  test("holds for attempts, not for calls: what is tried again takes turns too", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const play: Play = ({ number }) => answers(OK, number % 2 === 0 ? 200 : 502)({ timeoutMs: 0, number });
    const { client, attempts } = clientOf(play, { callsPerSecond: "20" });
    await endOf(Promise.all(Array.from({ length: 60 }, () => client.getTopics(GROUP))));
    for (const [index, { at }] of attempts.entries()) {
      const next = attempts[index + 20];
      if (next !== undefined) expect(next.at - at).toBeGreaterThanOrEqual(1_000);
    }
  });

  test("is halved by a throttled answer, for all calls that wait", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const throttled = JSON.stringify({ ActionStatus: "FAIL", ErrorInfo: "", ErrorCode: 60007 });
    const play: Play = ({ number }) => answers(number === 1 ? throttled : OK)({ timeoutMs: 0, number });
    const { client, attempts } = clientOf(play, { callsPerSecond: "20" });
    const calls = Array.from({ length: 60 }, () => client.getTopics(GROUP));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(attempts.length).toBeLessThanOrEqual(12);
    await endOf(Promise.all(calls));
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
