import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { NotFoundError, RefusedError, ThrottledError } from "../../../provider/chat/errors/index.js";
import { OutcomeUnknownError } from "../../../provider/lifecycle/errors/index.js";
import { PartialFailureError } from "../../../provider/pulumi/partial-failure-error.js";
import { failureOf, GROUP, idOf, SDK_APP_ID, TestApp } from "../../chat/test-app.js";
import { type Resource, TestRun } from "./test-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(async () => {
  await app.reset();
  vi.spyOn(Math, "random").mockReturnValue(0);
  return () => vi.restoreAllMocks();
});
afterAll(() => app.close());

describe("a new topic", () => {
  test("is imported, silently, with one call", async () => {
    const created = await new TestRun(app).create("general", { topicName: "General", introduction: "Hello" });
    expect(app.commands()).toEqual(["import_topic"]);
    expect(app.live("general")).toMatchObject({ topicName: "General", introduction: "Hello", muteAllMember: false });
    expect(created).toMatchObject({ id: idOf("general"), warnings: [] });
  });

  test("has in its state what was declared, its id, and the app", async () => {
    const { outputs } = await new TestRun(app).create("general", { topicName: "General", onRemove: "retain" });
    expect(outputs).toEqual({
      groupId: GROUP,
      topicName: "General",
      onRemove: "retain",
      topicKey: "general",
      topicId: idOf("general"),
      sdkAppId: SDK_APP_ID,
    });
  });

  test("leaves nothing to do", async () => {
    const args = { introduction: "i", muteAllMember: true, createTime: 1448357837, fromAccount: "alice" };
    const created = await new TestRun(app).create("general", args);
    expect(new TestRun(app).diff(created, args).changes).toBe(false);
  });

  test("is muted in a second step, which import cannot do", async () => {
    await new TestRun(app).create("general", { muteAllMember: true });
    expect(app.commands()).toEqual(["import_topic", "modify_topic"]);
    expect(app.live("general")?.muteAllMember).toBe(true);
  });

  test("that is declared as not muted needs no second step", async () => {
    const { outputs } = await new TestRun(app).create("general", { muteAllMember: false });
    expect(app.commands()).toEqual(["import_topic"]);
    expect(outputs.muteAllMember).toBe(false);
  });

  test("may get its id from the service, which the state then has", async () => {
    const { id, outputs } = await new TestRun(app).create("general", { serverAssignedId: true, topicName: "Any" });
    expect(id).toMatch(/^@TGS#_players@TOPIC#_@TOPIC#c/);
    expect(outputs.topicId).toBe(id);
    expect(app.requests("import_topic")[0]?.body).not.toHaveProperty("TopicId");
  });

  test("that the service refuses is an error that names topic, code and remedy", async () => {
    await app.reset([], { maxTopicsPerCommunity: 1 });
    const run = new TestRun(app);
    await run.create("first");
    await expect(run.create("second")).rejects.toThrow(/^import_topic "second" in @TGS#_players: 10037 .*What to do: /);
  });

  test.each([
    ["an unknown community", { groupId: "@TGS#_gone" }, NotFoundError, /10010/],
    ["a community without topics", { groupId: "@TGS#_plain" }, RefusedError, /11000/],
  ])("in %s is an error", async (_, args, kind, code) => {
    const error = await failureOf(new TestRun(app).create("general", args));
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(code);
  });

  test("whose text the content check refuses is an error, and is not there", async () => {
    await app.reset([], { refusedWords: ["forbidden"] });
    await expect(new TestRun(app).create("general", { introduction: "forbidden" })).rejects.toThrow(/80001/);
    expect(app.liveTopics()).toEqual([]);
  });
});

describe("when the mute flag cannot be set", () => {
  async function halfCreated(): Promise<{ error: PartialFailureError; resource: Resource }> {
    app.fault({ kind: "error", command: "modify_topic", code: 10016 });
    const run = new TestRun(app);
    const args = { muteAllMember: true, introduction: "i" };
    const error = await failureOf(run.create("general", args));
    expect(error).toBeInstanceOf(PartialFailureError);
    const { id, outputs } = error as PartialFailureError;
    const inputs = new TestRun(app).inputs("general", args);
    return { error: error as PartialFailureError, resource: { name: "general", id, inputs, outputs, warnings: [] } };
  }

  test("the topic is saved as it is: with its id, and not muted", async () => {
    const { error, resource } = await halfCreated();
    expect(resource.id).toBe(idOf("general"));
    expect(resource.outputs).toMatchObject({ introduction: "i", muteAllMember: false, sdkAppId: SDK_APP_ID });
    expect(error.message).toMatch(
      /"general" in @TGS#_players was imported, but not muted.*the next `pulumi up` does the rest/,
    );
    expect(error.reasons.join()).toMatch(/10016/);
  });

  test("the next update mutes it, and sends nothing else", async () => {
    const { resource } = await halfCreated();
    app.emulator.clearRequests();
    const run = new TestRun(app);
    const args = { muteAllMember: true, introduction: "i" };
    expect(run.diff(resource, args)).toEqual({ changes: true, replaces: [] });
    const { outputs } = await run.update(resource, args);
    expect(app.requests("modify_topic").map(({ body }) => body)).toEqual([
      { GroupId: GROUP, TopicId: idOf("general"), MuteAllMember: "On" },
    ]);
    expect(outputs.muteAllMember).toBe(true);
    expect(app.live("general")?.muteAllMember).toBe(true);
  });

  test("because the process lost its connection, the same holds", async () => {
    app.fault({ kind: "http", command: "modify_topic", status: 404 });
    const error = await failureOf(new TestRun(app).create("general", { muteAllMember: true }));
    expect(error).toMatchObject({ id: idOf("general"), outputs: { muteAllMember: false } });
  });
});

describe("a lost answer", () => {
  test("to the import makes one topic, which is ours without a word", async () => {
    app.fault({ kind: "drop-after", command: "import_topic" });
    const created = await new TestRun(app).create("general", { introduction: "i" });
    expect(created).toMatchObject({ id: idOf("general"), warnings: [] });
    expect(app.liveTopics()).toHaveLength(1);
  });

  test("is ridden out also where nothing may be adopted", async () => {
    app.fault({ kind: "drop-after", command: "import_topic" });
    const created = await new TestRun(app).create("general", { adopt: "none" });
    expect(created.id).toBe(idOf("general"));
  });

  test("does not make a topic ours that differs: somebody else was faster", async () => {
    await app.reset([{ topicKey: "general", topicName: "Theirs" }]);
    app.fault({ kind: "drop-before", command: "import_topic" });
    const error = await failureOf(new TestRun(app).create("general", { topicName: "Ours" }));
    expect(error).toMatchObject({ code: "ADOPTION_REFUSED" });
  });

  test("of a muted topic ends muted", async () => {
    app.fault({ kind: "drop-after", command: "import_topic" });
    await new TestRun(app).create("general", { muteAllMember: true });
    expect(app.live("general")?.muteAllMember).toBe(true);
  });

  test("to the import, and then a mute that fails: it was imported, but not muted", async () => {
    app.fault({ kind: "drop-after", command: "import_topic" }, { kind: "error", command: "modify_topic", code: 10016 });
    const error = await failureOf(new TestRun(app).create("general", { introduction: "i", muteAllMember: true }));
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(app.commands()).toEqual(["import_topic", "import_topic", "get_topic", "modify_topic"]);
    const { id, outputs, warnings, reasons } = error as PartialFailureError;
    expect({ id, warnings }).toEqual({ id: idOf("general"), warnings: [] });
    expect(outputs).toMatchObject({ introduction: "i", muteAllMember: false });
    expect(reasons).toEqual([
      'Topic "general" in @TGS#_players was imported, but not muted. What was done is kept, and the next `pulumi up` does ' +
        "the rest.",
      'modify_topic "general" in @TGS#_players: 10016 (“your app\'s own webhook refused the operation (a fault that was ' +
        "asked for)”), your app's own webhook refused the operation. What to do: look at the webhook that is configured " +
        "for topics in the console.",
    ]);
  });

  test.each(["none", "unused"])(
    "where another topic has the id is refused under the declared adopt %s",
    async (adopt) => {
      await app.reset([{ topicKey: "general", topicName: "Theirs" }]);
      app.fault({ kind: "drop-after", command: "import_topic" });
      const error = await failureOf(new TestRun(app).create("general", { topicName: "Ours", adopt }));
      expect(app.commands()).toEqual(["import_topic", "import_topic", "get_topic"]);
      expect(error.message).toBe(
        `Topic "general" in @TGS#_players exists already, and \`adopt: "${adopt}"\` does not allow taking it over: ` +
          '`topicName` is “Theirs” there and “Ours” here. What to do: choose another topic key, or set `adopt: "any"`.',
      );
      expect(app.live("general")?.topicName).toBe("Theirs");
    },
  );

  test("where the service assigns the id is told, with what to look for, and makes no second topic", async () => {
    app.fault({ kind: "drop-after", command: "import_topic" });
    const run = new TestRun(app);
    const error = await failureOf(run.create("general", { serverAssignedId: true, topicName: "Lost" }));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error.message).toMatch(/The topic "Lost" in @TGS#_players may or may not exist now/);
    expect(error.message).toMatch(
      /look for a topic of this name.*give its id as `topicId` in place of `serverAssignedId`/,
    );
    // The cause's own remedy, to run the command again, is left out.
    expect(error.message).toMatch(
      /The cause: import_topic "Lost" in @TGS#_players: no answer from [^ ]+, [^.]*\. What to do: look for/,
    );
    expect(error.message.match(/What to do/g)).toHaveLength(1);
    expect(app.liveTopics()).toHaveLength(1);
  });

  test("is followed to a good end by that advice", async () => {
    app.fault({ kind: "drop-after", command: "import_topic" });
    await failureOf(new TestRun(app).create("general", { serverAssignedId: true, topicName: "Lost" }));
    const topicId = String(app.liveTopics()[0]?.topicId);
    const created = await new TestRun(app).create("general", { topicId, topicName: "Lost" });
    expect(created.id).toBe(topicId);
    expect(app.liveTopics()).toHaveLength(1);
  });

  test("is no doubt where the service said no", async () => {
    app.fault({ kind: "error", command: "import_topic", code: 10037 });
    const error = await failureOf(new TestRun(app).create("general", { serverAssignedId: true }));
    expect(error).toBeInstanceOf(RefusedError);
  });
});

test("throttling is ridden out", async () => {
  app.fault({ kind: "throttle", command: "import_topic", times: 5 });
  expect((await new TestRun(app).create("general")).id).toBe(idOf("general"));
});

test("throttling without an end leaves nothing behind", async () => {
  app.fault({ kind: "throttle", times: 100_000 });
  vi.mocked(Math.random).mockReturnValue(1);
  const run = new TestRun(app, { timeoutSeconds: "1" });
  await expect(run.create("general")).rejects.toThrow(ThrottledError);
  expect(app.liveTopics()).toEqual([]);
});

test("the row's URN, which the diff of a topic with an assigned id needs, is no part of the state", async () => {
  const created = await new TestRun(app).create("general", { serverAssignedId: true, topicName: "Any" });
  expect(created.inputs).toHaveProperty("__urn");
  expect(created.outputs).not.toHaveProperty("__urn");
  const updated = await new TestRun(app).update(created, { serverAssignedId: true, topicName: "Other" });
  expect(updated.outputs).not.toHaveProperty("__urn");
  expect((await new TestRun(app).refresh(updated))?.inputs).not.toHaveProperty("__urn");
});
