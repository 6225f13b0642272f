import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { NotFoundError } from "../../../provider/chat/errors/index.js";
import { MissingTopicError } from "../../../provider/lifecycle/errors/index.js";
import { PartialFailureError } from "../../../provider/pulumi/partial-failure-error.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { failureOf, GROUP, idOf, TestApp } from "../../chat/test-app.js";
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

const ALL = {
  topicName: "General",
  introduction: "introduction",
  notification: "notification",
  faceUrl: "https://example.com/face.png",
  customString: '{"category":1}',
  muteAllMember: true,
};

async function existing(args: Properties = ALL): Promise<Resource> {
  const resource = await new TestRun(app).create("general", args);
  app.emulator.clearRequests();
  return resource;
}

function modifications(): Record<string, unknown>[] {
  return app.requests("modify_topic").map(({ body }) => {
    expect(body).toMatchObject({ GroupId: GROUP, TopicId: idOf("general") });
    const { GroupId, TopicId, ...changes } = body;
    return changes;
  });
}

describe("what changed is sent, and nothing else:", () => {
  test.each<[string, unknown, object]>([
    ["topicName", "Other", { TopicName: "Other" }],
    ["introduction", "other", { Introduction: "other" }],
    ["notification", "other", { Notification: "other" }],
    ["faceUrl", "other", { FaceUrl: "other" }],
    ["customString", "other", { CustomString: "other" }],
    ["muteAllMember", false, { MuteAllMember: "Off" }],
    ["introduction", "", { Introduction: "" }],
  ])("%s to %j", async (name, value, sent) => {
    const updated = await new TestRun(app).update(await existing(), { ...ALL, [name]: value });
    expect(modifications()).toEqual([sent]);
    expect(app.live("general")).toMatchObject({ ...ALL, [name]: value });
    expect(updated.outputs).toMatchObject({ ...ALL, [name]: value });
  });

  test("several fields in one call", async () => {
    await new TestRun(app).update(await existing(), { ...ALL, topicName: "Other", muteAllMember: false });
    expect(modifications()).toEqual([{ TopicName: "Other", MuteAllMember: "Off" }]);
  });

  test("a field that is declared for the first time", async () => {
    await new TestRun(app).update(await existing({ topicName: "General" }), ALL);
    const { topicName, ...added } = ALL;
    expect(app.live("general")).toMatchObject(added);
  });

  test("a mute flag that is declared for the first time, also as off: it may be on in the app", async () => {
    await new TestRun(app).update(await existing({}), { muteAllMember: false });
    expect(modifications()).toEqual([{ MuteAllMember: "Off" }]);
  });

  test.each<[string, Properties, Properties]>([
    ["onRemove", {}, { onRemove: "retain" }],
    ["adopt", {}, { adopt: "any" }],
    ["createTime, added", {}, { createTime: 1448357837 }],
    ["fromAccount, removed", { fromAccount: "alice" }, {}],
    ["serverAssignedId, written out", {}, { serverAssignedId: false }],
  ])("no call at all for %s", async (_, before, after) => {
    const updated = await new TestRun(app).update(await existing(before), after);
    expect(app.commands()).toEqual([]);
    expect(updated.outputs).toMatchObject(after);
    for (const name of Object.keys(before)) expect(updated.outputs).not.toHaveProperty(name);
  });

  test("no change is left after it", async () => {
    const after = { topicName: "Other", introduction: "new" };
    const updated = await new TestRun(app).update(await existing(), after);
    expect(new TestRun(app).diff(updated, after).changes).toBe(false);
  });
});

