/**
 * Seeds: what is filled in, and that every wrong value is named with its path.
 */

import { describe, expect, test } from "vitest";
import { type Seed, startEmulator } from "../../provider/emulator/index.js";
import { parseSeed } from "../../provider/emulator/seed-schema.js";

const app = { sdkAppId: 1, secretKey: "k" };
const withTopics = (topics: unknown[]) => ({ apps: [{ ...app, communities: [{ groupId: "@TGS#_a", topics }] }] });

test("what a seed leaves out is filled in", async () => {
  await using emulator = await startEmulator({ seed: withTopics([{ topicKey: "k", topicName: "n" }]) as Seed });
  expect(emulator.state()).toEqual({
    apps: [
      {
        ...app,
        admins: ["administrator"],
        accounts: [],
        communities: [
          {
            groupId: "@TGS#_a",
            name: "",
            introduction: "",
            notification: "",
            faceUrl: "",
            members: [],
            memberNum: 0,
            maxMemberCount: 2000,
            muteAllMember: false,
            createTime: expect.any(Number),
            lastInfoTime: expect.any(Number),
            supportTopic: true,
            topics: [
              {
                topicId: "@TGS#_a@TOPIC#_k",
                topicName: "n",
                introduction: "",
                notification: "",
                faceUrl: "",
                customString: "",
                muteAllMember: false,
                createTime: expect.any(Number),
                nextMsgSeq: 1,
                lastMsgTime: 0,
              },
            ],
          },
        ],
      },
    ],
  });
});

test("a seed may hold texts over the limits: it says what exists", () => {
  expect(() => parseSeed(withTopics([{ topicKey: "k", topicName: "x".repeat(150) }]))).not.toThrow();
});

test("the owner of a community is a member of it, and members that have no name are counted", async () => {
  const community = { groupId: "@TGS#_a", ownerAccount: "leckie", members: ["peter"], memberNum: 50, createTime: 7 };
  await using emulator = await startEmulator({ seed: { apps: [{ ...app, communities: [community] }] } });
  const [live] = emulator.state().apps[0]?.communities ?? [];
  expect(live).toMatchObject({ ...community, members: ["peter", "leckie"], lastInfoTime: 7 });
});

test("a seed may hold topics with ids that the service assigned", () => {
  const topicId = "@TGS#_a@TOPIC#_@TOPIC#cRTE3HIM62C5";
  expect(() => parseSeed(withTopics([{ topicId, topicName: "n" }]))).not.toThrow();
});

describe("is refused, with the path of the wrong value", () => {
  test.each<[unknown, string]>([
    [undefined, "seed: "],
    [{}, "seed.apps: is missing"],
    [{ apps: {} }, "seed.apps: Invalid input: expected array"],
    [{ apps: [{ ...app, sdkAppId: 1.5 }] }, "seed.apps[0].sdkAppId: must be a whole number"],
    [{ apps: [{ ...app, secretKey: "" }] }, "seed.apps[0].secretKey: "],
    [{ apps: [{ ...app, adminAccount: "a" }] }, 'seed.apps[0]: Unrecognized key: "adminAccount"'],
    [{ apps: [app, { ...app }] }, "seed.apps[1].sdkAppId: 1 is there twice"],
    [{ apps: [{ ...app, communities: [{ groupId: "a" }] }] }, "seed.apps[0].communities[0].groupId: a does not start"],
    [
      { apps: [{ ...app, communities: [{ groupId: "@TGS#_a" }, { groupId: "@TGS#_a" }] }] },
      "seed.apps[0].communities[1].groupId: @TGS#_a is there twice",
    ],
    [withTopics([{ topicKey: "k" }]), "seed.apps[0].communities[0].topics[0].topicName: is missing"],
    [withTopics([{ topicName: "n" }]), "seed.apps[0].communities[0].topics[0]: give either topicId or topicKey"],
    [withTopics([{ topicName: "n", topicId: "k" }]), "seed.apps[0].communities[0].topics[0].topicId: k does not start"],
    [
      withTopics([
        { topicName: "n", topicKey: "k" },
        { topicName: "n", topicId: "@TGS#_a@TOPIC#_k" },
      ]),
      "seed.apps[0].communities[0].topics[1].topicId: @TGS#_a@TOPIC#_k is there twice",
    ],
    [
      withTopics([{ topicName: "n", topicKey: "k", muteAllMember: "On" }]),
      "seed.apps[0].communities[0].topics[0].muteAllMember: Invalid input: expected boolean",
    ],
    [
      { apps: [{ ...app, communities: [{ groupId: "@TGS#_a", ownerAccount: "o", members: ["m"], memberNum: 1 }] }] },
      "seed.apps[0].communities[0].memberNum: is 1, but 2 members have a name",
    ],
    [
      { apps: [{ ...app, communities: [{ groupId: "@TGS#_a", maxMemberCount: 0 }] }] },
      "seed.apps[0].communities[0].maxMemberCount: ",
    ],
    [withTopics([{ topicName: "n", topicKey: "k", "topic name": 1 }]), '.topics[0]: Unrecognized key: "topic name"'],
  ])("%j", (seed, message) => {
    expect(() => parseSeed(seed)).toThrow(message);
  });

  test("all wrong values at once", () => {
    expect(() => parseSeed({ apps: [{ sdkAppId: "1", secretKey: 2 }] })).toThrow(
      /seed\.apps\[0\]\.sdkAppId: .*seed\.apps\[0\]\.secretKey: /s,
    );
  });
});
