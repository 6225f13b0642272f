import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { TopicInUseError } from "../../../provider/lifecycle/errors/index.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import { failureOf, GROUP, idOf, TestApp } from "../../chat/test-app.js";
import { type Resource, TestRun } from "./test-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(() => app.reset());
afterAll(() => app.close());

async function existing(onRemove: string | undefined, condition: "unused" | "used" | "gone"): Promise<Resource> {
  const resource = await new TestRun(app).create("general", onRemove === undefined ? {} : { onRemove });
  if (condition === "used") app.emulator.addMessages(resource.id, 3);
  if (condition === "gone") await (await new TestRun(app).topics()).destroy(GROUP, resource.id);
  app.emulator.clearRequests();
  return resource;
}

describe("what becomes of the topic", () => {
  test.each([
    [undefined, "unused", "destroyed"],
    [undefined, "used", "refused"],
    [undefined, "gone", "gone"],
    ["unused", "unused", "destroyed"],
    ["unused", "used", "refused"],
    ["unused", "gone", "gone"],
    ["destroy", "unused", "destroyed"],
    ["destroy", "used", "destroyed"],
    ["destroy", "gone", "gone"],
    ["retain", "unused", "stays"],
    ["retain", "used", "stays"],
    ["retain", "gone", "gone"],
  ] as const)("onRemove %s, a topic that is %s: %s", async (onRemove, condition, outcome) => {
    const resource = await existing(onRemove, condition);
    const deleting = new TestRun(app).delete(resource);
    if (outcome === "refused") expect(await failureOf(deleting)).toBeInstanceOf(TopicInUseError);
    else expect(await deleting).toEqual({ warnings: [] });
    expect(app.live("general") !== undefined).toBe(outcome === "stays" || outcome === "refused");
  });

  test("retain makes no call at all", async () => {
    await new TestRun(app).delete(await existing("retain", "unused"));
    expect(app.commands()).toEqual([]);
  });

  test("a refusal names the topic, its messages, and how to go on", async () => {
    const resource = await existing("unused", "used");
    const { message } = await failureOf(new TestRun(app).delete(resource));
    expect(message).toMatch(
      /^Topic "general" in @TGS#_players was not destroyed: it has messages \(the next one gets number 4/,
    );
    expect(message).toMatch(/old name as an alias.*`onRemove: "destroy"`.*`onRemove: "retain"`.*`pulumi state delete`/);
  });

  test("a topic that became used after the last read is not destroyed", async () => {
    const resource = await existing("unused", "unused");
    const run = new TestRun(app);
    await run.refresh(resource);
    app.emulator.addMessages(resource.id, 1);
    await expect(run.delete(resource)).rejects.toThrow(TopicInUseError);
  });

  test("a policy that the program only just changed counts, since the update before wrote it to the state", async () => {
    const before = await existing("unused", "used");
    const after = await new TestRun(app).update(before, { onRemove: "destroy" });
    await new TestRun(app).delete(after);
    expect(app.live("general")).toBeUndefined();
  });
});

describe("deleting twice", () => {
  test("is a success", async () => {
    const resource = await existing("destroy", "unused");
    await new TestRun(app).delete(resource);
    expect(await new TestRun(app).delete(resource)).toEqual({ warnings: [] });
  });

  test("is what a lost answer amounts to, and is a success", async () => {
    const resource = await existing("unused", "unused");
    app.fault({ kind: "drop-after", command: "destroy_topic" });
    expect(await new TestRun(app).delete(resource)).toEqual({ warnings: [] });
    expect(app.live("general")).toBeUndefined();
  });

  test("in a community that is gone is a success", async () => {
    for (const onRemove of ["unused", "destroy"]) {
      await app.reset();
      const resource = await existing(onRemove, "unused");
      await app.emulator.reset({ apps: app.emulator.state().apps.map((seeded) => ({ ...seeded, communities: [] })) });
      expect(await new TestRun(app).delete(resource)).toEqual({ warnings: [] });
    }
  });
});

describe("other failures are not swallowed:", () => {
  test.each([10007, 110002, 10004, 60010, 11000])("the code %i of destroy_topic", async (code) => {
    const resource = await existing("destroy", "unused");
    app.fault({ kind: "error", command: "destroy_topic", code });
    await expect(new TestRun(app).delete(resource)).rejects.toThrow(String(code));
  });

  test("the topic's own code", async () => {
    const resource = await existing("destroy", "unused");
    app.fault({ kind: "error", command: "destroy_topic", code: 110002, perItem: true });
    await expect(new TestRun(app).delete(resource)).rejects.toThrow(/110002/);
  });

  test("a read that fails before: what cannot be seen to be unused is not destroyed", async () => {
    const resource = await existing("unused", "unused");
    app.fault({ kind: "error", command: "get_topic", code: 10007 });
    await expect(new TestRun(app).delete(resource)).rejects.toThrow(/10007/);
    expect(app.requests("destroy_topic")).toEqual([]);
  });
});

