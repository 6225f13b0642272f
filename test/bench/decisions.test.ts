/** What the benchmark decides by itself: which cells it does not even try, and how low its floor is. */
import { describe, expect, test } from "vitest";
import { COMMANDS, secondsOf } from "./commands.mjs";
import { expectedSeconds } from "./expectation.mjs";
import { median } from "./results.mjs";

describe("the expected time of a command", () => {
  test("is not known before it was measured with fewer topics", () => {
    expect(expectedSeconds([], 1, 1_000)).toBeUndefined();
  });

  test("grows with the number of topics where one size is known, but for what a command takes without any", () => {
    expect(expectedSeconds([{ topics: 200, seconds: 3 }], 1, 1_000)).toBe(11);
  });

  test("grows with the square where two sizes show that", () => {
    const points = [
      { topics: 200, seconds: 3 },
      { topics: 1_000, seconds: 51 },
    ];
    expect(expectedSeconds(points, 1, 5_000)).toBeCloseTo(1_251);
  });

  test("grows neither slower than the number nor faster than its square, whatever noise says", () => {
    const shrinking = [
      { topics: 200, seconds: 3 },
      { topics: 1_000, seconds: 2 },
    ];
    const exploding = [
      { topics: 200, seconds: 1 },
      { topics: 1_000, seconds: 101 },
    ];
    expect(expectedSeconds(shrinking, 1, 5_000)).toBe(6);
    expect(expectedSeconds(exploding, 1, 5_000)).toBe(2_501);
  });
});

test("the floor of a thousand topics in five communities is the API's share of the design's bars", () => {
  const load = { topics: 1_000, communities: 5 };
  const floors = COMMANDS.map(({ id, fewestCalls }) => {
    const calls = fewestCalls(load);
    return [id, calls.reduce((sum, one) => sum + one.calls, 0), secondsOf(calls)];
  });
  expect(floors).toEqual([
    ["preview", 0, 0],
    ["up", 1_000, 5],
    ["no-change", 0, 0],
    ["change-all", 1_000, 10],
    ["refresh", 5, 0.05],
    ["destroy", 25, 0.25],
  ]);
});

test("a median is the middle, or the middle of the two in the middle", () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});
