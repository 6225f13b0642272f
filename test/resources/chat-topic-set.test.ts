/** What a program's `ChatTopicSet` tells the engine, and what the program can read from it. */
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { CHAT_TOPIC_SET_SHIM } from "../../provider/dynamic/shim.js";
import { ChatTopic } from "../../provider/resources/chat-topic.js";
import { CHAT_TOPIC_SET_TYPE, ChatTopicSet, type ChatTopicSetArgs } from "../../provider/resources/chat-topic-set.js";
import { forgetMocks } from "./forget-mocks.js";

const GROUP = "@TGS#_players";
const SDK_APP_ID = 1400000000;

const EVERY_FIELD = {
  topicName: "General",
  introduction: "Everything",
  notification: "Be kind",
  faceUrl: "https://example.com/general.png",
  customString: "{}",
  fromAccount: "administrator",
  createTime: 1_700_000_000,
  muteAllMember: true,
  topicId: `${GROUP}@TOPIC#_general`,
};
const EVERY_ARGUMENT: Required<ChatTopicSetArgs> = {
  groupId: GROUP,
  topics: { general: EVERY_FIELD, rules: { topicName: "Rules" } },
  adopt: "none",
  onRemove: "destroy",
  exclusive: true,
};
const small: ChatTopicSetArgs = { groupId: GROUP, topics: { general: { topicName: "General" } } };

/** What reached the engine, as the mocks and the gRPC requests show it. */
let seen: pulumi.runtime.MockResourceArgs[];
let requests: RegisterResourceRequest[];

afterAll(forgetMocks);
beforeEach(async () => {
  seen = [];
  requests = [];
  const register = MockMonitor.prototype.registerResource;
  const spy = vi.spyOn(MockMonitor.prototype, "registerResource").mockImplementation(function (
    this: MockMonitor,
    request: RegisterResourceRequest,
    callback: Parameters<typeof register>[1],
  ) {
    requests.push(request);
    return register.call(this, request, callback);
  });
  const mocks: pulumi.runtime.Mocks = {
    newResource(args) {
      seen.push(args);
      const topicIds = { general: `${GROUP}@TOPIC#_general` };
      return { id: GROUP, state: { topicIds, fingerprint: "f", sdkAppId: SDK_APP_ID, ...args.inputs } };
    },
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(mocks, "chat", "dev");
  return () => spy.mockRestore();
});

const settled = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => void output.apply((value) => resolve(value as T)));

const urnOf = (name: string) => `urn:pulumi:dev::chat::${CHAT_TOPIC_SET_TYPE}::${name}`;

/** The keys of the topics as they go over the wire. */
function sentKeys(): string[] {
  const { Struct } = createRequire(require.resolve("@pulumi/pulumi"))("google-protobuf/google/protobuf/struct_pb.js");
  const object = requests.at(-1)?.getObject();
  const { topics } = Struct.deserializeBinary(object?.serializeBinary()).toJavaScript();
  return Object.keys(topics).sort();
}

/** What a program fails with after its end, as Pulumi's runtime learns of it: by promises that nobody handles. */
async function rejection(): Promise<Error> {
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  const rejections: unknown[] = [];
  process.on("unhandledRejection", (reason) => rejections.push(reason));
  await vi.waitFor(() => expect(rejections).not.toEqual([]));
  for (let before = 0; before < rejections.length; await sleep(20)) before = rejections.length;
  process.removeAllListeners("unhandledRejection");
  for (const listener of others) process.on("unhandledRejection", listener);
  return rejections[0] as Error;
}