describe("a topic that is replaced by one in another community", () => {
  const replaced = async (groupId: string): Promise<unknown> => {
    const resource = await existing("destroy", "used");
    const run = new TestRun(app);
    expect(run.diff(resource, { groupId, onRemove: "destroy" }).replaces).toEqual(["groupId"]);
    return run.delete(resource).catch((error: Error) => error.message);
  };

  test("stays where that community does not exist", async () => {
    expect(await replaced("@TGS#_mistyped")).toMatch(
      /^Community @TGS#_mistyped does not exist in app \d+\. What to do: check `groupId`\. Nothing was destroyed/,
    );
    expect(app.live("general")).toBeDefined();
  });

  test("is destroyed where that one is there", async () => {
    const { apps } = app.emulator.state();
    const other = { groupId: "@TGS#_other", name: "Other", supportTopic: true };
    await app.emulator.reset({
      apps: apps.map((seed) => ({ ...seed, communities: [...(seed.communities ?? []), other] })),
    });
    expect(await replaced("@TGS#_other")).toEqual({ warnings: [] });
    expect(app.live("general")).toBeUndefined();
  });
});

describe("a topic that another resource of the run declares", () => {
  test("is not destroyed, and the row says who has it", async () => {
    const resource = await existing("destroy", "used");
    const run = new TestRun(app);
    run.inputs("successor", { topicKey: "general", adopt: "matching" });
    expect(await run.delete(resource)).toEqual({
      warnings: ['Topic "general" in @TGS#_players was not destroyed: ChatTopic "successor" declares it now.'],
    });
    expect(app.live("general")).toBeDefined();
    expect(app.commands()).toEqual([]);
  });

  test("is destroyed when that resource has taken another one meanwhile", async () => {
    const resource = await existing("destroy", "unused");
    const run = new TestRun(app);
    run.inputs("other", { topicKey: "general" });
    run.inputs("other", { topicKey: "elsewhere" });
    await run.delete(resource);
    expect(app.live("general")).toBeUndefined();
  });

  test("is not kept by a declaration of the same key in another community", async () => {
    const resource = await existing("destroy", "unused");
    const run = new TestRun(app);
    run.inputs("other", { topicKey: "general", groupId: "@TGS#_other" });
    await run.delete(resource);
    expect(app.live("general")).toBeUndefined();
  });

  test("is not kept by the replacement of its own resource", async () => {
    const before = await existing("destroy", "unused");
    const run = new TestRun(app);
    run.inputs("general", { topicKey: "renamed" }, before.inputs);
    await run.delete(before);
    expect(app.live("general")).toBeUndefined();
  });
});

test("a replacement that was asked for destroys a topic with an id of the service's: the next one has another id", async () => {
  const before = await new TestRun(app).create("auto", { serverAssignedId: true });
  const run = new TestRun(app);
  const inputs = run.inputs("auto", { serverAssignedId: true }, before.inputs);
  LIFECYCLES.ChatTopic.diff(run, before.id, before.outputs, inputs);
  // The engine checks once more what it will create, as if nothing had been there.
  run.inputs("auto", { serverAssignedId: true });
  expect((await run.delete(before)).warnings).toEqual([]);
  expect(app.liveTopics()).toEqual([]);
});

test("many deletes that come together are few calls", async () => {
  const run = new TestRun(app);
  const created = await Promise.all(
    Array.from({ length: 60 }, (_, index) => run.create(`t${index}`, { onRemove: index % 2 ? "destroy" : "unused" })),
  );
  app.emulator.clearRequests();
  const after = new TestRun(app);
  await Promise.all(created.map((resource) => after.delete(resource)));
  expect(app.liveTopics()).toEqual([]);
  expect(app.commands().length).toBeLessThanOrEqual(6);
});

test("a topic of a state that has no group id is destroyed by its own id", async () => {
  const resource = await existing("destroy", "unused");
  const { groupId, ...outputs } = resource.outputs;
  await new TestRun(app).delete({ ...resource, outputs });
  expect(app.live("general")).toBeUndefined();
  expect(app.requests("destroy_topic")[0]?.body).toEqual({ GroupId: GROUP, TopicIdList: [idOf("general")] });
});
