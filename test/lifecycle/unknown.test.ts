import { unknownValue } from "@pulumi/pulumi/runtime/index.js";
import { expect, test } from "vitest";
import { isKnown, UNKNOWN } from "../../provider/lifecycle/unknown.js";

test("the text that stands for an unknown value is the one that Pulumi's SDK sends", () => {
  expect(UNKNOWN).toBe(unknownValue);
});

test.each([[""], [0], [false], [null]])("%j is a known value", (value) => {
  expect(isKnown(value)).toBe(true);
});

test.each([[UNKNOWN], [undefined]])("%j is no known value", (value) => {
  expect(isKnown(value)).toBe(false);
});
