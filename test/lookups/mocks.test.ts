/** In a unit test of a program, under `pulumi.runtime.setMocks`, lookups ask the mocks and no app. */
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeEach, expect, test } from "vitest";
import { getCommunity, getCommunityOutput } from "../../provider/lookups/get-community.js";
import { getTopics, getTopicsOutput } from "../../provider/lookups/get-topics.js";
import { ChatApp } from "../../provider/resources/chat-app.js";
import { ChatCommunity } from "../../provider/resources/chat-community.js";
import { forgetMocks } from "../resources/forget-mocks.js";

const GROUP = "@TGS#_players";
let asked: pulumi.runtime.MockCallArgs[];

afterAll(forgetMocks);
beforeEach(async () => {
  asked = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
    call(args) {
      asked.push(args);
      return { groupId: GROUP, name: "Mocked", topics: [] };
    },
  };
  await pulumi.runtime.setMocks(mocks, "chat", "dev");
});

const settled = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => void output.apply((value) => resolve(value as T)));

test("both forms of both lookups are answered by the mocks", async () => {
  expect(await getTopics({ groupId: GROUP })).toMatchObject({ topics: [] });
  expect(await getCommunity({ groupId: GROUP })).toMatchObject({ name: "Mocked" });
  expect(await settled(getTopicsOutput({ groupId: pulumi.output(GROUP) }).groupId)).toBe(GROUP);
  expect(await settled(getCommunityOutput({ groupId: pulumi.output(GROUP) }).name)).toBe("Mocked");
  const [topics, community] = ["tencent-chat:index:getTopics", "tencent-chat:index:getCommunity"];
  expect(asked.map(({ token }) => token)).toEqual([topics, community, topics, community]);
  expect(asked.map(({ inputs }) => inputs)).toEqual(Array(4).fill({ groupId: GROUP }));
});

test("a ChatApp given as the provider does not stand in the way", async () => {
  const provider = new ChatApp("eu", { sdkAppId: 1400000002, secretKey: "key", region: "frankfurt" });
  expect(await getCommunity({ groupId: GROUP }, { provider })).toMatchObject({ name: "Mocked" });
  const { groupId } = new ChatCommunity("players", { groupId: GROUP, name: "Players" }, { provider });
  expect(await settled(getCommunityOutput({ groupId }, { provider }).name)).toBe("Mocked");
});
