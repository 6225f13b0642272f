import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { WrongAppError } from "../../../provider/lifecycle/errors/index.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import { failureOf, TestApp } from "../../chat/test-app.js";
import { type Resource, TestRun } from "./test-run.js";

let app: TestApp;
let resource: Resource;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(async () => {
  await app.reset();
  resource = await new TestRun(app).create("general", { onRemove: "destroy" });
  app.emulator.clearRequests();
});
afterAll(() => app.close());

const elsewhere = () => new TestRun(app, { sdkAppId: "1400000002" });

const OPERATIONS: [string, (run: TestRun) => Promise<unknown>][] = [
  ["diff", async (run) => LIFECYCLES.ChatTopic.diff(run, resource.id, resource.outputs, resource.inputs)],
  ["create", (run) => LIFECYCLES.ChatTopic.create(run, resource.inputs)],
  ["read", (run) => LIFECYCLES.ChatTopic.read(run, resource.id, resource.outputs)],
  [
    "update",
    (run) =>
      LIFECYCLES.ChatTopic.update(run, resource.id, resource.outputs, { ...resource.inputs, topicName: "Other" }),
  ],
  ["delete", (run) => LIFECYCLES.ChatTopic.delete(run, resource.id, resource.outputs)],
];

test.each(OPERATIONS)("%s with the settings of another app refuses, and makes no call", async (_, operation) => {
  const error = await failureOf(operation(elsewhere()));
  expect(error).toBeInstanceOf(WrongAppError);
  expect(error.message).toContain("belongs to app 1400000001, but the settings name app 1400000002");
  expect(app.commands()).toEqual([]);
});

test("check with the settings of another app refuses, and makes no call", () => {
  const { failures } = elsewhere().check("general", {}, resource.inputs);
  expect(failures.map(({ reason }) => reason).join()).toContain("Another app wants another stack");
  expect(app.commands()).toEqual([]);
});

test("a topic that is to stay is not forgotten either with the settings of another app", async () => {
  const retained = await new TestRun(app).update(resource, { onRemove: "retain" });
  await expect(elsewhere().delete(retained)).rejects.toThrow(WrongAppError);
});

test.each(OPERATIONS.filter(([name]) => name !== "create"))(
  "%s with the right settings goes on",
  async (_, operation) => {
    await expect(operation(new TestRun(app))).resolves.toBeDefined();
  },
);
