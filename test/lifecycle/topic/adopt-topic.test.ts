import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SeedTopic } from "../../../provider/emulator/index.js";
import { AdoptionRefusedError, MissingTopicError } from "../../../provider/lifecycle/errors/index.js";
import { PartialFailureError } from "../../../provider/pulumi/partial-failure-error.js";
import { failureOf, idOf, TestApp } from "../../chat/test-app.js";
import { TestRun } from "./test-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const DECLARED = { topicName: "Lobby", introduction: "Come in" };
const EQUAL: SeedTopic = { topicKey: "lobby", topicName: "Lobby", introduction: "Come in", notification: "theirs" };
const DIFFERENT: SeedTopic = { ...EQUAL, introduction: "Go away" };
const USED = { nextMsgSeq: 42, lastMsgTime: 1700000000 };

describe("an id that exists already", () => {
  const live = { "unused, equal": EQUAL, "used, equal": { ...EQUAL, ...USED }, "unused, different": DIFFERENT };
  const all = { ...live, "used, different": { ...DIFFERENT, ...USED } };
  type Kind = keyof typeof all;

  const OUTCOMES: [adopt: string | undefined, Record<Kind, "taken" | "changed" | "refused">][] = [
    [
      undefined,
      {
        "unused, equal": "taken",
        "used, equal": "refused",
        "unused, different": "refused",
        "used, different": "refused",
      },
    ],
    [
      "unused",
      {
        "unused, equal": "taken",
        "used, equal": "refused",
        "unused, different": "refused",
        "used, different": "refused",
      },
    ],
    [
      "matching",
      {
        "unused, equal": "taken",
        "used, equal": "taken",
        "unused, different": "refused",
        "used, different": "refused",
      },
    ],
    [
      "any",
      {
        "unused, equal": "taken",
        "used, equal": "taken",
        "unused, different": "changed",
        "used, different": "changed",
      },
    ],
    [
      "none",
      {
        "unused, equal": "refused",
        "used, equal": "refused",
        "unused, different": "refused",
        "used, different": "refused",
      },
    ],
  ];
  const matrix = OUTCOMES.flatMap(([adopt, outcomes]) =>
    (Object.keys(outcomes) as Kind[]).flatMap((kind) =>
      [10021, 10025].map((code) => [adopt, kind, code, outcomes[kind]] as const),
    ),
  );

  test.each(matrix)("adopt %s, a topic that is %s, answered with %i: %s", async (adopt, kind, code, outcome) => {
    await app.reset([all[kind]]);
    if (code !== 10021) app.fault({ kind: "error", command: "import_topic", code });
    const creating = new TestRun(app).create("lobby", { ...DECLARED, adopt });
    if (outcome === "refused") {
      expect(await failureOf(creating)).toBeInstanceOf(AdoptionRefusedError);
      expect(app.requests("modify_topic")).toEqual([]);
      return;
    }
    const { id, outputs, warnings } = await creating;
    expect(id).toBe(idOf("lobby"));
    expect(outputs).toMatchObject(DECLARED);
    expect(app.requests("modify_topic").map(({ body }) => body.Introduction)).toEqual(
      outcome === "changed" ? ["Come in"] : [],
    );
    expect(warnings).toEqual([
      outcome === "changed"
        ? '1 topic existed already and was taken over and changed (introduction): "lobby" in @TGS#_players.'
        : '1 topic existed already and was taken over: "lobby" in @TGS#_players.',
    ]);
  });
});

describe("what an adopted topic has and nobody declared", () => {
  test("is left alone, and is not tracked", async () => {
    await app.reset([EQUAL]);
    const { outputs } = await new TestRun(app).create("lobby", DECLARED);
    expect(app.live("lobby")?.notification).toBe("theirs");
    expect(outputs).not.toHaveProperty("notification");
  });

  test("does not count as a difference", async () => {
    await app.reset([{ ...EQUAL, customString: "theirs", createTime: 5, fromAccount: "alice" }]);
    const args = { ...DECLARED, createTime: 1448357837, fromAccount: "bob" };
    const created = await new TestRun(app).create("lobby", { ...args, fromAccount: "alice" });
    expect(created.id).toBe(idOf("lobby"));
  });
});

describe("the mute flag", () => {
  test.each([
    ["unused", true, false],
    ["unused", false, true],
    ["matching", true, false],
    ["matching", false, true],
    ["any", true, false],
  ])("with adopt %s is no difference: declared %s, live %s, it is converged", async (adopt, declared, live) => {
    await app.reset([{ ...EQUAL, muteAllMember: live }]);
    const { warnings } = await new TestRun(app).create("lobby", { ...DECLARED, adopt, muteAllMember: declared });
    expect(app.live("lobby")?.muteAllMember).toBe(declared);
    expect(warnings[0]).toContain("changed (muteAllMember)");
  });

  test("that nobody declares stays", async () => {
    await app.reset([{ ...EQUAL, muteAllMember: true }]);
    await new TestRun(app).create("lobby", DECLARED);
    expect(app.live("lobby")?.muteAllMember).toBe(true);
  });

  test.each(["MuteAllMember", "ShutUpAllFlag"] as const)("is seen in the form of %s", async (muteField) => {
    await app.reset([{ ...EQUAL, muteAllMember: true }], { muteField });
    await new TestRun(app).create("lobby", { ...DECLARED, muteAllMember: true });
    expect(app.commands()).toEqual(["import_topic", "get_topic"]);
  });
});

