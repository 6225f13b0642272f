/** What a program's `ChatCommunity` tells the engine, and what the program can read from it. */
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { CHAT_COMMUNITY_SHIM } from "../../provider/dynamic/shim.js";
import { CHAT_COMMUNITY_TYPE, ChatCommunity, type ChatCommunityArgs } from "../../provider/resources/chat-community.js";
import { ChatTopic } from "../../provider/resources/chat-topic.js";
import { forgetMocks } from "./forget-mocks.js";

const GROUP = "@TGS#_players";
const SDK_APP_ID = 1400000000;

const EVERY_ARGUMENT: { readonly [name in keyof ChatCommunityArgs]-?: string | number | boolean } = {
  groupId: GROUP,
  name: "Players",
  introduction: "Everybody who plays",
  notification: "Be kind",
  faceUrl: "https://example.com/players.png",
  ownerAccount: "administrator",
  maxMemberCount: 500,
  createTime: 1_700_000_000,
  muteAllMember: true,
  adopt: "none",
  onRemove: "destroy",
};

/** What reached the engine, as the mocks show it. */
let seen: pulumi.runtime.MockResourceArgs[];

afterAll(forgetMocks);
beforeEach(async () => {
  seen = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource(args) {
      seen.push(args);
      const groupId = args.id || args.inputs.groupId || `@TGS#_${args.name}`;
      return { id: groupId, state: { groupId, sdkAppId: SDK_APP_ID, ...args.inputs } };
    },
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(mocks, "chat", "dev");
});

const settled = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => void output.apply((value) => resolve(value as T)));

describe("a ChatCommunity", () => {
  test("is of a type that Pulumi's dynamic provider serves", async () => {
    await settled(new ChatCommunity("players", { name: "Players" }).urn);
    expect(seen).toMatchObject([
      { type: "pulumi-nodejs:dynamic/tencent-chat:ChatCommunity", name: "players", custom: true },
    ]);
  });

  test("sends its arguments, the constant shim and its own URN, and nothing else", async () => {
    const community = new ChatCommunity("players", EVERY_ARGUMENT as unknown as ChatCommunityArgs);
    const urn = await settled(community.urn);
    expect(seen[0]?.inputs).toEqual({ ...EVERY_ARGUMENT, __provider: CHAT_COMMUNITY_SHIM, __urn: urn });
    expect(urn).toBe(`urn:pulumi:dev::chat::${CHAT_COMMUNITY_TYPE}::players`);
  });

  test("sends no argument that the program left out", async () => {
    await settled(new ChatCommunity("players", { name: "Players" }).urn);
    expect(Object.keys(seen[0]?.inputs).sort()).toEqual(["__provider", "__urn", "name"]);
  });

  test("lets the program read every argument and its app", async () => {
    const community = new ChatCommunity("players", EVERY_ARGUMENT as unknown as ChatCommunityArgs);
    for (const [name, value] of Object.entries({ ...EVERY_ARGUMENT, sdkAppId: SDK_APP_ID })) {
      const output = community[name as keyof ChatCommunity] as unknown as pulumi.Output<unknown>;
      expect(await settled(output), name).toBe(value);
    }
    expect(await settled(community.id)).toBe(GROUP);
  });

  test("has an output for each argument that the program left out", () => {
    const community = new ChatCommunity("players", { name: "Players" });
    for (const name of [...Object.keys(EVERY_ARGUMENT), "sdkAppId"]) {
      expect(pulumi.Output.isInstance(community[name as keyof ChatCommunity]), name).toBe(true);
    }
  });

  test("gives its topics the id that the provider makes of its name", async () => {
    const community = new ChatCommunity("players", { name: "Players" });
    const topic = new ChatTopic("general", { groupId: community.groupId, topicName: "General" });
    await settled(topic.urn);
    expect(seen.find(({ name }) => name === "general")?.inputs.groupId).toBe(GROUP);
  });
});

test("ChatCommunity.get reads by the id, and sends nothing but the shim", async () => {
  const community = ChatCommunity.get("players", pulumi.output(GROUP));
  expect(await settled(community.id)).toBe(GROUP);
  expect(await settled(community.sdkAppId)).toBe(SDK_APP_ID);
  expect(seen).toMatchObject([{ type: CHAT_COMMUNITY_TYPE, name: "players", id: GROUP }]);
  expect(seen[0]?.inputs).toEqual({ __provider: CHAT_COMMUNITY_SHIM });
});
