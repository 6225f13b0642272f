import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ERROR_CODES } from "../../provider/chat/error-codes.js";
import {
  type CallError,
  ConnectionError,
  serviceError,
  ThrottledError,
  UnexpectedAnswerError,
} from "../../provider/chat/errors/index.js";
import { busyMs, CallAttempts, maxRetries } from "../../provider/chat/retry.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Stands for "as long as the call has time". */
const MANY = 1_000;
const HOUR_MS = 3_600_000;

/** How often a call that ends in such an error again and again would be tried again. */
function retriesOf(error: CallError): number {
  const attempts = new CallAttempts(HOUR_MS, true);
  let retries = 0;
  while (retries < MANY && attempts.recordFailure(error) !== undefined) retries++;
  return retries;
}

function verdict(serviceCode: number): CallError {
  return serviceError({ command: "import_topic", subject: '"a" in @TGS#_b', serviceCode, vendorText: "" });
}

function unanswered(failure: { readonly outcomeUnknown: boolean; readonly maxRetries?: number }): CallError {
  return new ConnectionError({ call: "get_topic x", host: "host", reason: "it broke", ...failure });
}

function unexpected(answer: Partial<ConstructorParameters<typeof UnexpectedAnswerError>[0]> = {}): CallError {
  return new UnexpectedAnswerError({ call: "get_topic x", host: "host", reason: "odd", ...answer });
}

/** Every code that is tried again, and how often. All others of the table must not be. */
const RETRIED = new Map<number, number>([
  // Over a frequency: until the call's time is up.
  [10006, MANY],
  [60007, MANY],
  [60011, MANY],
  [60018, MANY],
  [60019, MANY],
  // "Try again", says the page, or a time-out behind the gateway.
  [10002, MANY],
  [60014, MANY],
  [70169, MANY],
  [70202, MANY],
  [70500, MANY],
  // May also be a fault of the request, so not for long.
  [10008, 1],
  [60008, 3],
  [60013, 3],
  // The pages disagree about what it means.
  [80005, 2],
  // With a new signature.
  [70001, 1],
]);

describe("a verdict of the service", () => {
  test.each(
    Object.keys(ERROR_CODES)
      .map(Number)
      .filter((code) => RETRIED.has(code)),
  )("%i is tried again", (code) => {
    expect(retriesOf(verdict(code))).toBe(RETRIED.get(code));
  });

  test.each(
    Object.keys(ERROR_CODES)
      .map(Number)
      .filter((code) => !RETRIED.has(code)),
  )("%i is not tried again", (code) => {
    expect(retriesOf(verdict(code))).toBe(0);
  });

  test.each([
    [10016, "the app's own webhook refused it, which is no rate limit"],
    [10023, "the rate of messages in a group"],
    [10045, "a custom attribute's key"],
    [10049, "the rate of group attributes"],
    [10101, "a webhook's own code"],
    [99999, "not in any table"],
    [-1, "not a code at all"],
  ])("%i is not tried again: %s", (code) => {
    expect(retriesOf(verdict(code))).toBe(0);
  });

  test("every code that this test lists is in the table", () => {
    expect([...RETRIED.keys()].filter((code) => !(code in ERROR_CODES))).toEqual([]);
  });
});