describe("a ChatTopicSet", () => {
  test("is of a type that Pulumi's dynamic provider serves", async () => {
    await settled(new ChatTopicSet("topics", small).urn);
    expect(seen).toMatchObject([
      { type: "pulumi-nodejs:dynamic/tencent-chat:ChatTopicSet", name: "topics", custom: true },
    ]);
  });

  test("sends its arguments, the constant shim and its own URN, and nothing else", async () => {
    const set = new ChatTopicSet("topics", EVERY_ARGUMENT);
    const urn = await settled(set.urn);
    expect(seen[0]?.inputs).toEqual({ ...EVERY_ARGUMENT, __provider: CHAT_TOPIC_SET_SHIM, __urn: urn });
    expect(urn).toBe(urnOf("topics"));
  });

  test("sends no argument that the program left out", async () => {
    await settled(new ChatTopicSet("topics", small).urn);
    expect(Object.keys(seen[0]?.inputs).sort()).toEqual(["__provider", "__urn", "groupId", "topics"]);
  });

  test("sends an empty set as one", async () => {
    await settled(new ChatTopicSet("topics", { groupId: GROUP, topics: {} }).urn);
    expect(seen[0]?.inputs.topics).toEqual({});
  });

  test("lets the program read every argument, the ids, the fingerprint and the app", async () => {
    const set = new ChatTopicSet("topics", EVERY_ARGUMENT);
    const outputs = {
      ...EVERY_ARGUMENT,
      topicIds: { general: `${GROUP}@TOPIC#_general` },
      fingerprint: "f",
      sdkAppId: SDK_APP_ID,
    };
    for (const [name, value] of Object.entries(outputs)) {
      expect(await settled(set[name as keyof ChatTopicSet] as pulumi.Output<unknown>), name).toEqual(value);
    }
    expect(await settled(set.id)).toBe(GROUP);
  });

  test("has an output for each argument that the program left out", () => {
    const set = new ChatTopicSet("topics", small);
    for (const name of [...Object.keys(EVERY_ARGUMENT), "topicIds", "fingerprint", "sdkAppId"]) {
      expect(pulumi.Output.isInstance(set[name as keyof ChatTopicSet]), name).toBe(true);
    }
  });

  test("does not write into the program's own arguments", async () => {
    const args = Object.freeze({
      groupId: GROUP,
      topics: Object.freeze({ general: Object.freeze({ topicName: "G" }) }),
    });
    await settled(new ChatTopicSet("topics", args).urn);
    expect(args).toEqual({ groupId: GROUP, topics: { general: { topicName: "G" } } });
  });

  test("takes outputs and promises in every place: the topics, one of them, one of its fields", async () => {
    const topics = { general: { topicName: "General" } };
    for (const given of [
      pulumi.output(topics),
      Promise.resolve(topics),
      { general: pulumi.output({ topicName: "General" }) },
      { general: Promise.resolve({ topicName: "General" }) },
      { general: { topicName: pulumi.output("General") } },
    ]) {
      await settled(new ChatTopicSet("topics", { groupId: GROUP, topics: given }).urn);
      expect(seen.at(-1)?.inputs.topics).toEqual(topics);
    }
  });

  test("is serialized without a provider: it sends a constant", async () => {
    const serializer = createRequire(require.resolve("@pulumi/pulumi"))("./runtime/closure/serializeClosure.js");
    const serialize = vi.spyOn(serializer, "serializeFunction");
    await settled(new ChatTopicSet("topics", EVERY_ARGUMENT).urn);
    expect(serialize).not.toHaveBeenCalled();
    serialize.mockRestore();
  });
});

