import fc from "fast-check";
import { expect, test } from "vitest";
import { longestFittingStart, utf8Bytes } from "../../provider/chat/utf8.js";

const segmenter = new Intl.Segmenter();

test("a Chinese character counts three bytes, an emoji four", () => {
  expect([utf8Bytes("a"), utf8Bytes("é"), utf8Bytes("频"), utf8Bytes("🎮")]).toEqual([1, 2, 3, 4]);
});

test("a composed emoji is kept whole or left out", () => {
  const family = "👨‍👩‍👧";
  expect(longestFittingStart(`ok${family}`, 2 + utf8Bytes(family) - 1)).toBe("ok");
  expect(longestFittingStart(`ok${family}`, 2 + utf8Bytes(family))).toBe(`ok${family}`);
});

test("a base letter is not parted from its combining accent", () => {
  expect(longestFittingStart("cafe\u0301", 4)).toBe("caf");
});

test("the longest fitting start is a start, fits, and the next character would not", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.nat(120), (text, limit) => {
      const start = longestFittingStart(text, limit);
      expect(text.startsWith(start)).toBe(true);
      expect(utf8Bytes(start)).toBeLessThanOrEqual(limit);
      const [next] = segmenter.segment(text.slice(start.length));
      if (next !== undefined) expect(utf8Bytes(start + next.segment)).toBeGreaterThan(limit);
    }),
  );
});

test("also for text that no one would write, a start never ends in half a surrogate pair of a whole one", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 30 }), fc.nat(60), (text, limit) => {
      const start = longestFittingStart(text, limit);
      expect(text.isWellFormed() && !start.isWellFormed()).toBe(false);
    }),
  );
});