describe("a refusal", () => {
  async function refusal(topic: SeedTopic, args: object): Promise<string> {
    await app.reset([topic]);
    return (await failureOf(new TestRun(app).create("lobby", { ...DECLARED, ...args }))).message;
  }

  test("lists every difference, there and here", async () => {
    const message = await refusal({ ...DIFFERENT, topicName: "Hall" }, {});
    expect(message).toContain('Topic "lobby" in @TGS#_players exists already');
    expect(message).toContain("`topicName` is “Hall” there and “Lobby” here");
    expect(message).toContain("`introduction` is “Go away” there and “Come in” here");
  });

  test("shortens long texts", async () => {
    const message = await refusal({ ...EQUAL, customString: "x".repeat(3000) }, { customString: "y".repeat(3000) });
    expect(message.length).toBeLessThan(600);
  });

  test("tells of the messages, with the time of the last", async () => {
    expect(await refusal({ ...EQUAL, ...USED }, {})).toMatch(
      /it has messages \(the next one gets number 42, the last at 2023-11-14T22:13:20.000Z\)/,
    );
  });

  test.each<[string, SeedTopic, string, string]>([
    ["messages", { ...EQUAL, ...USED }, "unused", "matching"],
    ["differences", DIFFERENT, "unused", "any"],
    ["differences", DIFFERENT, "matching", "any"],
    ["both", { ...DIFFERENT, ...USED }, "unused", "any"],
    ["nothing but the policy", EQUAL, "none", "unused"],
    ["the policy and messages", { ...EQUAL, ...USED }, "none", "matching"],
    ["the policy and differences", DIFFERENT, "none", "any"],
  ])("for %s names the value that would allow it, and that value does", async (_, topic, adopt, allowedBy) => {
    expect(await refusal(topic, { adopt })).toMatch(new RegExp(`or set \`adopt: "${allowedBy}"\`\\.$`));
    await expect(new TestRun(app).create("lobby", { ...DECLARED, adopt: allowedBy })).resolves.toBeDefined();
  });
});

describe("an id that only the service can assign", () => {
  const topicId = idOf("@TOPIC#cABCDEFGHIJK");

  test("is taken over without an import, which the service would refuse", async () => {
    await app.reset([{ topicId, topicName: "Lobby", introduction: "Come in" }]);
    const { id, warnings } = await new TestRun(app).create("lobby", { ...DECLARED, topicId });
    expect(id).toBe(topicId);
    expect(warnings).toHaveLength(1);
    expect(app.commands()).toEqual(["get_topic"]);
  });

  test("is taken over under the same policies", async () => {
    await app.reset([{ topicId, topicName: "Hall" }]);
    const error = await failureOf(new TestRun(app).create("lobby", { ...DECLARED, topicId }));
    expect(error).toBeInstanceOf(AdoptionRefusedError);
    const { id } = await new TestRun(app).create("lobby", { ...DECLARED, topicId, adopt: "any" });
    expect(id).toBe(topicId);
    expect(app.liveTopics()[0]?.topicName).toBe("Lobby");
  });

  test("is an error where there is no such topic, which says how to get a new one", async () => {
    await app.reset();
    const error = await failureOf(new TestRun(app).create("lobby", { ...DECLARED, topicId }));
    expect(error).toBeInstanceOf(MissingTopicError);
    expect(error.message).toMatch(/check `topicId`, or give a `topicKey`, or `serverAssignedId: true`/);
  });
});

describe("days on which adoption fails half way", () => {
  test("the topic is ours with its live texts when they could not be changed, and the next update goes on", async () => {
    await app.reset([DIFFERENT]);
    app.fault({ kind: "error", command: "modify_topic", code: 80001 });
    const args = { ...DECLARED, adopt: "any" };
    const error = await failureOf(new TestRun(app).create("lobby", args));
    expect(error).toBeInstanceOf(PartialFailureError);
    const { id, outputs } = error as PartialFailureError;
    expect(outputs.introduction).toBe("Go away");
    const inputs = new TestRun(app).inputs("lobby", args);
    await new TestRun(app).update({ name: "lobby", id, inputs, outputs, warnings: [] }, args);
    expect(app.live("lobby")?.introduction).toBe("Come in");
  });

  test("an id that is in use and yet not there is told as such", async () => {
    await app.reset([], { reuseDestroyedIds: false });
    const first = await new TestRun(app).create("lobby", { ...DECLARED, onRemove: "destroy" });
    await new TestRun(app).delete(first);
    const error = await failureOf(new TestRun(app).create("lobby", DECLARED));
    expect(error).toBeInstanceOf(MissingTopicError);
    expect(error.message).toMatch(
      /its id is in use, as it may for a topic that was destroyed.*or choose another topic key/,
    );
  });

  test("what cannot be read is not taken over", async () => {
    await app.reset([EQUAL]);
    app.fault({ kind: "error", command: "get_topic", code: 10007 });
    await expect(new TestRun(app).create("lobby", { ...DECLARED, adopt: "any" })).rejects.toThrow(/10007/);
    expect(app.requests("modify_topic")).toEqual([]);
  });

  test("adoption looks at the topic as it is now, not at what was read before", async () => {
    await app.reset([EQUAL]);
    const run = new TestRun(app);
    await (await run.topics()).readShared("@TGS#_players", idOf("lobby"));
    app.emulator.addMessages(idOf("lobby"), 3);
    await expect(run.create("lobby", DECLARED)).rejects.toThrow(AdoptionRefusedError);
  });

  test("an interrupted run is simply done again", async () => {
    await app.reset();
    const args = { ...DECLARED, muteAllMember: true };
    app.fault({ kind: "error", command: "modify_topic", code: 10007 });
    await failureOf(new TestRun(app).create("lobby", args));
    const again = await new TestRun(app).create("lobby", args);
    expect(again.outputs).toMatchObject(args);
    expect(app.live("lobby")?.muteAllMember).toBe(true);
  });
});
