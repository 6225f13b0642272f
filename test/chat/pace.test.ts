import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Pace } from "../../provider/chat/pace.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const turnAt = (at: number) => at;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The times of the turns of `calls` calls that ask now. */
function askTogether(pace: Pace, calls: number, turns: number[] = []): number[] {
  for (let call = 0; call < calls; call++) void pace.turn((at) => turns.push(at));
  return turns;
}

/** The most calls in any window `[t, t + 1 s)`. */
function mostInOneSecond(turns: readonly number[]): number {
  const sorted = turns.toSorted((one, other) => one - other);
  let from = 0;
  let most = 0;
  for (const [index, at] of sorted.entries()) {
    while (at - (sorted[from] ?? 0) >= 1000) from++;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

describe("the limit", () => {
  test("no window of one second holds more than the limit, whatever comes when, and whatever is throttled", async () => {
    const arrivals = fc.array(fc.record({ afterMs: fc.nat(2500), calls: fc.nat(120), throttled: fc.boolean() }), {
      minLength: 1,
      maxLength: 7,
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), arrivals, async (callsPerSecond, schedule) => {
        const pace = new Pace(callsPerSecond);
        const turns: number[] = [];
        let asked = 0;
        for (const { afterMs, calls, throttled } of schedule) {
          await vi.advanceTimersByTimeAsync(afterMs);
          if (throttled) pace.slowDown(performance.now());
          askTogether(pace, calls, turns);
          asked += calls;
        }
        await vi.runAllTimersAsync();
        expect(turns).toHaveLength(asked);
        expect(mostInOneSecond(turns)).toBeLessThanOrEqual(callsPerSecond);
      }),
      { numRuns: 60 },
    );
  });

  test.each([1, 2, 19, 20, 100, 200, 300])("a queue that never empties keeps to %i calls a second", async (limit) => {
    const turns = askTogether(new Pace(limit), limit * 4);
    await vi.runAllTimersAsync();
    expect(mostInOneSecond(turns)).toBeLessThanOrEqual(limit);
  });

  test("nor does one at the service, however long calls and answers are on their way", async () => {
    const onTheWay = fc.record({ thereMs: fc.nat(400), backMs: fc.nat(400) });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.infiniteStream(onTheWay), async (callsPerSecond, ways) => {
        const pace = new Pace(callsPerSecond);
        const arrivals: number[] = [];
        const call = async () => {
          const { thereMs, backMs } = ways.next().value;
          await pause(thereMs);
          arrivals.push(performance.now());
          await pause(backMs);
        };
        for (let asked = 0; asked < callsPerSecond * 3; asked++) void pace.turn(call);
        await vi.runAllTimersAsync();
        expect(arrivals).toHaveLength(callsPerSecond * 3);
        expect(mostInOneSecond(arrivals)).toBeLessThanOrEqual(callsPerSecond);
      }),
      { numRuns: 60 },
    );
  });

  test("nor where the service stands still for a moment and then takes all that came meanwhile", async () => {
    const pace = new Pace(200);
    const arrivals: number[] = [];
    const call = async () => {
      const now = performance.now();
      await pause(now >= 1_000 && now < 1_700 ? 1_700 - now : 1);
      arrivals.push(performance.now());
    };
    await vi.advanceTimersByTimeAsync(1_000 - performance.now());
    for (let asked = 0; asked < 800; asked++) void pace.turn(call);
    await vi.runAllTimersAsync();
    expect(arrivals).toHaveLength(800);
    expect(mostInOneSecond(arrivals)).toBeLessThanOrEqual(200);
  });

  test("an attempt that fails keeps its place until a second after its end, as one that succeeds", async () => {
    const pace = new Pace(1);
    const fails = () => pause(400).then(() => Promise.reject(new Error("lost")));
    pace.turn(fails).catch(() => {});
    const turns = askTogether(pace, 1);
    await vi.runAllTimersAsync();
    expect(turns).toEqual([1_400]);
  });

  test("a long pause saves up no more than a small burst", async () => {
    const pace = new Pace(200);
    await vi.advanceTimersByTimeAsync(60_000);
    const turns = askTogether(pace, 300);
    await vi.advanceTimersByTimeAsync(0);
    expect(turns.length).toBeGreaterThan(0);
    expect(turns.length).toBeLessThanOrEqual(20);
  });
});

