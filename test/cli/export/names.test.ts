/** What an export calls things. */
import { describe, expect, test } from "vitest";
import type { LiveTopic } from "../../../provider/chat/topic.js";
import { nameCommunity, nameTopics } from "../../../provider/cli/export/names.js";
import { UNCARRIED_KEYS } from "../../../provider/resources/chat-topic-set.js";
import { GROUP, idOf } from "../../chat/test-app.js";
import { liveTopic } from "./awkward.js";

function namesOf(topics: readonly LiveTopic[], prefix?: string) {
  return [...nameTopics(GROUP, topics, prefix).values()];
}

const assigned = (tail: string, topicName: string) => liveTopic(`@TOPIC#${tail}`, { topicName });

describe("a topic's key", () => {
  test.each(["general", "constructor", "fan-art", "a b", "2024"])("is the last part of its id: %s", (key) => {
    expect(namesOf([liveTopic(key)])).toEqual([{ key, isLabel: false, resource: key.replace(" ", "-") }]);
  });

  test.each([
    ["Bug Reports", "bug-reports"],
    ["  News & more…  ", "news-more"],
    ["v1.2 (beta)", "v1.2-beta"],
    ["新手入门", "新手入门"],
    ["Über uns", "über-uns"],
    ["שלום עולם", "שלום-עולם"],
    ["🎨", "topic"],
  ])("is made of the name where the service assigned the id: “%s”", (topicName, key) => {
    expect(namesOf([assigned("cAbC", topicName)])).toEqual([{ key, isLabel: true, resource: key }]);
  });

  test.each([...UNCARRIED_KEYS])("is made of the name where Pulumi cannot carry it: %s", (key) => {
    expect(namesOf([liveTopic(key, { topicName: "Talk" })])).toEqual([
      { key: "talk", isLabel: true, resource: "talk" },
    ]);
  });

  test("is never one that Pulumi cannot carry", () => {
    expect(namesOf([assigned("cAbC", "__proto__")])).toEqual([{ key: "proto", isLabel: true, resource: "proto" }]);
  });

  test("of a long name ends before a character would be cut", () => {
    const [names] = namesOf([assigned("cAbC", "频".repeat(50))]);
    expect(names?.key).toBe("频".repeat(20));
  });

  test("gives way to a key that an id has, and is counted where names are equal", () => {
    const topics = [assigned("c1", "General"), assigned("c2", "general!"), liveTopic("general")];
    expect(namesOf(topics).map(({ key }) => key)).toEqual(["general-2", "general-3", "general"]);
  });

  test("stays when a topic is added later", () => {
    const before = [assigned("c1", "News"), assigned("c2", "News")];
    const after = namesOf([...before, assigned("c3", "News")]);
    expect(after.slice(0, 2)).toEqual(namesOf(before));
  });
});

describe("the name of a resource", () => {
  test("is its own also where keys differ only in what a name leaves out", () => {
    expect(namesOf([liveTopic("a b"), liveTopic("a-b"), liveTopic("a/b")]).map(({ resource }) => resource)).toEqual([
      "a-b",
      "a-b-2",
      "a-b-3",
    ]);
  });

  test("starts with what was asked for", () => {
    expect(namesOf([liveTopic("general")], "players")).toMatchObject([{ key: "general", resource: "players-general" }]);
  });

  test.each([
    [GROUP, "players"],
    ["@TGS#_my guild!", "my-guild"],
    ["@TGS#_@TGS#cQVSKJ5CO", "TGS-cQVSKJ5CO"],
    ["@TGS#_!!", "community"],
  ])("of the community %s is %s", (groupId, name) => {
    expect(nameCommunity(groupId)).toBe(name);
  });
});

test("names belong to topic ids", () => {
  expect([...nameTopics(GROUP, [liveTopic("general")]).keys()]).toEqual([idOf("general")]);
});