describe("a text that is declared no longer", () => {
  const texts = ["introduction", "notification", "faceUrl", "customString"] as const;

  test.each(texts)("is cleared, and that is confirmed: %s", async (name) => {
    const { [name]: _, ...rest } = ALL;
    const updated = await new TestRun(app).update(await existing(), rest);
    expect(app.live("general")?.[name]).toBe("");
    expect(app.commands()).toEqual(["modify_topic", "get_topic"]);
    expect(updated.outputs).not.toHaveProperty(name);
    expect(updated.warnings).toEqual([]);
  });

  test("that the service keeps is a warning, and is no longer tracked", async () => {
    app.emulator.changeRules({ emptyStringClears: false });
    const { introduction, ...rest } = ALL;
    const updated = await new TestRun(app).update(await existing(), rest);
    expect(updated.warnings).toEqual([
      expect.stringMatching(/^The service keeps the `introduction` of topic "general" in @TGS#_players although/),
    ]);
    expect(updated.outputs).not.toHaveProperty("introduction");
    expect(new TestRun(app).diff(updated, rest).changes).toBe(false);
    expect((await new TestRun(app).refresh(updated))?.outputs).not.toHaveProperty("introduction");
  });

  test("is not confirmed from what was read before", async () => {
    app.emulator.changeRules({ emptyStringClears: false });
    const before = await existing({ introduction: "i" });
    const run = new TestRun(app);
    await run.refresh(before);
    const updated = await run.update(before, {});
    expect(updated.warnings).toHaveLength(1);
  });

  test("whose clearing cannot be confirmed stays tracked, and the next update confirms it", async () => {
    const before = await existing({ introduction: "i" });
    app.fault({ kind: "error", command: "get_topic", code: 10007 });
    const error = await failureOf(new TestRun(app).update(before, {}));
    expect(error).toBeInstanceOf(PartialFailureError);
    const { id, outputs } = error as PartialFailureError;
    expect(outputs.introduction).toBe("");
    const half = { ...before, id, outputs };
    expect(new TestRun(app).diff(half, {}).changes).toBe(true);
    const updated = await new TestRun(app).update(half, {});
    expect(updated.outputs).not.toHaveProperty("introduction");
    expect(updated.warnings).toEqual([]);
  });

  test("goes together with other changes in one call", async () => {
    const before = await existing();
    await new TestRun(app).update(before, { topicName: "Other", muteAllMember: true });
    expect(modifications()).toEqual([
      { TopicName: "Other", Introduction: "", Notification: "", FaceUrl: "", CustomString: "" },
    ]);
  });
});

describe("a mute flag that is declared no longer", () => {
  test("goes off when it was on", async () => {
    const updated = await new TestRun(app).update(await existing({ muteAllMember: true }), {});
    expect(modifications()).toEqual([{ MuteAllMember: "Off" }]);
    expect(updated.outputs).not.toHaveProperty("muteAllMember");
  });

  test("needs no call when it was off", async () => {
    await new TestRun(app).update(await existing({ muteAllMember: false }), {});
    expect(app.commands()).toEqual([]);
  });
});

describe("a topic that was deleted outside", () => {
  const destroyOutside = async () => {
    await (await new TestRun(app).topics()).destroy(GROUP, idOf("general"));
    app.emulator.clearRequests();
  };

  test("is imported anew with everything that is declared, and says so", async () => {
    const before = await existing({ ...ALL, createTime: 1448357837 });
    await destroyOutside();
    const after = { ...ALL, topicName: "Other", createTime: 1448357837 };
    const updated = await new TestRun(app).update(before, after);
    expect(app.live("general")).toMatchObject(after);
    expect(updated.id).toBe(idOf("general"));
    expect(updated.warnings).toEqual([
      expect.stringMatching(/had been deleted outside of Pulumi and was imported anew/),
    ]);
  });

  test("in a community that is gone as well is an error", async () => {
    const before = await existing({ topicName: "a" });
    await app.emulator.reset({
      apps: app.emulator.state().apps.map((seeded) => ({ ...seeded, communities: [] })),
    });
    await expect(new TestRun(app).update(before, { topicName: "b" })).rejects.toThrow(NotFoundError);
  });

  test.each<[string, Properties]>([
    ["as long as it is declared so", { serverAssignedId: true, topicName: "b" }],
    ["also when its id has been written into the program", { topicName: "b" }],
  ])("whose id the service had assigned is an error that says how to go on, %s", async (_, args) => {
    const before = await existing({ serverAssignedId: true, topicName: "a" });
    await (await new TestRun(app).topics()).destroy(GROUP, before.id);
    const after = args.serverAssignedId ? args : { ...args, topicId: before.id };
    const error = await failureOf(new TestRun(app).update(before, after));
    expect(error).toBeInstanceOf(MissingTopicError);
  });
});

describe("an update that fails", () => {
  test("leaves the state as it was, by being an error without outputs", async () => {
    const before = await existing();
    app.fault({ kind: "error", command: "modify_topic", code: 80001 });
    const error = await failureOf(new TestRun(app).update(before, { ...ALL, introduction: "bad word" }));
    expect(error).not.toBeInstanceOf(PartialFailureError);
    expect(error.message).toMatch(/^modify_topic "general" in @TGS#_players: 80001/);
  });

  test("because its answer was lost is sent again", async () => {
    const before = await existing();
    app.fault({ kind: "drop-after", command: "modify_topic" });
    await new TestRun(app).update(before, { ...ALL, introduction: "new" });
    expect(app.live("general")?.introduction).toBe("new");
  });
});
