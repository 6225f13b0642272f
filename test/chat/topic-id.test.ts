import fc from "fast-check";
import { expect, test } from "vitest";
import { ID_RULES } from "../../provider/chat/limits.js";
import {
  describeTopic,
  groupIdIssues,
  splitTopicId,
  topicIdIssues,
  topicIdOf,
  topicKeyIssues,
} from "../../provider/chat/topic-id.js";

const GROUP = "@TGS#_players";

/** Texts in which the id's own marks turn up often, and in pieces. */
const awkward = fc
  .array(fc.constantFrom("@TOPIC#_", "@TOPIC#", "@TGS#_", "@", "TOPIC", "#", "_", "a", " "), { maxLength: 6 })
  .map((pieces) => pieces.join(""));

test("the vendor's sample id is split into the community and the topic key", () => {
  expect(splitTopicId("@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_TestTopic")).toEqual({
    groupId: "@TGS#_@TGS#cQVLVHIM62CJ",
    topicKey: "TestTopic",
  });
});

test("a server-assigned id is split at the first separator", () => {
  expect(splitTopicId("@TGS#_a@TOPIC#_@TOPIC#cABC")?.topicKey).toBe("@TOPIC#cABC");
});

test("a text without a separator is no topic id", () => {
  expect(splitTopicId("@TGS#_players")).toBeUndefined();
});

test("an id made of a community and any key comes apart into the same two", () => {
  const group = awkward.filter((text) => !text.includes(ID_RULES.topicSeparator));
  fc.assert(
    fc.property(group, awkward, (groupId, topicKey) => {
      expect(splitTopicId(topicIdOf(groupId, topicKey))).toEqual({ groupId, topicKey });
    }),
  );
});

test("messages call a topic by its key and community", () => {
  expect(describeTopic(`${GROUP}@TOPIC#_general`)).toBe('"general" in @TGS#_players');
});

test.each([
  ["@TGS#_players", "a short id"],
  [`@TGS#_${"x".repeat(42)}`, "48 bytes"],
  ["@TGS#_@TGS#cQVLVHIM62CJ", "a server-assigned id"],
  ["@TGS#_with space", "a space"],
])("the community id %s is accepted (%s)", (groupId) => {
  expect(groupIdIssues(groupId)).toEqual([]);
});

test.each([
  ["players", /must start with @TGS#_.*got “players”/],
  ["@tgs#_players", /must start with @TGS#_/],
  ["", /must start with @TGS#_/],
  ["@TGS#_", /has nothing after @TGS#_/],
  [`@TGS#_${"x".repeat(43)}`, /is 49 bytes, 1 over the limit of 48/],
  ["@TGS#_玩家", /printable ASCII.*U\+73A9/],
  ["@TGS#_a\tb", /printable ASCII.*U\+0009/],
  ["@TGS#_players@TOPIC#_general", /holds @TOPIC#_: this is a topic's id/],
])("the community id %j is refused", (groupId, reason) => {
  expect(groupIdIssues(groupId).map(({ problem }) => problem)).toEqual([expect.stringMatching(reason)]);
});

test("all issues of a community id are told at once", () => {
  expect(groupIdIssues(`玩家${"x".repeat(60)}`)).toHaveLength(3);
});

test.each([["general"], ["a b"], ["#1"], ["x@TOPIC#y"], ["_"], ["~"]])("the topic key %j is accepted", (topicKey) => {
  expect(topicKeyIssues(topicKey, GROUP)).toEqual([]);
});

test.each([
  ["", /must not be empty/],
  ["常规", /printable ASCII.*U\+5E38/],
  ["é", /U\+00E9/],
  ["\ud83c", /U\+D83C/],
  ["a\u007f", /U\+007F/],
  ["@TGS#_players", /must not contain @TGS#_/],
  ["x@TOPIC#_y", /must not contain @TOPIC#_; give only the part after it, or the full id as `topicId`/],
  ["@TOPIC#cABC", /must not start with @TOPIC#, which the service keeps/],
])("the topic key %j is refused", (topicKey, reason) => {
  expect(topicKeyIssues(topicKey, GROUP).map(({ problem }) => problem)).toEqual([expect.stringMatching(reason)]);
});

test("a key that starts with the separator is refused once, not twice", () => {
  expect(topicKeyIssues("@TOPIC#_general", GROUP)).toHaveLength(1);
});

test("a topic id has room for 96 bytes, and a longer key is told how much", () => {
  const room = 96 - GROUP.length - 8;
  expect(topicKeyIssues("k".repeat(room), GROUP)).toEqual([]);
  expect(topicKeyIssues("k".repeat(room + 1), GROUP).map(({ problem }) => problem)).toEqual([
    `makes a topic id of 97 bytes, 1 over the limit of 96; in this community a key has room for ${room} bytes`,
  ]);
});

test("the length of a key is not judged before its community is known", () => {
  expect(topicKeyIssues("k".repeat(90), undefined)).toEqual([]);
});

test.each([
  ["general", /must be a full id, <groupId>@TOPIC#_<topic key>; got “general”/],
  ["@TGS#_others@TOPIC#_general", /is of the community “@TGS#_others”, not of `groupId` “@TGS#_players”/],
  [`${GROUP}@TOPIC#_`, /has nothing after @TOPIC#_/],
  [`${GROUP}@TOPIC#_常`, /U\+5E38/],
  [`${GROUP}@TOPIC#_${"k".repeat(76)}`, /97 bytes, 1 over/],
  [`${GROUP}@TOPIC#_a@TGS#_b`, /must not hold @TGS#_ after @TOPIC#_/],
])("the topic id %j is refused", (topicId, reason) => {
  expect(topicIdIssues(topicId, GROUP).map(({ problem }) => problem)).toEqual([expect.stringMatching(reason)]);
});

test("a server-assigned topic id may be given in full", () => {
  expect(topicIdIssues(`${GROUP}@TOPIC#_@TOPIC#cABCDEFGHIJK`, GROUP)).toEqual([]);
});

test("every key that is accepted makes an id that is accepted", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 90 }), awkward), (topicKey) => {
      fc.pre(topicKeyIssues(topicKey, GROUP).length === 0);
      expect(topicIdIssues(topicIdOf(GROUP, topicKey), GROUP)).toEqual([]);
    }),
  );
});
