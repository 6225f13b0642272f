/** Every property of a declaration reaches the wire, and everything that get_topic tells and we own comes back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BYTE_LIMITS } from "../../../provider/chat/limits.js";
import { topicRules } from "../../../provider/lifecycle/topic/topic-rules.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import { GROUP, idOf, TestApp } from "../../chat/test-app.js";
import { TestRun } from "./test-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(() => app.reset());
afterAll(() => app.close());

/** A value for each argument, and where it goes: its field in import_topic, or why it has none. */
const CONTRACT: Record<string, { value: unknown; field?: string; wire?: unknown; ours?: true }> = {
  groupId: { value: GROUP, field: "GroupId" },
  topicKey: { value: "general", field: "TopicId", wire: idOf("general") },
  topicName: { value: "综合频道", field: "TopicName" },
  introduction: { value: "Everything that fits nowhere else 🎮", field: "Introduction" },
  notification: { value: 'Be kind\nand "quote" well', field: "Notification" },
  faceUrl: { value: "https://example.com/face.png?a=b&c=d", field: "FaceUrl" },
  customString: { value: '{"category":"news","order":3}', field: "CustomString" },
  fromAccount: { value: "alice", field: "From_Account" },
  createTime: { value: 1448357837, field: "CreateTime" },
  muteAllMember: { value: true, field: "MuteAllMember", wire: "On" },
  adopt: { value: "matching", ours: true },
  onRemove: { value: "destroy", ours: true },
};
/** These stand in the place of `topicKey`. */
const OTHER_IDENTITIES = ["topicId", "serverAssignedId"];

const ARGS = Object.fromEntries(Object.entries(CONTRACT).map(([name, { value }]) => [name, value]));

test("the contract has every argument that a topic takes", () => {
  expect([...Object.keys(CONTRACT), ...OTHER_IDENTITIES].sort()).toEqual(
    Object.keys(topicRules(BYTE_LIMITS).shape).sort(),
  );
});

describe("on the way out", () => {
  test("every argument reaches the wire under the vendor's name", async () => {
    await new TestRun(app).create("x", ARGS);
    const sent = { ...app.requests("import_topic")[0]?.body, ...app.requests("modify_topic")[0]?.body };
    for (const { value, field, wire } of Object.values(CONTRACT)) {
      if (field !== undefined) expect(sent[field]).toEqual(wire ?? value);
    }
  });

  test("nothing reaches the wire that is no argument", async () => {
    await new TestRun(app).create("x", ARGS);
    const fields = Object.values(CONTRACT).flatMap(({ field }) => field ?? []);
    const writes = app.emulator.requests().filter(({ command }) => command !== "get_topic");
    const sent = writes.flatMap(({ body }) => Object.keys(body as object));
    expect([...new Set(sent)].sort()).toEqual([...fields, "Type"].sort());
  });

  test("the full id takes the same way as the key", async () => {
    const { topicKey, ...args } = ARGS;
    await new TestRun(app).create("x", { ...args, topicId: idOf("general") });
    expect(app.requests("import_topic")[0]?.body.TopicId).toBe(idOf("general"));
  });

  test("what can be changed reaches modify_topic under the same names", async () => {
    const created = await new TestRun(app).create("x", { topicKey: "general", topicName: "Before" });
    app.emulator.clearRequests();
    await new TestRun(app).update(created, ARGS);
    const [sent] = app.requests("modify_topic").map(({ body }) => body);
    for (const name of ["topicName", "introduction", "notification", "faceUrl", "customString", "muteAllMember"]) {
      const { value, field = "", wire } = CONTRACT[name] ?? { value: undefined };
      expect(sent?.[field]).toEqual(wire ?? value);
    }
  });
});

describe("on the way back", () => {
  /** What get_topic does not tell, because the service keeps it to itself or has never heard of it. */
  const NOT_TOLD = ["fromAccount", "adopt", "onRemove"];

  test("every field that get_topic tells is read by get, as it was declared", async () => {
    const { id } = await new TestRun(app).create("x", ARGS);
    const read = await LIFECYCLES.ChatTopic.read(new TestRun(app), id, {});
    for (const [name, value] of Object.entries(ARGS)) {
      if (!NOT_TOLD.includes(name)) expect([name, read?.outputs[name]]).toEqual([name, value]);
    }
  });

  test("no field of get_topic's answer is passed over, but for those that count messages and members", async () => {
    const { id } = await new TestRun(app).create("x", ARGS);
    const response = await rawTopicInfo(id);
    const read = await LIFECYCLES.ChatTopic.read(new TestRun(app), id, {});
    const known = Object.values(read?.outputs ?? {}).map((value) => (value === true ? "On" : value));
    const passedOver = Object.keys(response).filter((field) => !known.includes(response[field]));
    expect(passedOver.sort()).toEqual(["LastMsgTime", "NextMsgSeq"]);
  });

  test("a state that declares everything is refreshed to itself", async () => {
    const created = await new TestRun(app).create("x", ARGS);
    expect((await new TestRun(app).refresh(created))?.outputs).toEqual(created.outputs);
  });

  async function rawTopicInfo(topicId: string): Promise<Record<string, unknown>> {
    const transport = app.shortTransport(5_000);
    let answer = "";
    const client = app.client(
      {},
      {
        transport: {
          post: async (...request) => {
            const response = await transport.post(...request);
            answer = response.text;
            return response;
          },
          close: () => transport.close(),
        },
      },
    );
    await client.getTopics(GROUP, [topicId]);
    return JSON.parse(answer).TopicAndSelfInfo[0].TopicInfo;
  }
});
