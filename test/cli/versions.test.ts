/** The versions that the doctor reads and the ranges that it holds them to. */
import { expect, test } from "vitest";
import { isInRange, versionIn } from "../../provider/cli/doctor/versions.js";

test.each([
  ["v3.274.1\n", "3.274.1"],
  ["v3.275.0-alpha.1+dirty", "3.275.0-alpha.1"],
  ["v26.0.0-nightly20260101abcdef", "26.0.0-nightly20260101abcdef"],
  ["warning: 2 plugins are old\nv3.274.1", "3.274.1"],
  ["no number", undefined],
])("the version in %j is %j", (text, version) => {
  expect(versionIn(text)).toBe(version);
});

test.each([
  ["3.268.0", ">=3.268.0 <4", true],
  ["3.10.0", ">=3.9.9", true],
  ["3.9.9", ">=3.10.0", false],
  ["3.267.9", ">=3.268.0 <4", false],
  ["4.0.0", ">=3.268.0 <4", false],
  ["6.0.3", ">= 3.8.3 < 7", true],
  ["7.0.0", ">= 3.8.3 < 7", false],
  ["22.19.0", ">=22.19", true],
  ["24.1.0", "", true],
  ["18.0.0", "^20.0.0", false],
  ["20.1.0", "^20.0.0", true],
  ["22.8.0", "~22.7.0", false],
  ["18.2.0", "^20.0.0 || ^18.1.0", true],
  ["19.0.0", "^20.0.0 || ^18.1.0", false],
  ["16.0.0", "18 - 20", false],
  ["20.9.0", "18 - 20", true],
  ["21.0.0", "18 - 20", false],
  ["21.3.0", "22.x", false],
  ["22.3.0", "22.x", true],
  ["22.3.0", "*", true],
  ["20.0.0", "<=18", false],
  ["20.0.0", "=18.0.0", false],
  ["18.0.0", ">18.0.0", false],
])("%s is in the range %j: %s", (version, range, expected) => {
  expect(isInRange(version, range)).toBe(expected);
});

test.each([
  ["3.275.0-alpha.1", ">=3.268.0 <4", true],
  ["26.0.0-nightly20260101abcdef", ">=22", true],
  ["22.0.0-rc.1", "^22 || ^24", true],
  ["4.0.0-alpha.1", ">=3.268.0 <4", false],
  ["3.267.0-alpha.1", ">=3.268.0 <4", false],
])("a prerelease counts like any other version: %s is in the range %j: %s", (version, range, expected) => {
  expect(isInRange(version, range)).toBe(expected);
});
