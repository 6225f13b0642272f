import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SeedCommunity } from "../../../provider/emulator/index.js";
import { CommunityInUseError } from "../../../provider/lifecycle/errors/index.js";
import type { LifecycleContext } from "../../../provider/lifecycle/lifecycle.js";
import { failureOf, TestApp } from "../../chat/test-app.js";
import { CHECKS } from "../checks.js";
import { CommunityRun, editOutside, GUILD, type Resource } from "./community-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(() => app.reset());
afterAll(() => app.close());

const TOPICS = {
  topics: [
    { topicKey: "a", topicName: "A" },
    { topicKey: "b", topicName: "B" },
  ],
};
const CONDITIONS: Record<string, Partial<SeedCommunity>> = {
  empty: {},
  "with topics": TOPICS,
  "with members": { members: ["operator"], memberNum: 3 },
};

async function existing(onRemove: string | undefined, condition = "empty"): Promise<Resource> {
  const resource = await new CommunityRun(app).create({ onRemove, ownerAccount: "alice" });
  if (condition === "gone") await app.open().communities.destroy(GUILD);
  else await editOutside(app, GUILD, CONDITIONS[condition] ?? {});
  app.emulator.clearRequests();
  return resource;
}

describe("what becomes of the community", () => {
  const contents = ["with topics", "with members"] as const;
  test.each<[string | undefined, string, "gone" | "stays" | "refused"]>([
    ...[undefined, "unused"].flatMap((onRemove) =>
      contents.map((condition): [string | undefined, string, "refused"] => [onRemove, condition, "refused"]),
    ),
    [undefined, "empty", "gone"],
    ["unused", "empty", "gone"],
    ["unused", "gone", "gone"],
    ["destroy", "empty", "gone"],
    ["destroy", "with topics", "gone"],
    ["destroy", "with members", "gone"],
    ["destroy", "gone", "gone"],
    ["retain", "empty", "stays"],
    ["retain", "with topics", "stays"],
    ["retain", "gone", "gone"],
  ])("onRemove %s, a community that is %s: %s", async (onRemove, condition, outcome) => {
    const resource = await existing(onRemove, condition);
    const deleting = new CommunityRun(app).delete(resource);
    if (outcome === "refused") expect(await failureOf(deleting)).toBeInstanceOf(CommunityInUseError);
    else expect(await deleting).toEqual({ warnings: [] });
    expect(app.liveCommunity(GUILD) !== undefined).toBe(outcome === "stays" || outcome === "refused");
  });

  test("retain makes no call at all", async () => {
    await new CommunityRun(app).delete(await existing("retain"));
    expect(app.commands()).toEqual([]);
  });

  test("a refusal tells how many topics and members there are, and how to go on", async () => {
    const resource = await existing("unused");
    await editOutside(app, GUILD, { ...TOPICS, memberNum: 4 });
    const { message } = await failureOf(new CommunityRun(app).delete(resource));
    expect(message).toMatch(
      /^Community @TGS#_guild was not destroyed: it still has 2 topics and 3 members beside its owner, and nothing could/,
    );
    expect(message).toMatch(/`onRemove: "destroy"`.*`onRemove: "retain"`.*`pulumi state delete`/);
  });

  test("a member of a community without an owner counts", async () => {
    const resource = await new CommunityRun(app).create();
    await editOutside(app, GUILD, { memberNum: 1 });
    await expect(new CommunityRun(app).delete(resource)).rejects.toThrow("it still has 1 member, and");
  });

  test("a policy that the program only just changed counts, since the update before wrote it to the state", async () => {
    const before = await existing("unused", "with topics");
    const after = await new CommunityRun(app).update(before, { onRemove: "destroy", ownerAccount: "alice" });
    await new CommunityRun(app).delete(after);
    expect(app.liveCommunity(GUILD)).toBeUndefined();
  });

  test("one that was created without topics has none, and is destroyed", async () => {
    const resource = await existing("unused");
    await editOutside(app, GUILD, { supportTopic: false });
    await new CommunityRun(app).delete(resource);
    expect(app.liveCommunity(GUILD)).toBeUndefined();
  });
});

