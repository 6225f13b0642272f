import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MissingTopicError } from "../../../provider/lifecycle/errors/index.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { failureOf, GROUP, idOf, SDK_APP_ID, TestApp } from "../../chat/test-app.js";
import { type Resource, TestRun } from "./test-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(() => app.reset());
afterAll(() => app.close());

async function editOutside(topicId: string, changes: object): Promise<void> {
  await app.client().modifyTopic(GROUP, topicId, changes);
}

describe("a refresh", () => {
  async function refreshed(args: Properties, changes: object): Promise<Resource | undefined> {
    const created = await new TestRun(app).create("general", args);
    await editOutside(created.id, changes);
    return new TestRun(app).refresh(created);
  }

  test.each<[string, unknown, unknown]>([
    ["topicName", "Ours", "Theirs"],
    ["introduction", "ours", "theirs"],
    ["notification", "ours", "theirs"],
    ["faceUrl", "ours", "theirs"],
    ["customString", "ours", "theirs"],
    ["muteAllMember", true, false],
    ["muteAllMember", false, true],
    ["introduction", "ours", ""],
    ["introduction", "", "theirs"],
  ])("shows an outside edit of %s from %j to %j, and the next up mends it", async (name, ours, theirs) => {
    const after = await refreshed({ [name]: ours }, { [name]: theirs });
    expect(after?.outputs[name]).toBe(theirs);
    expect(new TestRun(app).diff(after as Resource, { [name]: ours })).toEqual({ changes: true, replaces: [] });
    await new TestRun(app).update(after as Resource, { [name]: ours });
    expect(app.live("general")?.[name as "topicName"]).toBe(ours);
  });

  test.each(["introduction", "notification", "faceUrl", "customString", "muteAllMember"])(
    "does not see %s where nobody declares it",
    async (name) => {
      const after = await refreshed({}, { [name]: name === "muteAllMember" ? true : "theirs" });
      expect(after?.outputs).not.toHaveProperty(name);
      expect(new TestRun(app).diff(after as Resource, {}).changes).toBe(false);
    },
  );

  test("without an outside edit changes nothing at all", async () => {
    const args = { introduction: "i", muteAllMember: true, createTime: 5, fromAccount: "alice", onRemove: "destroy" };
    const created = await new TestRun(app).create("general", args);
    const after = await new TestRun(app).refresh(created);
    expect(after?.outputs).toEqual(created.outputs);
    expect(new TestRun(app).diff(after as Resource, args).changes).toBe(false);
  });

  test("does not take the time of creation for drift", async () => {
    const created = await new TestRun(app).create("general", { createTime: 1448357837 });
    await app.reset([{ topicKey: "general", topicName: "Name", createTime: 7 }]);
    expect((await new TestRun(app).refresh(created))?.outputs.createTime).toBe(1448357837);
  });

  test("makes its result the inputs as well, but for an id that the service assigned", async () => {
    const keyed = await new TestRun(app).create("general", { introduction: "i" });
    const assigned = await new TestRun(app).create("other", { serverAssignedId: true });
    expect((await new TestRun(app).refresh(keyed))?.inputs).toMatchObject({ introduction: "i", topicId: keyed.id });
    const after = await new TestRun(app).refresh(assigned);
    expect(after?.inputs).not.toHaveProperty("topicId");
    expect(new TestRun(app).diff(after as Resource, { serverAssignedId: true }).changes).toBe(false);
  });

  test.each(["110003", "10010", "omitted"] as const)(
    "of a topic that is gone finds nothing, when the service says %s",
    async (missingTopic) => {
      const created = await new TestRun(app).create("general");
      await app.reset([{ topicKey: "other", topicName: "Other" }], { missingTopic });
      expect(await new TestRun(app).refresh(created)).toBeUndefined();
    },
  );

  test("of a topic whose community is gone finds nothing", async () => {
    const created = await new TestRun(app).create("general");
    await app.emulator.reset({ apps: app.emulator.state().apps.map((seeded) => ({ ...seeded, communities: [] })) });
    expect(await new TestRun(app).refresh(created)).toBeUndefined();
  });

  test.each([
    ["an error", { kind: "error", code: 10007 } as const],
    ["an HTTP status", { kind: "http", status: 404 } as const],
    [
      "a shape that is not the service's",
      { kind: "garbage", body: '{"ActionStatus":"OK","ErrorCode":0}', times: 9 } as const,
    ],
  ])("that ends in %s never takes the topic for gone", async (_, fault) => {
    const created = await new TestRun(app).create("general");
    app.fault(fault);
    await expect(new TestRun(app).refresh(created)).rejects.toThrow();
  });

  test("of many topics is one call", async () => {
    const run = new TestRun(app);
    const created = await Promise.all(Array.from({ length: 30 }, (_, index) => run.create(`t${index}`)));
    app.emulator.clearRequests();
    const after = new TestRun(app);
    await Promise.all(created.map((resource) => after.refresh(resource)));
    expect(app.commands()).toEqual(["get_topic"]);
  });
});

describe("ChatTopic.get", () => {
  const get = (topicId: string) => LIFECYCLES.ChatTopic.read(new TestRun(app), topicId, {});

  test("reads everything that the service tells", async () => {
    await app.reset([
      {
        topicKey: "lobby",
        topicName: "Lobby",
        introduction: "i",
        notification: "n",
        faceUrl: "f",
        customString: "c",
        muteAllMember: true,
        createTime: 1448357837,
      },
    ]);
    expect((await get(idOf("lobby")))?.outputs).toEqual({
      groupId: GROUP,
      topicId: idOf("lobby"),
      topicKey: "lobby",
      topicName: "Lobby",
      introduction: "i",
      notification: "n",
      faceUrl: "f",
      customString: "c",
      muteAllMember: true,
      createTime: 1448357837,
      sdkAppId: SDK_APP_ID,
    });
  });

  test("of a topic that is missing is an error that names the topic and the app", async () => {
    const error = await failureOf(get(idOf("gone")));
    expect(error).toBeInstanceOf(MissingTopicError);
    expect(error.message).toMatch(
      /^Topic "gone" in @TGS#_players does not exist in app 1400000001\. What to do: check the id given to `ChatTopic.get`/,
    );
  });

  test("of something that is no topic id is an error", async () => {
    await expect(get("lobby")).rejects.toThrow(/"lobby"/);
  });

  test("of a server-assigned topic works as well", async () => {
    const { id } = await new TestRun(app).create("general", { serverAssignedId: true, topicName: "Any" });
    expect((await get(id))?.outputs.topicName).toBe("Any");
  });
});
