/** What lookups give and what they refuse, against the emulator, with the settings of the stack. */
import * as pulumi from "@pulumi/pulumi";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  DEFAULT_SDK_APP_ID,
  DEFAULT_SECRET_KEY,
  DEFAULT_SEED,
  type Emulator,
  DEFAULT_GROUP_ID as GROUP,
  type SeedApp,
  type SeedCommunity,
  startEmulator,
} from "../../provider/emulator/index.js";
import { ask } from "../../provider/lookups/ask.js";
import { getCommunity, getCommunityOutput } from "../../provider/lookups/get-community.js";
import { getTopics, getTopicsOutput } from "../../provider/lookups/get-topics.js";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

beforeEach(async () => {
  vi.stubEnv("TENCENT_CHAT_SDK_APP_ID", String(DEFAULT_SDK_APP_ID));
  vi.stubEnv("TENCENT_CHAT_SECRET_KEY", DEFAULT_SECRET_KEY);
  vi.stubEnv("TENCENT_CHAT_ENDPOINT", emulator.url);
  vi.stubEnv("TENCENT_CHAT_TIMEOUT_SECONDS", "5");
  await emulator.reset();
});
afterEach(() => vi.unstubAllEnvs());

async function given(community: Partial<SeedCommunity>): Promise<void> {
  const [app] = DEFAULT_SEED.apps as [SeedApp];
  await emulator.reset({
    apps: [{ ...app, communities: [{ groupId: GROUP, ...community }] }],
  });
}

const commands = () => emulator.requests().map(({ command }) => command);
const failureOf = (lookup: Promise<unknown>) =>
  lookup.then(
    () => expect.unreachable("the lookup succeeded"),
    (error: Error & { code?: string }) => error,
  );
const settled = <T>(output: pulumi.Output<T>): Promise<T> =>
  new Promise((resolve) => void output.apply((value) => resolve(value as T)));

describe("getTopics", () => {
  test("gives every topic with all its fields, by id, and whether it is used", async () => {
    const general = {
      topicKey: "general",
      topicName: "General",
      introduction: "Everything",
      notification: "Be kind",
      faceUrl: "https://example.com/general.png",
      customString: "{}",
      muteAllMember: true,
      createTime: 1_700_000_000,
    };
    await given({ topics: [{ topicKey: "z", topicName: "Z", nextMsgSeq: 12, lastMsgTime: 1_700_000_001 }, general] });
    expect(await getTopics({ groupId: GROUP })).toEqual({
      groupId: GROUP,
      sdkAppId: DEFAULT_SDK_APP_ID,
      topics: [
        { ...general, topicId: `${GROUP}@TOPIC#_general`, used: false },
        expect.objectContaining({ topicKey: "z", introduction: "", muteAllMember: false, used: true }),
      ],
    });
    expect(commands()).toEqual(["get_topic"]);
  });

  test("gives none for a community without topics", async () => {
    expect((await getTopics({ groupId: GROUP })).topics).toEqual([]);
  });

  test("asks anew each time", async () => {
    await getTopics({ groupId: GROUP });
    await given({ topics: [{ topicKey: "later", topicName: "Later" }] });
    expect((await getTopics({ groupId: GROUP })).topics).toHaveLength(1);
  });
});

describe("getCommunity", () => {
  test("gives the community with all its fields", async () => {
    await given({
      name: "Players",
      introduction: "Everybody who plays",
      maxMemberCount: 500,
      createTime: 1_700_000_000,
    });
    expect(await getCommunity({ groupId: GROUP })).toEqual({
      groupId: GROUP,
      name: "Players",
      introduction: "Everybody who plays",
      notification: "",
      faceUrl: "",
      ownerAccount: undefined,
      memberNum: 0,
      maxMemberCount: 500,
      muteAllMember: false,
      createTime: 1_700_000_000,
      sdkAppId: DEFAULT_SDK_APP_ID,
    });
  });
});

