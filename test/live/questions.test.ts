/** The open questions, put to an emulator whose rules are the right answers. */
import { describe, expect, test } from "vitest";
import { DEFAULT_GROUP_ID, DEFAULT_SECRET_KEY, type Rules } from "../../provider/emulator/index.js";
import { PROBES } from "./probes/index.js";
import { type Answers, askAll } from "./questions.js";
import { toText } from "./report.js";
import { startSurroundings } from "./test-app.js";

/** The rules that the questions are about. */
const ASKED: readonly (keyof Rules)[] = [
  "importService",
  "unknownCommandCode",
  "unknownFields",
  "topicName",
  "numericAccounts",
  "unknownAccounts",
  "byteLimits",
  "maxGroupIdBytes",
  "invalidTopicIdCode",
  "reuseDestroyedIds",
  "emptyStringClears",
  "missingTopic",
  "failedItems",
  "muteField",
  "emptyTexts",
  "topicOrder",
  "emptyTopicIdList",
  "destroyFailures",
  "maxTopicIdsPerCall",
  "missingGroup",
  "destroyWithTopics",
  "nonMemberOwnerCode",
  "sameOwner",
  "defaultMaxMemberCount",
  "throttleCode",
  "requestId",
];

/** Asks an emulator with these rules, which are all that may be found out, and gives them with the answers. */
async function ask(rules: Partial<Rules>): Promise<{ answers: Answers; inForce: Partial<Rules>; left: string[] }> {
  await using surroundings = await startSurroundings({ rules });
  const app = surroundings.startRun();
  const answers = await askAll(app);
  expect(await app.removeAll()).toEqual([]);
  const inForce = Object.entries(surroundings.emulator.rules()).filter(([name]) => ASKED.includes(name as keyof Rules));
  return { answers, inForce: Object.fromEntries(inForce), left: surroundings.communities() };
}

const SETTINGS: Readonly<Record<string, Partial<Rules>>> = {
  "as the pages have it": {},
  "as different as the rules allow": {
    importService: "million_group_open_http_svc",
    unknownCommandCode: 10003,
    unknownFields: "ignored",
    topicName: "optional",
    numericAccounts: "accepted",
    unknownAccounts: "accepted",
    byteLimits: { topicName: 150, customString: 4_001, communityFaceUrl: 500 },
    maxGroupIdBytes: 47,
    invalidTopicIdCode: 110013,
    reuseDestroyedIds: false,
    emptyStringClears: false,
    missingTopic: "10010",
    failedItems: "bare",
    muteField: "ShutUpAllFlag",
    emptyTexts: "omitted",
    topicOrder: "reversed",
    emptyTopicIdList: "all",
    destroyFailures: "top",
    maxTopicIdsPerCall: 120,
    missingGroup: "10015",
    destroyWithTopics: "refused",
    nonMemberOwnerCode: 10004,
    sameOwner: "accepted",
    defaultMaxMemberCount: 5_000,
    throttleCode: 10006,
    requestId: true,
  },
  "with both import services, and ids that stay taken": {
    importService: "both",
    reuseDestroyedIds: false,
    emptyTexts: "omitted",
    throttleCode: 60018,
  },
};

describe("a service", () => {
  test.each(Object.entries(SETTINGS))("%s gives answers that are the rules in force", async (_, rules) => {
    const { answers, inForce, left } = await ask(rules);
    expect(answers.answers.filter(({ failure }) => failure !== undefined)).toEqual([]);
    expect({ byteLimits: {}, ...answers.rules }).toEqual(inForce);
    expect(answers.conflicts).toEqual([]);
    expect(left).toEqual([DEFAULT_GROUP_ID]);
  });

  test("that leaves out what is missing says nothing about the form of failed items", async () => {
    const { answers, inForce } = await ask({ missingTopic: "omitted", missingGroup: "omitted" });
    const { failedItems: _, ...others } = inForce;
    expect({ byteLimits: {}, ...answers.rules }).toEqual(others);
  });

  test("that behaves as no rule can gets its answer, and no rule", async () => {
    const { answers } = await ask({ byteLimits: { topicName: 20 } });
    const answer = answers.answers.find(({ question }) => question === "What is the byte limit of topicName?")?.answer;
    expect(answer).toBe("30 bytes, as documented, are refused with 10004");
    expect(answers.rules).not.toHaveProperty("byteLimits");
  });
});

test("a question that cannot be answered has a reason, and the others have their answers", async () => {
  await using surroundings = await startSurroundings();
  const app = surroundings.startRun();
  surroundings.emulator.addFault({ kind: "error", code: 10007, command: "import_topic", times: 1 });
  const [, , , ...probes] = PROBES;
  const answers = await askAll(app, probes);
  const [first, ...others] = answers.answers;
  expect(first).toMatchObject({ failure: expect.stringContaining("import_topic") });
  expect(others.filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(toText(answers)).toContain("not known: import_topic");
  expect(await app.removeAll()).toEqual([]);
});

test("two answers that want different values of a rule make no rule, and single byte limits come together", async () => {
  await using surroundings = await startSurroundings();
  const findings: Partial<Rules>[] = [
    { missingTopic: "10010", byteLimits: { topicName: 150 } },
    { missingTopic: "omitted", byteLimits: { faceUrl: 500 } },
    { missingTopic: "10010" },
  ];
  const probes = findings.map((rules) => ({ question: "?", how: "", ask: async () => ({ answer: "!", rules }) }));
  const answers = await askAll(surroundings.startRun(), probes);
  expect(answers).toMatchObject({ conflicts: ["missingTopic"] });
  expect(answers.rules).toEqual({ byteLimits: { topicName: 150, faceUrl: 500 } });
  expect(toText(answers)).toContain("different values of the rule missingTopic");
});

test("an answer about the call frequency is waited out, and is nobody's answer", async () => {
  await using surroundings = await startSurroundings();
  surroundings.emulator.addFault({ kind: "throttle", command: "import_topic", times: 3 });
  const answers = await askAll(surroundings.startRun());
  expect(answers.answers.filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(answers.rules).toMatchObject({ importService: "group_open_http_svc", throttleCode: 60007 });
});

test("no credential is in the answers, and each has the calls that it rests on", async () => {
  await using surroundings = await startSurroundings();
  const answers = await askAll(surroundings.startRun());
  const text = JSON.stringify(answers) + toText(answers);
  expect(text).not.toContain(DEFAULT_SECRET_KEY);
  expect(text).not.toMatch(/usersig/i);
  const last = answers.answers.at(-1);
  for (const { question, exchanges } of answers.answers) {
    if (question !== last?.question) expect(exchanges, question).not.toEqual([]);
  }
});

test("a call about a community of somebody else is not sent", async () => {
  await using surroundings = await startSurroundings();
  const app = surroundings.startRun();
  await expect(app.call("destroy_group", { GroupId: DEFAULT_GROUP_ID })).rejects.toThrow("is not of this suite");
  await expect(app.call("get_group_info", { GroupIdList: [DEFAULT_GROUP_ID] })).rejects.toThrow("not of this suite");
  expect(surroundings.emulator.requests()).toEqual([]);
});