describe("what is no verdict", () => {
  test.each([0, 1, 5, MANY])("a connection fault that allows %i retries gets that many", (most) => {
    expect(retriesOf(unanswered({ outcomeUnknown: true, maxRetries: most }))).toBe(most);
  });

  test.each([0, 3])("an unexpected answer that allows %i retries gets that many", (most) => {
    expect(retriesOf(unexpected({ maxRetries: most }))).toBe(most);
  });

  test("of which it is not told how many retries it allows is tried again as long as the call has time", () => {
    expect(maxRetries(unanswered({ outcomeUnknown: true }))).toBe(Number.POSITIVE_INFINITY);
    expect(maxRetries(unexpected())).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("accidents of several kinds in one call", () => {
  test("use up no retries of one another", () => {
    const attempts = new CallAttempts(HOUR_MS, true);
    const accidents = [60008, 60008, 60008, 60013, 60013, 60013, 10008, 80005, 80005, 70001].map(verdict);
    accidents.push(...Array(3).fill(unexpected({ maxRetries: 3 })));
    accidents.push(...Array(5).fill(unanswered({ outcomeUnknown: true, maxRetries: 5 })));
    accidents.push(...Array(20).fill(verdict(60007)));
    for (const error of accidents) expect(attempts.recordFailure(error)).toBeDefined();
  });

  test.each([60008, 10008, 70001])("have as many retries as each alone: %i has no more after others", (code) => {
    const attempts = new CallAttempts(HOUR_MS, true);
    const own = Array.from({ length: RETRIED.get(code) ?? 0 }, () => code);
    for (const accident of [...own, 60007, 10002, 60013])
      expect(attempts.recordFailure(verdict(accident))).toBeDefined();
    expect(attempts.recordFailure(verdict(code))).toBeUndefined();
  });

  test("share their pauses, which go on doubling", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const attempts = new CallAttempts(HOUR_MS, true);
    const accidents = [verdict(60007), unexpected(), unanswered({ outcomeUnknown: false }), verdict(60008)];
    expect(accidents.map((error) => attempts.recordFailure(error))).toEqual([100, 200, 400, 800]);
  });
});

describe("a call that is not repeatable", () => {
  test.each<[string, CallError]>([
    ["an internal error of the service", verdict(10002)],
    ["a broken connection", unanswered({ outcomeUnknown: true })],
    ["an answer that nobody can read", unexpected()],
  ])("ends with %s, after which its outcome is unknown", (_, error) => {
    expect(error.attempts.outcomeUnknown).toBe(true);
    expect(new CallAttempts(HOUR_MS, false).recordFailure(error)).toBeUndefined();
    expect(new CallAttempts(HOUR_MS, true).recordFailure(error)).toBeDefined();
  });

  test.each<[string, CallError]>([
    ["was throttled", verdict(60007)],
    ["had an expired signature", verdict(70001)],
    ["was never sent", unanswered({ outcomeUnknown: false })],
    ["was turned away by a gateway", unexpected({ busyMs: 0, outcomeUnknown: false })],
  ])("is tried again when it %s: it was not carried out", (_, error) => {
    expect(new CallAttempts(HOUR_MS, false).recordFailure(error)).toBeDefined();
  });

  test("ends with the first unknown outcome, whatever came before", () => {
    const attempts = new CallAttempts(HOUR_MS, false);
    expect(attempts.recordFailure(verdict(60007))).toBeDefined();
    expect(attempts.recordFailure(verdict(10002))).toBeUndefined();
  });
});

describe("pauses", () => {
  /** The pauses before each of ten further attempts, which take no time. */
  function pauses(): (number | undefined)[] {
    const attempts = new CallAttempts(HOUR_MS, true);
    return Array.from({ length: 10 }, () => attempts.recordFailure(verdict(10002)));
  }

  test("double, from a tenth of a second on, to five seconds at most", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect(pauses()).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000]);
  });

  test("are any part of that, down to none, so that clients that failed together do not return together", () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(pauses()).toEqual(Array(10).fill(0));
  });

  test("are drawn anew for each attempt", () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.5);
    const halves = pauses();
    expect(random).toHaveBeenCalledTimes(10);
    expect(halves.slice(0, 3)).toEqual([50, 100, 200]);
  });

  test("are never longer than the time that is left, of which the last attempt needs a quarter of a second", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const attempts = new CallAttempts(1_000, true);
    const startedAt = performance.now();
    const starts = [];
    for (let pause: number | undefined = 0; pause !== undefined; pause = attempts.recordFailure(verdict(10002))) {
      vi.advanceTimersByTime(pause);
      starts.push(performance.now() - startedAt);
    }
    expect(starts).toEqual([0, 100, 300, 700, 750]);
  });

  test("come only before what is tried again", () => {
    const random = vi.spyOn(Math, "random");
    for (const error of [verdict(10004), unanswered({ outcomeUnknown: false, maxRetries: 0 })]) {
      expect(new CallAttempts(HOUR_MS, true).recordFailure(error)).toBeUndefined();
    }
    expect(random).not.toHaveBeenCalled();
  });
});

describe("a service that is too busy", () => {
  test("is one that throttles, or a gateway that says so, and no other", () => {
    expect(verdict(60007)).toBeInstanceOf(ThrottledError);
    expect(busyMs(verdict(60007))).toBe(0);
    expect(busyMs(unexpected({ busyMs: 0 }))).toBe(0);
    expect(busyMs(unexpected({ busyMs: 2_000 }))).toBe(2_000);
    for (const error of [verdict(10002), verdict(10004), unexpected(), unanswered({ outcomeUnknown: true })]) {
      expect(busyMs(error)).toBeUndefined();
    }
  });

  test("is left alone as long as it wants, or longer", () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(1);
    const attempts = new CallAttempts(HOUR_MS, true);
    expect(attempts.recordFailure(unexpected({ busyMs: 150 }))).toBe(150);
    expect(attempts.recordFailure(unexpected({ busyMs: 150 }))).toBe(200);
    random.mockReturnValue(0);
    expect(attempts.recordFailure(unexpected({ busyMs: 30_000 }))).toBe(30_000);
  });

  test("is not tried again where it wants longer than the call may take", () => {
    const wanting = (ms: number) => new CallAttempts(10_000, true).recordFailure(unexpected({ busyMs: ms }));
    expect(wanting(9_750)).toBe(9_750);
    expect(wanting(9_751)).toBeUndefined();
    expect(wanting(Number.MAX_SAFE_INTEGER)).toBeUndefined();
  });
});

describe("the attempts of a call", () => {
  test("may take ten seconds each, and what is left", () => {
    const attempts = new CallAttempts(12_000, true);
    expect(attempts.timeoutMs).toBe(10_000);
    vi.advanceTimersByTime(9_000);
    expect(attempts.timeoutMs).toBe(3_000);
    vi.advanceTimersByTime(5_000);
    expect(attempts.leftMs).toBe(-2_000);
    // One that has waited past its end, since the service wanted a pause, still gets the chance of an answer.
    expect(attempts.timeoutMs).toBe(250);
  });

  test("are given the time back that the call waited for the rate limiter", () => {
    const attempts = new CallAttempts(1_000, true);
    vi.advanceTimersByTime(5_000);
    expect(attempts.recordFailure(verdict(10002))).toBeUndefined();
    attempts.extendBy(5_000);
    expect(attempts.leftMs).toBe(1_000);
    expect(attempts.recordFailure(verdict(10002))).toBeDefined();
  });

  test("are counted, and an unknown outcome of one of them stays", () => {
    const attempts = new CallAttempts(HOUR_MS, true);
    expect(attempts.summary).toEqual({ count: 0, outcomeUnknown: false });
    attempts.recordFailure(verdict(60007));
    expect(attempts.summary).toEqual({ count: 1, outcomeUnknown: false });
    attempts.recordFailure(unanswered({ outcomeUnknown: true }));
    attempts.recordFailure(verdict(10021));
    expect(attempts.summary).toEqual({ count: 3, outcomeUnknown: true });
  });
});
