/**
 * The live suite: the life of topics and communities in a real app, through the real Pulumi CLI, and then the questions
 * that the vendor's pages leave open. It asks nothing of the app that a user could not ask: there is no control API.
 */
import { mkdirSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { topicIdOf } from "../../provider/chat/topic-id.js";
import { Stack } from "../engine/stack.js";
import { LiveApp } from "./live-app.js";
import { liveSettings } from "./live-settings.js";
import { newRun } from "./names.js";
import { askAll } from "./questions.js";
import { CommunityRecord, liveFolder } from "./record.js";
import { toText, writeAnswers } from "./report.js";

const settings = liveSettings();
const run = process.env.LIVE_RUN ?? newRun();
const app = new LiveApp(settings, run, new CommunityRecord(liveFolder(), settings));

beforeAll(() => {
  mkdirSync(liveFolder(), { recursive: true });
});

afterAll(async () => {
  const leftovers = await app.removeAll();
  await app.close();
  const list = leftovers.map(({ groupId, reason }) => `${groupId}: ${reason}`).join("\n");
  if (list !== "") throw new Error(`Not destroyed, so \`npm run live:sweep\` has to be run again:\n${list}`);
});

let stack: Stack | undefined;
afterEach(async () => {
  await stack?.[Symbol.asyncDispose]();
  stack = undefined;
});

/** A stack whose commands run on the app of the settings. */
async function newStack(program: string, environment: NodeJS.ProcessEnv = {}): Promise<Stack> {
  const { credentials } = settings;
  const fromEnvironment = Object.entries(process.env).filter(([name]) => name.startsWith("TENCENT_CHAT_"));
  stack = await Stack.create(
    { url: settings.baseUrl },
    {
      program,
      environment: {
        // Otherwise the stack would use the key of the emulator in place of a signature.
        ...(credentials.kind === "userSig" ? { TENCENT_CHAT_SECRET_KEY: undefined } : {}),
        TENCENT_CHAT_TIMEOUT_SECONDS: String(settings.timeoutSeconds),
        TENCENT_CHAT_CALLS_PER_SECOND: String(settings.callsPerSecond.get_topic),
        ...Object.fromEntries(fromEnvironment),
        TENCENT_CHAT_ENDPOINT: settings.baseUrl,
        ...environment,
      },
    },
  );
  return stack;
}

test("a community with topics is created, unchanged, edited, drifted, put right and destroyed", async () => {
  const groupId = app.reserve("life");
  const stack = await newStack("program-community.js");
  const community = {
    resource: "life",
    groupId,
    name: "Live test",
    introduction: "Made by a test",
    onRemove: "destroy",
  };
  const general = { resource: "general", of: "life", topicName: "General", introduction: "Everything" };
  const rules = { resource: "rules", of: "life", topicName: "Rules 規則", muteAllMember: true };
  const declare = (...topics: object[]) =>
    stack.declareAll({ communities: [community], topics: topics as Record<string, unknown>[] });

  await declare(general, rules);
  expect(await stack.preview()).toContain(topicIdOf(groupId, "general"));
  await stack.up();
  await stack.up("--refresh", "--expect-no-changes");

  await declare({ ...general, topicName: "Talk" }, rules);
  await stack.up();
  const ofTalk = await app.topics.readFresh(groupId, topicIdOf(groupId, "general"));
  expect(ofTalk).toMatchObject({ topicName: "Talk", introduction: "Everything" });

  await app.topics.modify(groupId, topicIdOf(groupId, "rules"), { topicName: "Hijacked", muteAllMember: false });
  expect((await stack.run("refresh", "--preview-only", "--expect-no-changes")).exitCode).not.toBe(0);
  expect(await stack.refresh("--diff")).toMatch(/topicName\s*: "Rules 規則" => "Hijacked"/);
  await stack.up();
  const ofRules = await app.topics.readFresh(groupId, topicIdOf(groupId, "rules"));
  expect(ofRules).toMatchObject({ topicName: "Rules 規則", muteAllMember: true });

  await stack.destroy();
  expect(await app.topics.readFresh(groupId, topicIdOf(groupId, "rules"))).toBeUndefined();
});

describe("a set in a community that exists", () => {
  test("takes over a topic that is there, changes one, sees what was deleted outside, and is destroyed", async () => {
    const groupId = await app.makeCommunity("set");
    await app.makeTopic(groupId, "general", { TopicName: "General" });
    const stack = await newStack("program.js");
    const topics = { general: { topicName: "General" }, rules: { topicName: "Rules", notification: "Be kind" } };
    const declare = (declared: object) =>
      stack.declareAll({ sets: [{ name: "topics", groupId, topics: declared, adopt: "matching" }] });

    await declare(topics);
    await stack.up();
    await declare({ ...topics, general: { topicName: "Talk" } });
    await stack.up();
    expect((await app.topics.readAllFresh(groupId)).get(topicIdOf(groupId, "general"))?.topicName).toBe("Talk");

    await app.topics.destroy(groupId, topicIdOf(groupId, "rules"));
    // Whether its id can be used again is one of the questions; here it is seen that the state knows.
    expect(await stack.refresh("--diff")).toContain("rules");

    await stack.destroy();
    expect([...(await app.topics.readAllFresh(groupId)).keys()]).toEqual([]);
  });

  test("of which one topic fails keeps the others, and is whole after the next run", async () => {
    const groupId = await app.makeCommunity("partly");
    // Only so does a name reach the service that it refuses.
    const stack = await newStack("program.js", { TENCENT_CHAT_BYTE_LIMITS: '{"topicName": 5000}' });
    const declare = (bad: string) =>
      stack.declareAll({
        sets: [{ name: "topics", groupId, topics: { good: { topicName: "Good" }, bad: { topicName: bad } } }],
      });
    await declare("x".repeat(4_000));
    expect(await stack.failUp()).toContain("bad");
    expect([...(await app.topics.readAllFresh(groupId)).keys()]).toEqual([topicIdOf(groupId, "good")]);
    await declare("Better");
    await stack.up();
    expect((await app.topics.readAllFresh(groupId)).get(topicIdOf(groupId, "bad"))?.topicName).toBe("Better");
    await stack.up("--refresh", "--expect-no-changes");
  });
});

test("the open questions have answers", async () => {
  const answers = await askAll(app);
  writeAnswers(liveFolder(), answers);
  if (process.env.LIVE_RUN === undefined) console.log(toText(answers));
  expect(answers.answers.flatMap(({ question, failure }) => (failure ? [`${question} ${failure}`] : []))).toEqual([]);
});