describe("deleting twice", () => {
  test("is a success", async () => {
    const resource = await existing("destroy");
    await new CommunityRun(app).delete(resource);
    expect(await new CommunityRun(app).delete(resource)).toEqual({ warnings: [] });
  });

  test("is what a lost answer amounts to, and is a success", async () => {
    const resource = await existing("unused");
    app.fault({ kind: "drop-after", command: "destroy_group" });
    expect(await new CommunityRun(app).delete(resource)).toEqual({ warnings: [] });
    expect(app.liveCommunity(GUILD)).toBeUndefined();
  });
});

describe("other failures are not swallowed:", () => {
  test.each([10007, 10004, 60010, 11000])("the code %i of destroy_group", async (code) => {
    const resource = await existing("destroy");
    app.fault({ kind: "error", command: "destroy_group", code });
    await expect(new CommunityRun(app).delete(resource)).rejects.toThrow(String(code));
  });

  test("a service that keeps a community with topics", async () => {
    const resource = await existing("destroy", "with topics");
    app.emulator.changeRules({ destroyWithTopics: "refused" });
    await expect(new CommunityRun(app).delete(resource)).rejects.toThrow(/10007/);
    app.emulator.restoreRules();
  });

  test.each(["get_group_info", "get_topic"] as const)(
    "a read that fails before: what %s cannot show to be unused is not destroyed",
    async (command) => {
      const resource = await existing("unused");
      app.fault({ kind: "error", command, code: 10007 });
      await expect(new CommunityRun(app).delete(resource)).rejects.toThrow(/10007/);
      expect(app.requests("destroy_group")).toEqual([]);
    },
  );
});

describe("a community that another resource of the run declares", () => {
  test("is not destroyed, and the row says who has it", async () => {
    const resource = await existing("destroy", "with topics");
    const run = new CommunityRun(app);
    run.inputs("successor", { groupId: GUILD, adopt: "matching" });
    expect(await run.delete(resource)).toEqual({
      warnings: ['Community @TGS#_guild was not destroyed: ChatCommunity "successor" declares it now.'],
    });
    expect(app.liveCommunity(GUILD)).toBeDefined();
    expect(app.commands()).toEqual([]);
  });

  test("is not kept by the replacement of its own resource", async () => {
    const before = await existing("destroy");
    const run = new CommunityRun(app);
    run.inputs("guild", { groupId: "@TGS#_other" }, before.inputs);
    await run.delete(before);
    expect(app.liveCommunity(GUILD)).toBeUndefined();
  });
});

describe("a community in which this run still declares topics", () => {
  const declareTopic = (context: LifecycleContext, key: string, groupId = GUILD) => {
    const __urn = `urn:pulumi:dev::community::pulumi-nodejs:dynamic/tencent-chat:ChatTopic::${key}`;
    CHECKS.ChatTopic(context, {}, { groupId, topicName: "T", topicKey: key, __urn });
  };

  test.each(["unused", "destroy"])("is not destroyed with them, whatever onRemove says: %s", async (onRemove) => {
    const resource = await existing(onRemove);
    const run = new CommunityRun(app);
    declareTopic(run, "general");
    declareTopic(run, "rules");
    const error = await failureOf(run.delete(resource));
    expect(error).toBeInstanceOf(CommunityInUseError);
    expect(error.message).toContain('declares topics in it, by ChatTopic "general" and 1 more resource');
    expect(app.commands()).toEqual([]);
  });

  test("is not destroyed with one whose id the service has yet to assign", async () => {
    const resource = await existing("destroy");
    const run = new CommunityRun(app);
    const __urn = "urn:pulumi:dev::community::pulumi-nodejs:dynamic/tencent-chat:ChatTopic::auto";
    CHECKS.ChatTopic(run, {}, { groupId: GUILD, topicName: "T", serverAssignedId: true, __urn });
    expect((await failureOf(run.delete(resource))).message).toContain('by ChatTopic "auto"');
  });

  test("may be left in the app", async () => {
    const resource = await existing("retain");
    const run = new CommunityRun(app);
    declareTopic(run, "general");
    expect(await run.delete(resource)).toEqual({ warnings: [] });
  });

  test("is not kept by topics of another community", async () => {
    const resource = await existing("destroy");
    const run = new CommunityRun(app);
    declareTopic(run, "general", `${GUILD}s`);
    await run.delete(resource);
    expect(app.liveCommunity(GUILD)).toBeUndefined();
  });
});
