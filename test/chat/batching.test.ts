import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { batched } from "../../provider/chat/batching.js";

const GROUP = "@TGS#_a";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function recording(most: number, fails: (topicId: string) => boolean = () => false) {
  const calls: { groupId: string; topicIds: readonly string[] }[] = [];
  const ask = batched<string>(most, async (groupId, topicIds) => {
    calls.push({ groupId, topicIds });
    return (topicId) => (fails(topicId) ? new Error(`no ${topicId}`) : `done ${topicId}`);
  });
  return { ask, calls };
}

test("questions that arrive together become one call", async () => {
  const { ask, calls } = recording(50);
  const answers = ["a", "b", "c"].map((id) => ask(GROUP, id));
  await vi.runAllTimersAsync();
  expect(calls).toEqual([{ groupId: GROUP, topicIds: ["a", "b", "c"] }]);
  expect(await Promise.all(answers)).toEqual(["done a", "done b", "done c"]);
});

test("questions a few milliseconds apart still become one call", async () => {
  const { ask, calls } = recording(50);
  void ask(GROUP, "a");
  await vi.advanceTimersByTimeAsync(3);
  void ask(GROUP, "b");
  await vi.runAllTimersAsync();
  expect(calls).toHaveLength(1);
});

test("a later question does not join a call that has gone out", async () => {
  const { ask, calls } = recording(50);
  void ask(GROUP, "a");
  await vi.advanceTimersByTimeAsync(100);
  void ask(GROUP, "b");
  await vi.runAllTimersAsync();
  expect(calls.map(({ topicIds }) => topicIds)).toEqual([["a"], ["b"]]);
});

test("communities have calls of their own", async () => {
  const { ask, calls } = recording(50);
  void ask(GROUP, "a");
  void ask("@TGS#_b", "a");
  await vi.runAllTimersAsync();
  expect(calls.map(({ groupId }) => groupId)).toEqual([GROUP, "@TGS#_b"]);
});

test("a full call goes out at once, and is sent once", async () => {
  const { ask, calls } = recording(3);
  for (const id of ["a", "b", "c", "d"]) void ask(GROUP, id);
  await vi.advanceTimersByTimeAsync(0);
  expect(calls.map(({ topicIds }) => topicIds)).toEqual([["a", "b", "c"]]);
  await vi.runAllTimersAsync();
  expect(calls.map(({ topicIds }) => topicIds)).toEqual([["a", "b", "c"], ["d"]]);
});

test("the same topic asked for twice is one id of the call, and both askers are answered", async () => {
  const { ask, calls } = recording(50);
  const answers = [ask(GROUP, "a"), ask(GROUP, "a")];
  await vi.runAllTimersAsync();
  expect(calls.map(({ topicIds }) => topicIds)).toEqual([["a"]]);
  expect(await Promise.all(answers)).toEqual(["done a", "done a"]);
});

test("a topic that was asked for before is asked for again: no answer is kept", async () => {
  const { ask, calls } = recording(50);
  void ask(GROUP, "a");
  await vi.runAllTimersAsync();
  void ask(GROUP, "a");
  await vi.runAllTimersAsync();
  expect(calls).toHaveLength(2);
});

test("a topic that fails does not fail the others", async () => {
  const { ask } = recording(50, (id) => id === "b");
  const answers = Promise.allSettled(["a", "b", "c"].map((id) => ask(GROUP, id)));
  await vi.runAllTimersAsync();
  expect(await answers).toMatchObject([
    { status: "fulfilled" },
    { status: "rejected", reason: { message: "no b" } },
    { status: "fulfilled" },
  ]);
});

test("a call that fails as a whole fails all its topics, and the next call is not touched", async () => {
  let healthy = false;
  const ask = batched<string>(50, async () => {
    if (!healthy) throw new Error("502");
    return (id) => id;
  });
  const answers = Promise.allSettled(["a", "b"].map((id) => ask(GROUP, id)));
  await vi.runAllTimersAsync();
  expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  healthy = true;
  const next = ask(GROUP, "a");
  await vi.runAllTimersAsync();
  expect(await next).toBe("a");
});

test("whatever is asked when, everyone is answered, and no call has more than fifty ids", async () => {
  const questions = fc.array(fc.record({ afterMs: fc.nat(8), group: fc.nat(2), topics: fc.nat(130) }), {
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(questions, async (schedule) => {
      const { ask, calls } = recording(50);
      const answers: Promise<string>[] = [];
      for (const [step, { afterMs, group, topics }] of schedule.entries()) {
        await vi.advanceTimersByTimeAsync(afterMs);
        for (let topic = 0; topic < topics; topic++) answers.push(ask(`@TGS#_${group}`, `${step}-${topic}`));
      }
      await vi.runAllTimersAsync();
      await Promise.all(answers);
      expect(Math.max(0, ...calls.map(({ topicIds }) => topicIds.length))).toBeLessThanOrEqual(50);
      expect(calls.reduce((sum, { topicIds }) => sum + topicIds.length, 0)).toBe(answers.length);
    }),
    { numRuns: 50 },
  );
});
