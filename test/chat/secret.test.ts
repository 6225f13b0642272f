import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "../../provider/chat/secret.js";

const secret = new Secret("do-not-show");

test("a secret gives its text only to those who ask for it", () => {
  expect(secret.reveal()).toBe("do-not-show");
});

test.each([
  ["a template", () => `${secret}`],
  ["JSON", () => JSON.stringify({ secret })],
  ["the console", () => inspect(secret, { depth: null, showHidden: true, getters: true })],
  ["a spread", () => JSON.stringify({ ...secret })],
  ["a structured clone", () => inspect(structuredClone(secret), { showHidden: true })],
])("a secret does not show in %s", (_, show) => {
  expect(show()).not.toContain("do-not-show");
});

test("a secret's digest tells texts apart without telling them", () => {
  expect(secret.digest()).toBe(new Secret("do-not-show").digest());
  expect(secret.digest()).not.toBe(new Secret("do-not-show ").digest());
  expect(secret.digest()).not.toContain("do-not-show");
});
