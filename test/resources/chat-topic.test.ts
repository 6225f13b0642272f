/** What a program's `ChatTopic` tells the engine, and what the program can read from it. */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { CHAT_TOPIC_SHIM } from "../../provider/dynamic/shim.js";
import { CHAT_TOPIC_TYPE, ChatTopic, type ChatTopicArgs } from "../../provider/resources/chat-topic.js";
import { forgetMocks } from "./forget-mocks.js";

const GROUP = "@TGS#_players";
const SDK_APP_ID = 1400000000;

const EVERY_ARGUMENT: { readonly [name in keyof ChatTopicArgs]-?: string | number | boolean } = {
  groupId: GROUP,
  topicName: "General",
  topicKey: "general",
  topicId: `${GROUP}@TOPIC#_general`,
  serverAssignedId: false,
  introduction: "Everything",
  notification: "Be kind",
  faceUrl: "https://example.com/general.png",
  customString: "{}",
  fromAccount: "administrator",
  createTime: 1_700_000_000,
  muteAllMember: true,
  adopt: "none",
  onRemove: "destroy",
};
const general = { groupId: GROUP, topicName: "General" };

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
      const topicId = args.id || `${GROUP}@TOPIC#_${args.name}`;
      return { id: topicId, state: { topicId, sdkAppId: SDK_APP_ID, ...args.inputs } };
    },
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(mocks, "chat", "dev");
  return () => spy.mockRestore();
});

const settled = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => void output.apply((value) => resolve(value as T)));

const urnOf = (name: string) => `urn:pulumi:dev::chat::${CHAT_TOPIC_TYPE}::${name}`;

describe("a ChatTopic", () => {
  test("is of a type that Pulumi's dynamic provider serves", async () => {
    await settled(new ChatTopic("general", general).urn);
    expect(seen).toMatchObject([
      { type: "pulumi-nodejs:dynamic/tencent-chat:ChatTopic", name: "general", custom: true },
    ]);
  });

  test("sends its arguments, the constant shim and its own URN, and nothing else", async () => {
    const topic = new ChatTopic("general", EVERY_ARGUMENT as unknown as ChatTopicArgs);
    const urn = await settled(topic.urn);
    expect(seen[0]?.inputs).toEqual({ ...EVERY_ARGUMENT, __provider: CHAT_TOPIC_SHIM, __urn: urn });
    expect(urn).toBe(urnOf("general"));
  });

  test("sends no argument that the program left out", async () => {
    await settled(new ChatTopic("general", general).urn);
    expect(Object.keys(seen[0]?.inputs).sort()).toEqual(["__provider", "__urn", "groupId", "topicName"]);
  });

  test("lets the program read every argument, the topic's id and its app", async () => {
    const topic = new ChatTopic("general", EVERY_ARGUMENT as unknown as ChatTopicArgs);
    for (const [name, value] of Object.entries({ ...EVERY_ARGUMENT, sdkAppId: SDK_APP_ID })) {
      const output = topic[name as keyof ChatTopic] as unknown as pulumi.Output<unknown>;
      expect(await settled(output), name).toBe(value);
    }
    expect(await settled(topic.id)).toBe(`${GROUP}@TOPIC#_general`);
  });

  test("has an output for each argument that the program left out", () => {
    const topic = new ChatTopic("general", general);
    for (const name of [...Object.keys(EVERY_ARGUMENT), "sdkAppId"]) {
      expect(pulumi.Output.isInstance(topic[name as keyof ChatTopic]), name).toBe(true);
    }
  });

  test("does not write into the program's own arguments", async () => {
    const args = Object.freeze({ ...general });
    await settled(new ChatTopic("general", args).urn);
    expect(args).toEqual(general);
  });
});

describe("ChatTopic.get", () => {
  const id = `${GROUP}@TOPIC#_lobby`;

  test("reads by the id, and sends nothing but the shim", async () => {
    await settled(ChatTopic.get("lobby", id).urn);
    expect(seen).toMatchObject([{ type: CHAT_TOPIC_TYPE, name: "lobby", id }]);
    expect(seen[0]?.inputs).toEqual({ __provider: CHAT_TOPIC_SHIM });
    expect(requests).toEqual([]);
  });

  test("takes an id that is another resource's output, and gives readable outputs", async () => {
    const topic = ChatTopic.get("lobby", pulumi.output(id));
    expect(await settled(topic.id)).toBe(id);
    expect(await settled(topic.sdkAppId)).toBe(SDK_APP_ID);
  });
});

describe("inside a component", () => {
  class Channels extends pulumi.ComponentResource {
    readonly topics: readonly ChatTopic[];

    constructor(name: string) {
      super("test:index:Channels", name);
      const keys = ["news", "rules", "talk"];
      this.topics = keys.map((key) => new ChatTopic(key, { ...general, topicKey: key }, { parent: this }));
      this.registerOutputs({});
    }
  }

  const registrationOf = (name: string) => {
    const request = requests.find((candidate) => candidate.getName() === name);
    if (request === undefined) throw new Error(`${name} was not registered`);
    const ofProperties: string[] = [];
    request.getPropertydependenciesMap().forEach((dependencies) => {
      ofProperties.push(...dependencies.getUrnsList());
    });
    return { all: request.getDependenciesList(), ofProperties };
  };

  test("a topic sends the URN that its parent's type is a part of", async () => {
    const { topics } = new Channels("channels");
    const urn = await settled((topics[0] as ChatTopic).urn);
    expect(urn).toBe(`urn:pulumi:dev::chat::test:index:Channels$${CHAT_TOPIC_TYPE}::news`);
    expect(seen.find(({ name }) => name === "news")?.inputs.__urn).toBe(urn);
  });

  test("a topic depends on no sibling, so that all are created at once and none replaces another", async () => {
    const { topics } = new Channels("channels");
    await Promise.all(topics.map((topic) => settled(topic.urn)));
    for (const name of ["news", "rules", "talk"]) expect(registrationOf(name)).toEqual({ all: [], ofProperties: [] });
  });

  test("a dependency that the program states is kept", async () => {
    const first = new ChatTopic("first", general);
    const second = new ChatTopic("second", { ...general, introduction: pulumi.interpolate`After ${first.topicId}` });
    await settled(second.urn);
    expect(registrationOf("second")).toEqual({ all: [urnOf("first")], ofProperties: [urnOf("first")] });
  });
});

describe("many topics", () => {
  // The module that `dynamic.Resource` loads to turn a provider into text.
  const serializer = createRequire(require.resolve("@pulumi/pulumi"))("./runtime/closure/serializeClosure.js");

  test("serialize no provider: 500 of them send the same constant", async () => {
    const serialize = vi.spyOn(serializer, "serializeFunction");
    const topics = Array.from({ length: 500 }, (_, index) => new ChatTopic(`topic-${index}`, general));
    await Promise.all(topics.map((topic) => settled(topic.urn)));
    expect(seen).toHaveLength(500);
    expect(new Set(seen.map(({ inputs }) => inputs.__provider))).toEqual(new Set([CHAT_TOPIC_SHIM]));
    expect(serialize).not.toHaveBeenCalled();
    serialize.mockRestore();
  });

  test("would be seen to serialize one: a provider given as an object is", async () => {
    const serialize = vi.spyOn(serializer, "serializeFunction");
    class Plain extends pulumi.dynamic.Resource {
      constructor(name: string) {
        super({ create: async () => ({ id: "1" }) }, name, {});
      }
    }
    await settled(new Plain("plain").urn);
    expect(serialize).toHaveBeenCalledTimes(1);
    serialize.mockRestore();
  });
});
