/** What a program's `ChatApp` tells the engine, and which resources use it. */
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ChatApp, type ChatAppArgs } from "../../provider/resources/chat-app.js";
import { ChatTopic } from "../../provider/resources/chat-topic.js";
import { forgetMocks } from "./forget-mocks.js";

const EVERY_ARGUMENT: { readonly [name in keyof ChatAppArgs]-?: unknown } = {
  sdkAppId: 1400000002,
  secretKey: "the-key",
  userSig: "the-signature",
  adminAccount: "operator",
  region: "frankfurt",
  endpoint: "https://chat.example",
  callsPerSecond: 50,
  timeoutSeconds: 9,
  byteLimits: { topicName: 150 },
  importService: "million_group_open_http_svc",
};
const eu: ChatAppArgs = { sdkAppId: 1400000002, secretKey: "the-key", region: "frankfurt" };

/** What reached the engine, as the mocks and the gRPC requests show it. */
let seen: pulumi.runtime.MockResourceArgs[];
let requests: RegisterResourceRequest[];
let warnings: string[];

afterAll(forgetMocks);
beforeEach(async () => {
  seen = [];
  requests = [];
  warnings = [];
  const register = MockMonitor.prototype.registerResource;
  vi.spyOn(MockMonitor.prototype, "registerResource").mockImplementation(function (
    this: MockMonitor,
    request: RegisterResourceRequest,
    callback: Parameters<typeof register>[1],
  ) {
    requests.push(request);
    return register.call(this, request, callback);
  });
  vi.spyOn(pulumi.log, "warn").mockImplementation(async (message) => void warnings.push(message));
  const mocks: pulumi.runtime.Mocks = {
    newResource(args) {
      seen.push(args);
      return { id: `${args.name}-id`, state: args.inputs };
    },
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(mocks, "chat", "dev");
  return () => vi.restoreAllMocks();
});

const settled = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => void output.apply((value) => resolve(value as T)));

/** A secret, as it travels to the engine. */
const secret = (value: string) => ({
  [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig,
  value,
});

describe("a ChatApp", () => {
  test("is a provider of the package whose process serves all dynamic resources", async () => {
    await settled(new ChatApp("eu", eu).urn);
    expect(seen).toMatchObject([{ type: "pulumi:providers:pulumi-nodejs", name: "eu" }]);
  });

  test("sends its arguments, byte limits as text, and its own name", async () => {
    const app = new ChatApp("eu", EVERY_ARGUMENT as ChatAppArgs);
    await settled(app.urn);
    expect(seen[0]?.inputs).toEqual({
      ...EVERY_ARGUMENT,
      secretKey: secret("the-key"),
      userSig: secret("the-signature"),
      byteLimits: '{"topicName":150}',
      chatApp: "eu",
    });
    expect(await settled(app.sdkAppId)).toBe(1400000002);
  });

  test("sends no argument that the program left out", async () => {
    await settled(new ChatApp("eu", eu).urn);
    expect(Object.keys(seen[0]?.inputs).sort()).toEqual(["chatApp", "region", "sdkAppId", "secretKey"]);
  });

  test("takes values that are known later, byte limits among them", async () => {
    const byteLimits = pulumi.output({ topicName: pulumi.output(150) });
    const app = new ChatApp("eu", { ...eu, secretKey: Promise.resolve("later"), byteLimits });
    await settled(app.urn);
    expect(seen[0]?.inputs).toMatchObject({ secretKey: secret("later"), byteLimits: '{"topicName":150}' });
  });

  test("has the key and the signature encrypted in the outputs too", async () => {
    await settled(new ChatApp("eu", eu, { additionalSecretOutputs: ["endpoint"] } as pulumi.ResourceOptions).urn);
    expect(requests[0]?.getAdditionalsecretoutputsList().sort()).toEqual(["endpoint", "secretKey", "userSig"]);
  });

  test("is the provider of the resources that name it, and of what is in a component that does", async () => {
    const app = new ChatApp("eu", eu);
    const args = { groupId: "@TGS#_players", topicName: "General" };
    const inside = new pulumi.ComponentResource("test:index:Team", "team", {}, { providers: [app] });
    const options = { named: { provider: app }, inside: { parent: inside }, other: {} };
    await Promise.all(Object.entries(options).map(([name, option]) => settled(new ChatTopic(name, args, option).urn)));
    const reference = `${await settled(app.urn)}::eu-id`;
    const providers = seen
      .filter(({ type }) => type.endsWith("ChatTopic"))
      .map(({ name, provider }) => [name, provider]);
    expect(Object.fromEntries(providers)).toEqual({ named: reference, inside: reference, other: "" });
  });

  test("warns of another ChatApp of the same app, and of none of another", async () => {
    const run = async (...apps: [name: string, sdkAppId: pulumi.Input<number>][]) => {
      await pulumi.runtime.runInPulumiStack(async () => {
        const made = apps.map(([name, sdkAppId]) => new ChatApp(name, { ...eu, sdkAppId }));
        await Promise.all(made.map((app) => settled(app.urn)));
      });
    };
    await run(["eu", 1400000002], ["us", 1400000003]);
    // Another run of a program in the same process, as the Automation API has them.
    await run(["europe", 1400000002]);
    expect(warnings).toEqual([]);
    await run(["eu", 1400000002], ["twin", pulumi.output(1400000002)]);
    expect(warnings).toEqual([expect.stringContaining('ChatApp "twin" and ChatApp "eu" are the same app 1400000002')]);
  });
});
