/** Values that are not known at preview: they arrive in place of a value of any type, and must come back as they are. */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "vitest";
import { UNKNOWN } from "../../provider/lifecycle/unknown.js";
import type { ChatTopicArgs } from "../../provider/resources/chat-topic.js";
import { GROUP, idOf, test } from "./wire-test.js";

const id = idOf("general");
const known = { groupId: GROUP, topicName: "General" };
/** Each argument with those that go with it. */
const ARGUMENTS: Record<keyof ChatTopicArgs, Record<string, unknown>> = {
  groupId: { topicKey: "general" },
  topicName: { topicKey: "general" },
  topicKey: {},
  topicId: {},
  serverAssignedId: {},
  introduction: { topicKey: "general" },
  notification: { topicKey: "general" },
  faceUrl: { topicKey: "general" },
  customString: { topicKey: "general" },
  fromAccount: { topicKey: "general" },
  createTime: { topicKey: "general" },
  muteAllMember: { topicKey: "general" },
  adopt: { topicKey: "general" },
  onRemove: { topicKey: "general" },
};

test("the text that stands for an unknown value is Pulumi's own", () => {
  expect(UNKNOWN).toBe(pulumi.runtime.unknownValue);
});

test("an unknown value passes check in every argument and comes back unchanged", async ({ provider }) => {
  for (const [name, others] of Object.entries(ARGUMENTS)) {
    const { inputs, failures } = await provider.check({ ...known, ...others, [name]: UNKNOWN });
    expect(failures, name).toEqual([]);
    expect(inputs[name], name).toBe(UNKNOWN);
  }
});

test("an unknown value of every argument is a possible change, and never a replacement by itself", async ({
  provider,
}) => {
  const olds = { ...known, topicKey: "general", topicId: id, sdkAppId: 1400000000 };
  for (const [name, others] of Object.entries(ARGUMENTS)) {
    const { inputs } = await provider.check({ ...known, ...others, [name]: UNKNOWN }, olds);
    expect(await provider.diff(id, olds, inputs), name).toMatchObject({ changes: name !== "adopt", replaces: [] });
  }
});

test("a topic of which nothing is known passes check and diff", async ({ provider }) => {
  const { topicId, serverAssignedId, ...named } = ARGUMENTS;
  const nothing = Object.fromEntries(Object.keys(named).map((name) => [name, UNKNOWN]));
  const { inputs, failures } = await provider.check(nothing);
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject({ ...nothing, topicId: UNKNOWN });
  expect((await provider.diff(id, { ...known, topicKey: "general", topicId: id }, inputs)).replaces).toEqual([]);
});

test("an id that hangs on an unknown group is unknown itself, and no text that looks like one", async ({
  provider,
}) => {
  const { inputs } = await provider.check({ ...known, groupId: UNKNOWN, topicKey: "general" });
  expect(inputs).toMatchObject({ topicKey: "general", topicId: UNKNOWN });
});

test("faults in known arguments are found beside unknown ones", async ({ provider }) => {
  const { failures } = await provider.check({ groupId: UNKNOWN, topicKey: "general", topicName: "", createTime: "1" });
  expect(failures.map(({ reason }) => reason.split(" ")[0]).sort()).toEqual(["`createTime`", "`topicName`"]);
});
