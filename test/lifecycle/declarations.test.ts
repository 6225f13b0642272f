import { expect, test } from "vitest";
import { Declarations } from "../../provider/lifecycle/declarations.js";
import { DeclaredTwiceError } from "../../provider/lifecycle/errors/index.js";
import { nameOfUrn } from "../../provider/lifecycle/resource-name.js";

const A = "urn:pulumi:dev::p::t::a";
const B = "urn:pulumi:dev::p::t::b";
const describe = (id: string) => `Topic ${id}`;

test("a topic belongs to the resource that declared it", () => {
  const declarations = new Declarations();
  expect(declarations.declare(["lobby"], A, describe)).toEqual([]);
  expect(declarations.urnOf("lobby")).toBe(A);
  expect(declarations.urnOf("other")).toBeUndefined();
});

test("a second resource is told who has the topic, and does not get it", () => {
  const declarations = new Declarations();
  declarations.declare(["lobby"], A, describe);
  expect(declarations.declare(["lobby"], B, describe)).toEqual([
    { name: "lobby", error: new DeclaredTwiceError("Topic lobby", A, B) },
  ]);
  expect(declarations.urnOf("lobby")).toBe(A);
});

test("a resource that declares another topic lets go of its former one", () => {
  const declarations = new Declarations();
  declarations.declare(["lobby"], A, describe);
  declarations.declare(["general"], A, describe);
  expect(declarations.urnOf("lobby")).toBeUndefined();
  expect(declarations.declare(["lobby"], B, describe)).toEqual([]);
});

test("the resources with topics in a community are known", () => {
  const declarations = new Declarations();
  declarations.claimCommunity(A, "@TGS#_a", false);
  declarations.claimCommunity(B, "@TGS#_a", false);
  declarations.claimCommunity(`${B}b`, "@TGS#_ab", false);
  expect(declarations.resourcesIn("@TGS#_a")).toEqual([A, B]);
});

test("an exclusive set and another resource cannot have the same community, whichever comes first", () => {
  const declarations = new Declarations();
  expect(declarations.claimCommunity(A, "@TGS#_a", true)).toEqual([]);
  expect(declarations.claimCommunity(B, "@TGS#_a", false)).toEqual([A]);
  expect(declarations.claimCommunity(B, "@TGS#_b", false)).toEqual([]);
  expect(declarations.claimCommunity(`${B}b`, "@TGS#_b", true)).toEqual([B]);
});

test("a resource that moves to another community, or is no longer exclusive, makes room", () => {
  const declarations = new Declarations();
  declarations.claimCommunity(A, "@TGS#_a", true);
  declarations.claimCommunity(A, "@TGS#_b", true);
  expect(declarations.claimCommunity(B, "@TGS#_a", true)).toEqual([]);
  declarations.claimCommunity(A, "@TGS#_b", false);
  expect(declarations.claimCommunity(B, "@TGS#_b", false)).toEqual([]);
});

test.each([
  ["urn:pulumi:dev::shop::pulumi-nodejs:dynamic/tencent-chat:ChatTopic::general", "general"],
  ["urn:pulumi:dev::shop::my:component$pulumi-nodejs:dynamic/tencent-chat:ChatTopic::general", "general"],
  ["urn:pulumi:dev::shop::t::a::b", "a::b"],
  ["urn:pulumi:dev::shop::t::with space", "with space"],
])("the name in %s is %s", (urn, name) => {
  expect(nameOfUrn(urn)).toBe(name);
});
