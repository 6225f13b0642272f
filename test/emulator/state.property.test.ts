/** Whatever was done to an emulator, under whatever rules, its state is a seed, and an emulator made from it has the same. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_SEED, type Rules, type Seed, startEmulator } from "../../provider/emulator/index.js";
import { ADMIN, GROUP, send, topic } from "./caller.js";
import { sharedEmulator } from "./shared-emulator.js";

/** Lenient, so that odd values get past the first checks; a run changes them further. */
const LENIENT: Partial<Rules> = {
  sameOwner: "accepted",
  enforceFrequency: false,
  unknownFields: "ignored",
  unknownAccounts: "accepted",
  numericAccounts: "accepted",
  topicName: "optional",
  assignedGroupIds: "accepted",
  maxCreateTime: Number.MAX_SAFE_INTEGER,
  maxMembersPerCommunity: Number.MAX_SAFE_INTEGER,
  byteLimits: { topicName: 1000, introduction: 1000, customString: 10_000, communityName: 1000 },
};
const topics = ["a", "b", "__proto__"].map((topicKey) => ({ topicKey, topicName: topicKey }));
const emulator = sharedEmulator({
  seed: {
    apps: DEFAULT_SEED.apps.map((app) => ({ ...app, communities: [{ groupId: GROUP, members: [ADMIN], topics }] })),
  },
});

const number = fc.oneof(fc.nat(), fc.constantFrom(0, 1, -1, 0.5, Number.MAX_SAFE_INTEGER, 1e300));
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("", "\ud800", "__proto__"));
const groupId = fc.oneof(
  { weight: 3, arbitrary: fc.constant(GROUP) },
  fc.constantFrom("@TGS#_b", `@TGS#_${"c".repeat(42)}`, "@TGS#_@TGS#cABC", "@TGS#_"),
  fc.string({ maxLength: 50 }).map((end) => `@TGS#_${end}`),
);
const topicId = fc.oneof(
  fc.constantFrom(topic("a"), topic("b"), topic("__proto__")),
  fc.string({ maxLength: 90 }).map((key) => topic(key)),
);
const account = fc.oneof(fc.constant(ADMIN), fc.constantFrom<unknown>("somebody", 7), fc.string());

/** Calls of the REST API, their bodies right as to the kinds of their values. */
const call = fc.record({
  command: fc.constantFrom(
    "import_topic",
    "create_topic",
    "modify_topic",
    "destroy_topic",
    "import_group",
    "create_group",
    "modify_group_base_info",
    "change_group_owner",
    "destroy_group",
  ),
  body: fc.record(
    {
      Type: fc.constant("Community"),
      GroupId: groupId,
      TopicId: topicId,
      TopicIdList: fc.array(topicId, { maxLength: 3 }),
      TopicName: text,
      Name: text,
      Introduction: text,
      CustomString: text,
      From_Account: account,
      Owner_Account: account,
      NewOwner_Account: account,
      MemberList: fc.array(fc.record({ Member_Account: account }), { maxLength: 3 }),
      CreateTime: number,
      MaxMemberCount: number,
      MaxMemberNum: number,
      SupportTopic: fc.constantFrom(0, 1),
      MuteAllMember: fc.constantFrom("On", "Off"),
    },
    { requiredKeys: ["Type", "GroupId", "TopicName", "Name", "NewOwner_Account"] },
  ),
});

/** What may be done under /_emulator/. */
const control = fc.oneof(
  fc.record({ path: fc.constant("messages"), body: fc.record({ topicId, count: number }) }),
  fc.record({ path: fc.constant("topics"), body: fc.record({ topicId, topicName: text, customString: text }) }),
  fc.record({
    path: fc.constant("rules"),
    body: fc.record(
      {
        clockOffsetSeconds: fc.oneof(number, fc.constantFrom(-1e9, 1e9, -1e12)),
        maxGroupIdBytes: number,
        defaultMaxMemberCount: number,
        emptyStringClears: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  }),
);

test("the state is always a valid seed", async () => {
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(call, call, control), { minLength: 1, maxLength: 12 }), async (steps) => {
      emulator().restoreRules();
      emulator().changeRules(LENIENT);
      await emulator().reset();
      for (const step of steps) {
        if ("command" in step) {
          const answer = (await (await send(emulator(), step.command, step.body)).json()) as { ErrorCode: number };
          if (answer.ErrorCode === 0) done.add(step.command);
        } else {
          const url = `${emulator().url}/_emulator/${step.path}`;
          if ((await fetch(url, { method: "POST", body: JSON.stringify(step.body) })).ok) done.add(step.path);
        }
      }
      // As another program sees it.
      const state = (await (await fetch(`${emulator().url}/_emulator/state`)).json()) as Seed;
      await using copy = await startEmulator({ seed: state });
      expect(copy.state()).toEqual(state);
    }),
    { numRuns: 250 },
  );
  // Otherwise the steps would be too wild to prove anything.
  expect(done.size, [...done].join()).toBe(12);
}, 90_000);