describe("the throughput", () => {
  test.each([
    [200, 0.95],
    [100, 0.95],
    [10, 0.95],
    [1, 0.95],
  ])("of %i calls a second, at least %f are used over ten seconds", async (limit, share) => {
    const turns = askTogether(new Pace(limit), limit * 12);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(turns.length).toBeGreaterThanOrEqual(share * limit * 10);
  });

  test("calls get their turn in the order in which they asked", async () => {
    const pace = new Pace(50);
    const order: number[] = [];
    for (let call = 0; call < 100; call++) void pace.turn(() => order.push(call));
    await vi.runAllTimersAsync();
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  test("a first call does not wait", async () => {
    const turns = askTogether(new Pace(1), 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(turns).toHaveLength(1);
  });

  test("those that wait are counted", async () => {
    const pace = new Pace(1);
    askTogether(pace, 4);
    await vi.advanceTimersByTimeAsync(0);
    expect(pace.waiting).toBe(3);
    await vi.runAllTimersAsync();
    expect(pace.waiting).toBe(0);
  });
});

describe("throttled answers", () => {
  test("halve the rate", async () => {
    const pace = new Pace(200);
    const full = pace.rate;
    pace.slowDown(await pace.turn(turnAt));
    expect(pace.rate).toBeCloseTo(full / 2);
  });

  test("that come in a burst halve it once", async () => {
    const pace = new Pace(200);
    const full = pace.rate;
    const turns = askTogether(pace, 10);
    await vi.advanceTimersByTimeAsync(50);
    for (const turn of turns) pace.slowDown(turn);
    expect(turns).toHaveLength(10);
    expect(pace.rate).toBeCloseTo(full / 2);
  });

  test("to calls from after the last slowing halve it again", async () => {
    const pace = new Pace(200);
    const full = pace.rate;
    pace.slowDown(await pace.turn(turnAt));
    const later = pace.turn(turnAt);
    await vi.advanceTimersByTimeAsync(100);
    pace.slowDown(await later);
    expect(pace.rate).toBeGreaterThan(full / 4 - 1);
    expect(pace.rate).toBeLessThan(full / 3);
  });

  test("never bring it to a standstill", async () => {
    const pace = new Pace(200);
    for (let answer = 0; answer < 40; answer++) {
      await vi.advanceTimersByTimeAsync(10);
      pace.slowDown(performance.now());
    }
    expect(pace.rate).toBeGreaterThanOrEqual(1);
    const turns = askTogether(pace, 1);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(turns).toHaveLength(1);
  });

  test("are forgotten when nothing more is throttled: the rate creeps back to the full one, not beyond", async () => {
    const pace = new Pace(200);
    const full = pace.rate;
    pace.slowDown(await pace.turn(turnAt));
    await vi.advanceTimersByTimeAsync(3_000);
    await pace.turn(turnAt);
    const afterAWhile = pace.rate;
    expect(afterAWhile).toBeGreaterThan(full / 2);
    expect(afterAWhile).toBeLessThan(full);
    await vi.advanceTimersByTimeAsync(60_000);
    await pace.turn(turnAt);
    expect(pace.rate).toBe(full);
  });

  test("are forgotten at the same speed whether many ask meanwhile or few", async () => {
    const rateAfterTwoSeconds = async (askEveryMs: number): Promise<number> => {
      const pace = new Pace(200);
      pace.slowDown(await pace.turn(turnAt));
      for (let elapsed = 0; elapsed < 2_000; elapsed += askEveryMs) {
        await vi.advanceTimersByTimeAsync(askEveryMs);
        await pace.turn(turnAt);
      }
      return pace.rate;
    };
    expect(await rateAfterTwoSeconds(100)).toBeCloseTo(await rateAfterTwoSeconds(1_000));
  });

  test("slow down a queue that was there already only for a while", async () => {
    const pace = new Pace(200);
    const turns = askTogether(pace, 2_000);
    for (let answer = 0; answer < 20; answer++) {
      await vi.advanceTimersByTimeAsync(10);
      pace.slowDown(performance.now());
    }
    // At the crawl that it is at now it would take half an hour.
    await vi.advanceTimersByTimeAsync(40_000);
    expect(turns).toHaveLength(2_000);
  });

  test("let two pipelines that share one limit both finish, with few calls wasted", async () => {
    const sharedLimit = slidingWindow(200);
    const pipelines = [new Pace(200), new Pace(200)].map((pace) => runPipeline(pace, sharedLimit, 1_000));
    let finished = false;
    const all = Promise.all(pipelines).then((throttled) => {
      finished = true;
      return throttled;
    });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(finished).toBe(true);
    const throttled = (await all).reduce((sum, count) => sum + count, 0);
    expect(throttled).toBeLessThan(200);
  });
});

/** The service's side: does a call that arrives now fit in? */
function slidingWindow(callsPerSecond: number): () => boolean {
  let recent: number[] = [];
  return () => {
    const now = performance.now();
    recent = recent.filter((at) => at > now - 1000);
    if (recent.length >= callsPerSecond) return false;
    recent.push(now);
    return true;
  };
}

/** Makes the calls, each again until it is let in; gives how many were throttled. */
async function runPipeline(pace: Pace, admit: () => boolean, calls: number): Promise<number> {
  let throttled = 0;
  const attempt = async (at: number): Promise<boolean> => {
    await pause(20);
    if (admit()) return true;
    throttled++;
    pace.slowDown(at);
    return false;
  };
  const one = async () => {
    while (!(await pace.turn(attempt))) await pause(100);
  };
  await Promise.all(Array.from({ length: calls }, one));
  return throttled;
}