describe.each([
  ["getTopics", getTopics],
  ["getCommunity", getCommunity],
] as const)("%s", (name, lookUp) => {
  test("tells a community that does not exist, with a code to catch", async () => {
    const error = await failureOf(lookUp({ groupId: "@TGS#_nowhere" }));
    expect(error).toMatchObject({
      code: "MISSING_COMMUNITY",
      message: expect.stringMatching(
        /^\w+: Community @TGS#_nowhere does not exist in app 1400000000\. What to do: check `groupId`/,
      ),
    });
    expect(pulumi.RunError.isInstance(error)).toBe(true);
  });

  test("refuses what is no id of a community, without a call", async () => {
    for (const groupId of ["players", `${GROUP}@TOPIC#_general`, undefined as unknown as string]) {
      expect((await failureOf(lookUp({ groupId }))).message).toMatch(new RegExp(`^${name}: \`groupId\` `));
    }
    expect(commands()).toEqual([]);
  });

  test("names all missing and wrong settings at once", async () => {
    vi.stubEnv("TENCENT_CHAT_SDK_APP_ID", "fourteen");
    vi.stubEnv("TENCENT_CHAT_SECRET_KEY", "");
    const error = await failureOf(lookUp({ groupId: GROUP }));
    expect(error).toMatchObject({ code: "INVALID_SETTINGS", message: expect.stringContaining("need 2 corrections") });
    expect(commands()).toEqual([]);
  });

  test("passes the service's refusal on, and no credential", async () => {
    vi.stubEnv("TENCENT_CHAT_SECRET_KEY", "a-key-that-is-not-right");
    const error = await failureOf(lookUp({ groupId: GROUP }));
    expect(error).toMatchObject({
      code: "REFUSED",
      message: expect.stringContaining("variable TENCENT_CHAT_SECRET_KEY"),
    });
    expect(String(error.stack)).not.toMatch(/a-key-that|eJ[\w*-]{50,}/);
  });

  test("takes a ready signature in place of the key", async () => {
    const { Api } = await import("tls-sig-api-v2");
    vi.stubEnv("TENCENT_CHAT_SECRET_KEY", "");
    const userSig = new Api(DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY).genUserSig("administrator", 600);
    vi.stubEnv("TENCENT_CHAT_USER_SIG", userSig);
    expect(await lookUp({ groupId: GROUP })).toMatchObject({ groupId: GROUP });
  });
});

test("lookups that are asked together share one rate limiter", async () => {
  vi.stubEnv("TENCENT_CHAT_CALLS_PER_SECOND", "5");
  emulator.changeRules({ callsPerSecond: { get_topic: 5 } });
  await Promise.all(Array.from({ length: 8 }, () => getTopics({ groupId: GROUP })));
  expect(emulator.requests().map(({ code }) => code)).toEqual(Array(8).fill(0));
  emulator.restoreRules();
});

describe("lookups of one app with different keys, at the same time", () => {
  // Two ChatApps can have one name, under parents of two types, so that nothing but their keys differs.
  const lookUp = (secretKey: string) =>
    ask({ name: "getCommunity", ask: ({ communities }, groupId) => communities.read(groupId) }, GROUP, {
      chatApp: "app",
      sdkAppId: DEFAULT_SDK_APP_ID,
      secretKey,
      endpoint: emulator.url,
    });

  test.each([
    ["the right one first", [DEFAULT_SECRET_KEY, "a-key-that-is-not-right"]],
    ["the wrong one first", ["a-key-that-is-not-right", DEFAULT_SECRET_KEY]],
  ])("are each answered for their own key: %s", async (_, keys) => {
    const answers = await Promise.allSettled(keys.map(lookUp));
    const isRight = keys.map((key) => key === DEFAULT_SECRET_KEY);
    expect(answers.map(({ status }) => status === "fulfilled")).toEqual(isRight);
    const [refused] = answers.filter(({ status }) => status === "rejected");
    expect(refused).toMatchObject({ reason: { code: "REFUSED", message: expect.stringContaining("70009") } });
    expect(
      emulator
        .requests()
        .map(({ code }) => code === 0)
        .sort(),
    ).toEqual([false, true]);
  });
});

describe("the output form", () => {
  test("takes a group id that is known later", async () => {
    await given({ name: "Players", topics: [{ topicKey: "general", topicName: "General" }] });
    const groupId = pulumi.output(Promise.resolve(GROUP));
    expect(await settled(getTopicsOutput({ groupId }).topics)).toMatchObject([{ topicKey: "general" }]);
    expect(await settled(getCommunityOutput({ groupId }).name)).toBe("Players");
  });

  test("is secret where its group id is, and only there", async () => {
    expect(await pulumi.isSecret(getTopicsOutput({ groupId: GROUP }))).toBe(false);
    expect(await pulumi.isSecret(getTopicsOutput({ groupId: pulumi.secret(GROUP) }))).toBe(true);
  });

  test("refuses to wait for a component, which does not tell what is in it", async () => {
    const component = {
      __pulumiResource: true,
      __pulumiComponentResource: true,
    } as unknown as pulumi.ComponentResource;
    const answer = getTopicsOutput({ groupId: GROUP }, { dependsOn: [component] });
    const message = pulumi.recover(answer.groupId, (error: Error) => error.message);
    expect(await settled(message)).toMatch(/^getTopics: a component .*the resources themselves/);
    expect(commands()).toEqual([]);
  });
});
