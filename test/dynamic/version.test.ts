import { expect, test } from "vitest";
import { isAtLeast, isInRange, versionIn } from "../../provider/dynamic/version.js";

test.each([
  ["v3.274.1", "3.274.1"],
  ["go1.26 linux", "1.26"],
  ["3.255.0-alpha.1", "3.255.0"],
  ["no number", undefined],
])("the version in %j is %j", (text, version) => {
  expect(versionIn(text)).toBe(version);
});

test.each([
  ["3.10.0", "3.9.9", true],
  ["3.9.9", "3.10.0", false],
  ["22.19.0", "22.19", true],
  ["22.19", "22.19.1", false],
  ["23.0.0", "22.19", true],
  ["nothing", "1.0", false],
])("%s is at least %s: %s", (version, lowest, expected) => {
  expect(isAtLeast(version, lowest)).toBe(expected);
});

test.each([
  ["3.268.0", ">=3.268.0 <4", true],
  ["3.267.9", ">=3.268.0 <4", false],
  ["4.0.0", ">=3.268.0 <4", false],
  ["6.0.3", ">= 3.8.3 < 7", true],
  ["7.0.0", ">= 3.8.3 < 7", false],
  ["24.1.0", "", true],
])("%s is in the range %j: %s", (version, range, expected) => {
  expect(isInRange(version, range)).toBe(expected);
});