describe("the dependencies of a set", () => {
  function dependenciesOf(name: string): { all: string[]; ofTopics: string[] } {
    const request = requests.find((candidate) => candidate.getName() === name);
    const ofTopics = request?.getPropertydependenciesMap().get("topics")?.getUrnsList() ?? [];
    return { all: request?.getDependenciesList() ?? [], ofTopics };
  }

  test("are those that the program states, wherever in the topics they stand", async () => {
    const first = new ChatTopic("first", { groupId: GROUP, topicName: "First" });
    const text = pulumi.interpolate`After ${first.topicId}`;
    for (const [name, topics] of Object.entries({
      field: { general: { topicName: "General", introduction: text } },
      whole: text.apply((introduction) => ({ general: { topicName: "General", introduction } })),
    })) {
      await settled(new ChatTopicSet(name, { groupId: GROUP, topics }).urn);
      const { all, ofTopics } = dependenciesOf(name);
      expect(all).toHaveLength(1);
      expect(ofTopics).toEqual(all);
      expect(all[0]).toMatch(/ChatTopic::first$/);
    }
  });

  test("are none on its siblings in a component", async () => {
    class Channels extends pulumi.ComponentResource {
      readonly sets = ["one", "two"].map((name) => new ChatTopicSet(name, small, { parent: this }));
    }
    const { sets } = new Channels("test:index:Channels", "channels");
    const urns = await Promise.all(sets.map((set) => settled(set.urn)));
    expect(urns[0]).toBe(`urn:pulumi:dev::chat::test:index:Channels$${CHAT_TOPIC_SET_TYPE}::one`);
    expect(seen.find(({ name }) => name === "one")?.inputs.__urn).toBe(urns[0]);
    for (const name of ["one", "two"]) expect(dependenciesOf(name)).toEqual({ all: [], ofTopics: [] });
  });
});

describe("a topic key", () => {
  const topic = { topicName: "General" };

  test.each([
    ...["constructor", "hasOwnProperty", "toLocaleString", "valueOf", "prototype", "__defineGetter__"],
    ...["length", "then", "call", "apply", "id", "urn", "toJSON", "a b", "1"],
  ])("arrives at the engine whatever JavaScript has by that name: %s", async (key) => {
    await settled(new ChatTopicSet("topics", { groupId: GROUP, topics: { [key]: topic, general: topic } }).urn);
    expect(sentKeys()).toEqual([key, "general"].sort());
  });

  const PARSED = '{"__proto__":{"topicName":"Proto"},"general":{"topicName":"General"}}';
  const REFUSED =
    /^ChatTopicSet "topics": Pulumi cannot carry `topics\["__proto__"\]`.*as `topicId` its full id, <groupId>@TOPIC#___proto__/;

  test.each<[string, () => ChatTopicSetArgs["topics"]]>([
    ["out of JSON", () => JSON.parse(PARSED)],
    ["among topics without a prototype", () => Object.assign(Object.create(null), JSON.parse(PARSED))],
    ["in a literal, where it is the prototype", () => ({ __proto__: { ...topic }, general: topic }) as never],
  ])("called __proto__ is refused, since it would be lost on the way: %s", (_, topics) => {
    const refused = () => new ChatTopicSet("topics", { groupId: GROUP, topics: topics() });
    expect(refused).toThrow(REFUSED);
    expect(refused).toThrow(pulumi.RunError);
    expect(seen).toEqual([]);
  });

  test.each<[string, () => ChatTopicSetArgs["topics"]]>([
    ["a promise", () => Promise.resolve(JSON.parse(PARSED))],
    ["an output", () => pulumi.output("").apply(() => JSON.parse(PARSED))],
    ["an output of JSON", () => pulumi.jsonParse(PARSED) as never],
    ["an output that has lost it already", () => pulumi.output(JSON.parse(PARSED)) as never],
  ])("called __proto__ fails the program also where the topics are %s", async (_, topics) => {
    const failed = rejection();
    new ChatTopicSet("topics", { groupId: GROUP, topics: topics() });
    const { message } = await failed;
    expect(message).toMatch(/Pulumi cannot carry `topics\["__proto__"\]`/);
    expect(seen).toEqual([]);
  });

  test("called toString is refused, since Pulumi's SDK trips over it", () => {
    const topics = { toString: topic, general: topic } as never;
    expect(() => new ChatTopicSet("topics", { groupId: GROUP, topics })).toThrow(/cannot carry `topics\["toString"\]`/);
  });

  test("called __proto__ can be had by its id", async () => {
    const topics = { proto: { ...topic, topicId: `${GROUP}@TOPIC#___proto__` } };
    await settled(new ChatTopicSet("topics", { groupId: GROUP, topics }).urn);
    expect(sentKeys()).toEqual(["proto"]);
  });
});
