import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type CallStart, RateLimiter } from "../../provider/chat/rate-limiter.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A call that gives when it started. */
const startOf = ({ at }: CallStart) => at;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The times at which `calls` calls start that ask now. */
function askTogether(limiter: RateLimiter, calls: number, starts: number[] = []): number[] {
  for (let call = 0; call < calls; call++) void limiter.run(({ at }) => starts.push(at));
  return starts;
}

/** The most calls in any window `[t, t + 1 s)`. */
function mostInOneSecond(starts: readonly number[]): number {
  const sorted = starts.toSorted((one, other) => one - other);
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
        const limiter = new RateLimiter(callsPerSecond);
        const starts: number[] = [];
        let asked = 0;
        for (const { afterMs, calls, throttled } of schedule) {
          await vi.advanceTimersByTimeAsync(afterMs);
          if (throttled) limiter.slowDown(performance.now());
          askTogether(limiter, calls, starts);
          asked += calls;
        }
        await vi.runAllTimersAsync();
        expect(starts).toHaveLength(asked);
        expect(mostInOneSecond(starts)).toBeLessThanOrEqual(callsPerSecond);
      }),
      { numRuns: 60 },
    );
  });

  test.each([1, 2, 19, 20, 100, 200, 300])("a queue that never empties keeps to %i calls a second", async (limit) => {
    const starts = askTogether(new RateLimiter(limit), limit * 4);
    await vi.runAllTimersAsync();
    expect(mostInOneSecond(starts)).toBeLessThanOrEqual(limit);
  });

  test("nor does one at the service, however long calls and answers are on their way", async () => {
    const onTheWay = fc.record({ thereMs: fc.nat(400), backMs: fc.nat(400) });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.infiniteStream(onTheWay), async (callsPerSecond, ways) => {
        const limiter = new RateLimiter(callsPerSecond);
        const arrivals: number[] = [];
        const call = async () => {
          const { thereMs, backMs } = ways.next().value;
          await pause(thereMs);
          arrivals.push(performance.now());
          await pause(backMs);
        };
        for (let asked = 0; asked < callsPerSecond * 3; asked++) void limiter.run(call);
        await vi.runAllTimersAsync();
        expect(arrivals).toHaveLength(callsPerSecond * 3);
        expect(mostInOneSecond(arrivals)).toBeLessThanOrEqual(callsPerSecond);
      }),
      { numRuns: 60 },
    );
  });

  test("nor where the service stands still for a moment and then takes all that came meanwhile", async () => {
    const limiter = new RateLimiter(200);
    const arrivals: number[] = [];
    const call = async () => {
      const now = performance.now();
      await pause(now >= 1_000 && now < 1_700 ? 1_700 - now : 1);
      arrivals.push(performance.now());
    };
    await vi.advanceTimersByTimeAsync(1_000 - performance.now());
    for (let asked = 0; asked < 800; asked++) void limiter.run(call);
    await vi.runAllTimersAsync();
    expect(arrivals).toHaveLength(800);
    expect(mostInOneSecond(arrivals)).toBeLessThanOrEqual(200);
  });

  test("an attempt that fails keeps its place until a second after its end, as one that succeeds", async () => {
    const limiter = new RateLimiter(1);
    const fails = () => pause(400).then(() => Promise.reject(new Error("lost")));
    limiter.run(fails).catch(() => {});
    const starts = askTogether(limiter, 1);
    await vi.runAllTimersAsync();
    expect(starts).toEqual([1_400]);
  });

  test("a long pause saves up no more than a small burst", async () => {
    const limiter = new RateLimiter(200);
    await vi.advanceTimersByTimeAsync(60_000);
    const starts = askTogether(limiter, 300);
    await vi.advanceTimersByTimeAsync(0);
    expect(starts.length).toBeGreaterThan(0);
    expect(starts.length).toBeLessThanOrEqual(20);
  });
});

