import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { WrongAppError } from "../../../provider/lifecycle/errors/index.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import { failureOf, TestApp } from "../../chat/test-app.js";
import { CommunityRun, type Resource } from "./community-run.js";

let app: TestApp;
let resource: Resource;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(async () => {
  await app.reset();
  resource = await new CommunityRun(app).create({ onRemove: "retain" });
  app.emulator.clearRequests();
});
afterAll(() => app.close());

const elsewhere = () => new CommunityRun(app, { sdkAppId: "1400000002" });

const OPERATIONS: [string, (run: CommunityRun) => Promise<unknown>][] = [
  ["diff", async (run) => LIFECYCLES.ChatCommunity.diff(run, resource.id, resource.outputs, resource.inputs)],
  ["create", (run) => LIFECYCLES.ChatCommunity.create(run, resource.inputs)],
  ["read", (run) => LIFECYCLES.ChatCommunity.read(run, resource.id, resource.outputs)],
  [
    "update",
    (run) => LIFECYCLES.ChatCommunity.update(run, resource.id, resource.outputs, { ...resource.inputs, name: "X" }),
  ],
  ["delete", (run) => LIFECYCLES.ChatCommunity.delete(run, resource.id, resource.outputs)],
];

test.each(OPERATIONS)("%s with the settings of another app refuses, and makes no call", async (_, operation) => {
  const error = await failureOf(operation(elsewhere()));
  expect(error).toBeInstanceOf(WrongAppError);
  expect(error.message).toContain(
    "Community @TGS#_guild belongs to app 1400000001, but the settings name app 1400000002",
  );
  expect(app.commands()).toEqual([]);
});

test("check with the settings of another app refuses, and makes no call", () => {
  const { failures } = elsewhere().check("guild", {}, resource.inputs);
  expect(failures.map(({ reason }) => reason).join()).toContain("Another app wants another stack");
  expect(app.commands()).toEqual([]);
});
