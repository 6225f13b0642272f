import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ERROR_CODES } from "../../provider/chat/error-codes.js";
import {
  type ChatError,
  ConnectionError,
  SettingsError,
  serviceError,
  UnexpectedAnswerError,
  WrongAppError,
} from "../../provider/chat/errors/index.js";
import { isRetriable, retryWhile } from "../../provider/chat/retry.js";

/** Stands for "as long as the call has time". */
const MANY = 1_000;

/** How often an error of this kind would be tried again. */
function retriesOf(error: ChatError): number {
  let retries = 0;
  while (retries < MANY && isRetriable(error, retries)) retries++;
  return retries;
}

function verdict(serviceCode: number): ChatError {
  return serviceError({ command: "import_topic", subject: '"a" in @TGS#_b', serviceCode, vendorText: "" });
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
  test.each([0, 1, 5, MANY])("a connection fault that allows %i retries gets that many", (maxRetries) => {
    expect(retriesOf(new ConnectionError("get_topic x", "host", "it broke", true, maxRetries))).toBe(maxRetries);
  });

  test.each([0, 3])("an unexpected answer that allows %i retries gets that many", (maxRetries) => {
    expect(retriesOf(new UnexpectedAnswerError("get_topic x", "host", "odd", maxRetries))).toBe(maxRetries);
  });

  test("wrong settings are not tried again", () => {
    expect(retriesOf(new SettingsError(["region is missing"]))).toBe(0);
  });

  test("the wrong app is not tried again", () => {
    expect(retriesOf(new WrongAppError("Topic x", 1, 2))).toBe(0);
  });
});

describe("pauses", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** The pauses before each of ten further attempts. */
  async function pauses(): Promise<number[]> {
    const attempts: number[] = [];
    const run = retryWhile(() => attempts.length <= 10).execute(() => {
      attempts.push(performance.now());
      throw new Error("again");
    });
    run.catch(() => {});
    await vi.runAllTimersAsync();
    return attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
  }

  test("double, from a tenth of a second on, to five seconds at most", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect(await pauses()).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000, 5000]);
  });

  test("are any part of that, down to none, so that clients that failed together do not return together", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(Math.max(...(await pauses()))).toBeLessThanOrEqual(1);
  });

  test("are drawn anew for each attempt", async () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.5);
    const halves = await pauses();
    expect(random).toHaveBeenCalledTimes(10);
    expect(halves.slice(0, 3)).toEqual([50, 100, 200]);
  });

  test("are never longer than the time that is left", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const startedAt = performance.now();
    const endsAt = startedAt + 1_000;
    const attempts: number[] = [];
    const policy = retryWhile(
      () => performance.now() < endsAt,
      () => endsAt - performance.now(),
    );
    const run = policy.execute(() => {
      attempts.push(performance.now() - startedAt);
      throw new Error("again");
    });
    run.catch(() => {});
    await vi.runAllTimersAsync();
    expect(attempts).toEqual([0, 100, 300, 700, 1_000]);
  });

  test("come only before what is tried again", async () => {
    const error = new Error("final");
    await expect(retryWhile(() => false).execute(() => Promise.reject(error))).rejects.toBe(error);
    expect(vi.getTimerCount()).toBe(0);
  });
});