describe("the throughput", () => {
  test.each([
    [200, 0.95],
    [100, 0.95],
    [10, 0.95],
    [1, 0.95],
  ])("of %i calls a second, at least %f are used over ten seconds", async (limit, share) => {
    const starts = askTogether(new RateLimiter(limit), limit * 12);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(starts.length).toBeGreaterThanOrEqual(share * limit * 10);
  });

  test("calls start in the order in which they asked", async () => {
    const limiter = new RateLimiter(50);
    const order: number[] = [];
    for (let call = 0; call < 100; call++) void limiter.run(() => order.push(call));
    await vi.runAllTimersAsync();
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  test("a first call does not wait", async () => {
    const starts = askTogether(new RateLimiter(1), 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(starts).toHaveLength(1);
  });

  test("those that wait are counted", async () => {
    const limiter = new RateLimiter(1);
    askTogether(limiter, 4);
    await vi.advanceTimersByTimeAsync(0);
    expect(limiter.waiting).toBe(3);
    await vi.runAllTimersAsync();
    expect(limiter.waiting).toBe(0);
  });
});

describe("throttled answers", () => {
  test("halve the rate", async () => {
    const limiter = new RateLimiter(200);
    const full = limiter.rate;
    limiter.slowDown(await limiter.run(startOf));
    expect(limiter.rate).toBeCloseTo(full / 2);
  });

  test("that come in a burst halve it once", async () => {
    const limiter = new RateLimiter(200);
    const full = limiter.rate;
    const starts = askTogether(limiter, 10);
    await vi.advanceTimersByTimeAsync(50);
    for (const startedAt of starts) limiter.slowDown(startedAt);
    expect(starts).toHaveLength(10);
    expect(limiter.rate).toBeCloseTo(full / 2);
  });

  test("to calls from after the last slowing halve it again", async () => {
    const limiter = new RateLimiter(200);
    const full = limiter.rate;
    limiter.slowDown(await limiter.run(startOf));
    const later = limiter.run(startOf);
    await vi.advanceTimersByTimeAsync(100);
    limiter.slowDown(await later);
    expect(limiter.rate).toBeGreaterThan(full / 4 - 1);
    expect(limiter.rate).toBeLessThan(full / 3);
  });

  test("never bring it to a standstill", async () => {
    const limiter = new RateLimiter(200);
    for (let answer = 0; answer < 40; answer++) {
      await vi.advanceTimersByTimeAsync(10);
      limiter.slowDown(performance.now());
    }
    expect(limiter.rate).toBeGreaterThanOrEqual(1);
    const starts = askTogether(limiter, 1);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(starts).toHaveLength(1);
  });

  test("are forgotten when nothing more is throttled: the rate rises to the full one again, not beyond", async () => {
    const limiter = new RateLimiter(200);
    const full = limiter.rate;
    limiter.slowDown(await limiter.run(startOf));
    await vi.advanceTimersByTimeAsync(3_000);
    await limiter.run(startOf);
    const afterAWhile = limiter.rate;
    expect(afterAWhile).toBeGreaterThan(full / 2);
    expect(afterAWhile).toBeLessThan(full);
    await vi.advanceTimersByTimeAsync(60_000);
    await limiter.run(startOf);
    expect(limiter.rate).toBe(full);
  });

  test("are forgotten at the same speed whether many ask meanwhile or few", async () => {
    const rateAfterTwoSeconds = async (askEveryMs: number): Promise<number> => {
      const limiter = new RateLimiter(200);
      limiter.slowDown(await limiter.run(startOf));
      for (let elapsed = 0; elapsed < 2_000; elapsed += askEveryMs) {
        await vi.advanceTimersByTimeAsync(askEveryMs);
        await limiter.run(startOf);
      }
      return limiter.rate;
    };
    expect(await rateAfterTwoSeconds(100)).toBeCloseTo(await rateAfterTwoSeconds(1_000));
  });

  test("slow down a queue that was there already only for a while", async () => {
    const limiter = new RateLimiter(200);
    const starts = askTogether(limiter, 2_000);
    for (let answer = 0; answer < 20; answer++) {
      await vi.advanceTimersByTimeAsync(10);
      limiter.slowDown(performance.now());
    }
    // At the rate that it has now it would take half an hour.
    await vi.advanceTimersByTimeAsync(40_000);
    expect(starts).toHaveLength(2_000);
  });

  test("let two pipelines that share one limit both finish, with few calls wasted", async () => {
    const sharedLimit = slidingWindow(200);
    const limiters = [new RateLimiter(200), new RateLimiter(200)];
    const pipelines = limiters.map((limiter) => runPipeline(limiter, sharedLimit, 1_000));
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

describe("a pause that the service asks for", () => {
  test("lets no call start before it has passed, and the queue then goes on, in its order", async () => {
    const limiter = new RateLimiter(20);
    const order: number[] = [];
    const starts: number[] = [];
    const note =
      (call: number) =>
      ({ at }: CallStart) => {
        order.push(call);
        starts.push(at);
      };
    for (let call = 0; call < 30; call++) void limiter.run(note(call));
    await vi.advanceTimersByTimeAsync(200);
    const pausedAt = performance.now();
    const before = starts.length;
    limiter.slowDown(pausedAt, 3_000);
    await vi.advanceTimersByTimeAsync(2_999);
    expect(starts).toHaveLength(before);
    expect(limiter.waiting).toBe(30 - before);
    await vi.runAllTimersAsync();
    expect(starts[before]).toBe(pausedAt + 3_000);
    expect(order).toEqual(Array.from({ length: 30 }, (_, call) => call));
    expect(mostInOneSecond(starts)).toBeLessThanOrEqual(20);
  });

  test("holds for calls that ask during it, and no longer for those that ask after it", async () => {
    const limiter = new RateLimiter(200);
    const pausedAt = performance.now();
    limiter.slowDown(pausedAt, 1_000);
    await vi.advanceTimersByTimeAsync(400);
    const during = askTogether(limiter, 1);
    await vi.runAllTimersAsync();
    expect(during).toEqual([pausedAt + 1_000]);
    await vi.advanceTimersByTimeAsync(100);
    const askedAt = performance.now();
    expect(await limiter.run(startOf)).toBe(askedAt);
  });

  test.each([
    [3_000, 500],
    [500, 3_000],
  ])("is the longest one that is asked for, whichever comes first: %i ms, then %i ms", async (first, second) => {
    const limiter = new RateLimiter(200);
    const pausedAt = performance.now();
    limiter.slowDown(pausedAt, first);
    limiter.slowDown(pausedAt, second);
    const starts = askTogether(limiter, 1);
    await vi.runAllTimersAsync();
    expect(starts).toEqual([pausedAt + 3_000]);
  });

  test("holds also where the answer belongs to a call from before the last slowing, which halves nothing", async () => {
    const limiter = new RateLimiter(200);
    const early = await limiter.run(startOf);
    await vi.advanceTimersByTimeAsync(10);
    limiter.slowDown(performance.now());
    const slowed = limiter.rate;
    const pausedAt = performance.now();
    limiter.slowDown(early, 1_000);
    expect(limiter.rate).toBe(slowed);
    const starts = askTogether(limiter, 1);
    await vi.runAllTimersAsync();
    expect(starts).toEqual([pausedAt + 1_000]);
  });

  test("no call starts in one, whatever comes when, and every call starts in the end", async () => {
    const events = fc.array(fc.record({ afterMs: fc.nat(1500), calls: fc.nat(40), pauseMs: fc.nat(2000) }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100 }), events, async (callsPerSecond, schedule) => {
        const limiter = new RateLimiter(callsPerSecond);
        const starts: number[] = [];
        const pauses: { readonly until: number; readonly startedBefore: number }[] = [];
        let asked = 0;
        for (const { afterMs, calls, pauseMs } of schedule) {
          await vi.advanceTimersByTimeAsync(afterMs);
          limiter.slowDown(performance.now(), pauseMs);
          pauses.push({ until: performance.now() + pauseMs, startedBefore: starts.length });
          askTogether(limiter, calls, starts);
          asked += calls;
        }
        await vi.runAllTimersAsync();
        expect(starts).toHaveLength(asked);
        for (const { until, startedBefore } of pauses) {
          expect(starts[startedBefore] ?? until).toBeGreaterThanOrEqual(until);
        }
        expect(mostInOneSecond(starts)).toBeLessThanOrEqual(callsPerSecond);
      }),
      { numRuns: 60 },
    );
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
async function runPipeline(limiter: RateLimiter, admit: () => boolean, calls: number): Promise<number> {
  let throttled = 0;
  const attempt = async ({ at }: CallStart): Promise<boolean> => {
    await pause(20);
    if (admit()) return true;
    throttled++;
    limiter.slowDown(at);
    return false;
  };
  const one = async () => {
    while (!(await limiter.run(attempt))) await pause(100);
  };
  await Promise.all(Array.from({ length: calls }, one));
  return throttled;
}
