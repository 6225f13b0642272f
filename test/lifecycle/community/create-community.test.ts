import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { RefusedError, ThrottledError } from "../../../provider/chat/errors/index.js";
import { PartialFailureError } from "../../../provider/pulumi/partial-failure-error.js";
import { failureOf, SDK_APP_ID, TestApp } from "../../chat/test-app.js";
import { CommunityRun, GUILD, json, type Resource, urnOf } from "./community-run.js";

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

describe("a new community", () => {
  test("is imported, silently, with one call, and topics can be in it", async () => {
    const created = await new CommunityRun(app).create({ introduction: "Hello", ownerAccount: "alice" });
    expect(app.commands()).toEqual(["import_group"]);
    expect(app.liveCommunity(GUILD)).toMatchObject({
      name: "Guild",
      introduction: "Hello",
      ownerAccount: "alice",
      supportTopic: true,
      muteAllMember: false,
    });
    expect(created).toMatchObject({ id: GUILD, warnings: [] });
  });

  test("has in its state what was declared, its id, the app, and its row", async () => {
    const { outputs } = await new CommunityRun(app).create({ onRemove: "retain" });
    expect(outputs).toEqual({
      name: "Guild",
      onRemove: "retain",
      groupId: GUILD,
      sdkAppId: SDK_APP_ID,
      __urn: urnOf("guild"),
    });
  });

  test("leaves nothing to do", async () => {
    const args = { introduction: "i", muteAllMember: true, createTime: 1448357837, ownerAccount: "alice" };
    const created = await new CommunityRun(app).create(args);
    expect(new CommunityRun(app).diff(created, args).changes).toBe(false);
  });

  test("is muted in a second step, which import cannot do", async () => {
    await new CommunityRun(app).create({ muteAllMember: true });
    expect(app.commands()).toEqual(["import_group", "modify_group_base_info"]);
    expect(app.liveCommunity(GUILD)?.muteAllMember).toBe(true);
  });

  test("that is declared as not muted needs no second step", async () => {
    const { outputs } = await new CommunityRun(app).create({ muteAllMember: false });
    expect(app.commands()).toEqual(["import_group"]);
    expect(outputs.muteAllMember).toBe(false);
  });

  test("whose owner the app does not know is an error, and is not there", async () => {
    const error = await failureOf(new CommunityRun(app).create({ ownerAccount: "nobody" }));
    expect(error).toBeInstanceOf(RefusedError);
    expect(error.message).toMatch(/^import_group @TGS#_guild: 10019 .*check `ownerAccount`/);
    expect(app.liveCommunity(GUILD)).toBeUndefined();
  });

  test("whose text the content check refuses is an error, and is not there", async () => {
    await app.reset([], { refusedWords: ["forbidden"] });
    await expect(new CommunityRun(app).create({ introduction: "forbidden" })).rejects.toThrow(/80001/);
    expect(app.liveCommunity(GUILD)).toBeUndefined();
  });

  test.each([10059, 11000])("in an app without topics (%i) is an error that says what to switch on", async (code) => {
    app.fault({ kind: "error", command: "import_group", code });
    await expect(new CommunityRun(app).create()).rejects.toThrow(/switch communities and topics on/);
  });

  test("that the service throttles without an end leaves nothing behind", async () => {
    app.fault({ kind: "throttle", times: 1_000 });
    vi.mocked(Math.random).mockReturnValue(0.5);
    const error = await failureOf(new CommunityRun(app, { timeoutSeconds: "1" }).create());
    expect(error).toBeInstanceOf(ThrottledError);
    expect(app.liveCommunity(GUILD)).toBeUndefined();
  });
});

describe("when the mute flag cannot be set", () => {
  async function halfCreated(): Promise<{ error: PartialFailureError; resource: Resource }> {
    app.fault({ kind: "error", command: "modify_group_base_info", code: 10007 });
    const run = new CommunityRun(app);
    const error = await failureOf(run.create({ muteAllMember: true }));
    expect(error).toBeInstanceOf(PartialFailureError);
    const { id, outputs } = error as PartialFailureError;
    const inputs = run.inputs("guild", { muteAllMember: true });
    return {
      error: error as PartialFailureError,
      resource: { name: "guild", id, inputs, outputs: json(outputs), warnings: [] },
    };
  }

  test("the community is kept, as not muted, with the reason", async () => {
    const { error, resource } = await halfCreated();
    expect(resource).toMatchObject({ id: GUILD, outputs: { groupId: GUILD, muteAllMember: false } });
    expect(error.reasons[0]).toMatch(/^Community @TGS#_guild was imported, but not muted\. What was done is kept/);
    expect(error.reasons[1]).toMatch(/^modify_group_base_info @TGS#_guild: 10007/);
  });

  test("the next update mutes it, and does no more", async () => {
    const { resource } = await halfCreated();
    app.emulator.clearRequests();
    const updated = await new CommunityRun(app).update(resource, { muteAllMember: true });
    expect(app.commands()).toEqual(["modify_group_base_info"]);
    expect(app.liveCommunity(GUILD)?.muteAllMember).toBe(true);
    expect(updated.outputs.muteAllMember).toBe(true);
  });
});

describe("lost answers", () => {
  test.each(["unused", "matching", "any", "none"])(
    "to an import never make a second community, nor a refusal, with adopt %s",
    async (adopt) => {
      app.fault({ kind: "drop-after", command: "import_group" });
      const created = await new CommunityRun(app).create({ adopt, ownerAccount: "alice", muteAllMember: true });
      expect(created).toMatchObject({ id: GUILD, warnings: [] });
      expect(app.liveCommunity(GUILD)).toMatchObject({ ownerAccount: "alice", muteAllMember: true });
    },
  );

  test("of a whole run are made good by the next one", async () => {
    app.fault({ kind: "drop-after", times: 999 });
    await failureOf(new CommunityRun(app, { timeoutSeconds: "1" }).create());
    app.emulator.clearFaults();
    const created = await new CommunityRun(app).create();
    expect(created.id).toBe(GUILD);
    expect(created.warnings).toEqual([`1 community existed already and was taken over: ${GUILD}.`]);
  });
});
