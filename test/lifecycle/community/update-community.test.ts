import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { SeedCommunity } from "../../../provider/emulator/index.js";
import { PartialFailureError } from "../../../provider/pulumi/partial-failure-error.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { failureOf, TestApp } from "../../chat/test-app.js";
import { CommunityRun, editOutside, GUILD, json, type Resource } from "./community-run.js";

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
  name: "Guild",
  introduction: "introduction",
  notification: "notification",
  faceUrl: "https://example.com/face.png",
  ownerAccount: "alice",
  maxMemberCount: 500,
  muteAllMember: true,
};

async function existing(args: Properties = ALL, outside: Partial<SeedCommunity> = {}): Promise<Resource> {
  const resource = await new CommunityRun(app).create(args);
  await editOutside(app, GUILD, outside);
  return resource;
}

function modifications(): Record<string, unknown>[] {
  return app.requests("modify_group_base_info").map(({ body }) => {
    const { GroupId, ...changes } = body;
    expect(GroupId).toBe(GUILD);
    return changes;
  });
}

describe("what changed is sent, and nothing else:", () => {
  test.each<[string, unknown, object]>([
    ["name", "Other", { Name: "Other" }],
    ["introduction", "other", { Introduction: "other" }],
    ["notification", "other", { Notification: "other" }],
    ["faceUrl", "other", { FaceUrl: "other" }],
    ["maxMemberCount", 501, { MaxMemberNum: 501 }],
    ["muteAllMember", false, { MuteAllMember: "Off" }],
    ["introduction", "", { Introduction: "" }],
  ])("%s to %j", async (name, value, sent) => {
    const updated = await new CommunityRun(app).update(await existing(), { ...ALL, [name]: value });
    expect(modifications()).toEqual([sent]);
    expect(app.liveCommunity(GUILD)).toMatchObject({ ...ALL, [name]: value });
    expect(updated.outputs).toMatchObject({ ...ALL, [name]: value });
  });

  test("several fields in one call", async () => {
    await new CommunityRun(app).update(await existing(), { ...ALL, name: "Other", maxMemberCount: 9 });
    expect(modifications()).toEqual([{ Name: "Other", MaxMemberNum: 9 }]);
  });

  test("fields that are declared for the first time", async () => {
    await new CommunityRun(app).update(await existing({}, { members: ["alice"], memberNum: 1 }), ALL);
    expect(app.liveCommunity(GUILD)).toMatchObject(ALL);
  });

  test.each<[string, Properties, Properties]>([
    ["onRemove", {}, { onRemove: "retain" }],
    ["adopt", {}, { adopt: "any" }],
    ["createTime, added", {}, { createTime: 1448357837 }],
    ["createTime, removed", { createTime: 1448357837 }, {}],
    ["groupId, written out", {}, { groupId: GUILD }],
  ])("no call at all for %s", async (_, before, after) => {
    const updated = await new CommunityRun(app).update(await existing(before), after);
    expect(app.commands()).toEqual([]);
    expect(updated.outputs).toMatchObject(after);
    for (const name of Object.keys(before)) expect(updated.outputs).not.toHaveProperty(name);
  });

  test("no change is left after it", async () => {
    const after = { name: "Other", introduction: "new" };
    const updated = await new CommunityRun(app).update(await existing(), after);
    expect(new CommunityRun(app).diff(updated, after).changes).toBe(false);
  });
});

describe("the owner", () => {
  const withMember = { members: ["operator"], memberNum: 2 };

  test("becomes the declared one by a command of its own", async () => {
    const before = await existing({ ownerAccount: "alice" }, withMember);
    const updated = await new CommunityRun(app).update(before, { ownerAccount: "operator" });
    expect(app.commands()).toEqual(["change_group_owner"]);
    expect(app.liveCommunity(GUILD)?.ownerAccount).toBe("operator");
    expect(updated.outputs.ownerAccount).toBe("operator");
  });

  test("that is declared for the first time may be the present one", async () => {
    const before = await existing({}, { ownerAccount: "alice", memberNum: 1 });
    const updated = await new CommunityRun(app).update(before, { ownerAccount: "alice" });
    expect(updated.outputs.ownerAccount).toBe("alice");
  });

  test("that is declared no longer stays, and is no longer tracked", async () => {
    const updated = await new CommunityRun(app).update(await existing({ ownerAccount: "alice" }), {});
    expect(app.commands()).toEqual([]);
    expect(app.liveCommunity(GUILD)?.ownerAccount).toBe("alice");
    expect(updated.outputs).not.toHaveProperty("ownerAccount");
  });

  test("who is no member is refused, and the state stays as it was", async () => {
    const before = await existing({ ownerAccount: "alice" });
    const error = await failureOf(new CommunityRun(app).update(before, { ownerAccount: "operator" }));
    expect(error).not.toBeInstanceOf(PartialFailureError);
    expect(error.message).toContain("has to be a member of the community already");
  });

  test("who is no member does not undo what was changed beside; the next update tries the owner again", async () => {
    const before = await existing({ ownerAccount: "alice", introduction: "old", notification: "n" });
    const after = { ownerAccount: "operator", introduction: "new" };
    const error = await failureOf(new CommunityRun(app).update(before, after));
    expect(error).toBeInstanceOf(PartialFailureError);
    const { id, outputs, reasons } = error as PartialFailureError;
    expect(reasons[0]).toMatch(/^Community @TGS#_guild was changed, but its owner was not changed/);
    // The cleared text is not confirmed yet.
    expect(outputs).toMatchObject({ introduction: "new", notification: "", ownerAccount: "alice" });

    await editOutside(app, GUILD, { ...app.liveCommunity(GUILD), members: ["operator"], memberNum: 2 });
    const half = { ...before, id, outputs: json(outputs) };
    expect(new CommunityRun(app).diff(half, after).changes).toBe(true);
    const updated = await new CommunityRun(app).update(half, after);
    expect(app.liveCommunity(GUILD)).toMatchObject({ ownerAccount: "operator", introduction: "new", notification: "" });
    expect(updated.outputs).not.toHaveProperty("notification");
  });
});

describe("a member limit that is declared no longer", () => {
  test("stays, and is no longer tracked", async () => {
    const updated = await new CommunityRun(app).update(await existing({ maxMemberCount: 500 }), {});
    expect(app.commands()).toEqual([]);
    expect(app.liveCommunity(GUILD)?.maxMemberCount).toBe(500);
    expect(updated.outputs).not.toHaveProperty("maxMemberCount");
  });
});

describe("a text that is declared no longer", () => {
  test.each(["introduction", "notification", "faceUrl"] as const)(
    "is cleared, and that is confirmed: %s",
    async (name) => {
      const { [name]: _, ...rest } = ALL;
      const updated = await new CommunityRun(app).update(await existing(), rest);
      expect(app.liveCommunity(GUILD)?.[name]).toBe("");
      expect(app.commands()).toEqual(["modify_group_base_info", "get_group_info"]);
      expect(updated.outputs).not.toHaveProperty(name);
      expect(updated.warnings).toEqual([]);
    },
  );

  test("that the service keeps is a warning, and is no longer tracked", async () => {
    const before = await existing();
    app.emulator.changeRules({ emptyStringClears: false });
    const { introduction, ...rest } = ALL;
    const updated = await new CommunityRun(app).update(before, rest);
    expect(updated.warnings).toEqual([
      expect.stringMatching(/^The service keeps the `introduction` of community @TGS#_guild although it was told to/),
    ]);
    expect(updated.outputs).not.toHaveProperty("introduction");
    expect(new CommunityRun(app).diff(updated, rest).changes).toBe(false);
    expect((await new CommunityRun(app).refresh(updated))?.outputs).not.toHaveProperty("introduction");
  });

  test("whose clearing cannot be confirmed stays tracked, and the next update confirms it", async () => {
    const before = await existing({ introduction: "i" });
    app.fault({ kind: "error", command: "get_group_info", code: 10007 });
    const error = await failureOf(new CommunityRun(app).update(before, {}));
    expect(error).toBeInstanceOf(PartialFailureError);
    const { id, outputs } = error as PartialFailureError;
    expect(outputs.introduction).toBe("");
    const half = { ...before, id, outputs: json(outputs) };
    expect(new CommunityRun(app).diff(half, {}).changes).toBe(true);
    const updated = await new CommunityRun(app).update(half, {});
    expect(updated.outputs).not.toHaveProperty("introduction");
    expect(updated.warnings).toEqual([]);
  });
});

describe("a mute flag that is declared no longer", () => {
  test("goes off when it was on, and needs no call when it was off", async () => {
    const updated = await new CommunityRun(app).update(await existing({ muteAllMember: true }), {});
    expect(modifications()).toEqual([{ MuteAllMember: "Off" }]);
    expect(updated.outputs).not.toHaveProperty("muteAllMember");
    await app.reset();
    await new CommunityRun(app).update(await existing({ muteAllMember: false }), {});
    expect(app.commands()).toEqual([]);
  });
});

describe("a community that was destroyed outside", () => {
  const destroyOutside = async () => {
    await app.open().communities.destroy(GUILD);
    app.emulator.clearRequests();
  };

  test.each<[string, Properties]>([
    ["a field", { name: "Other" }],
    ["the owner", { ownerAccount: "operator" }],
  ])("is imported anew with everything that is declared when %s changes, and says so", async (_, change) => {
    const before = await existing({ ...ALL, createTime: 1448357837 });
    await destroyOutside();
    const after = { ...ALL, createTime: 1448357837, ...change };
    const updated = await new CommunityRun(app).update(before, after);
    expect(app.liveCommunity(GUILD)).toMatchObject(after);
    expect(updated).toMatchObject({ id: GUILD, outputs: after });
    expect(updated.warnings).toEqual([
      expect.stringMatching(
        /had been destroyed outside of Pulumi and was imported anew, without its topics and members/,
      ),
    ]);
  });
});

describe("an update that fails", () => {
  test("leaves the state as it was, by being an error without outputs", async () => {
    const before = await existing();
    app.fault({ kind: "error", command: "modify_group_base_info", code: 80001 });
    const error = await failureOf(new CommunityRun(app).update(before, { ...ALL, introduction: "bad word" }));
    expect(error).not.toBeInstanceOf(PartialFailureError);
    expect(error.message).toMatch(/^modify_group_base_info @TGS#_guild: 80001/);
  });

  test("because its answer was lost is sent again", async () => {
    const before = await existing();
    app.fault({ kind: "drop-after", command: "modify_group_base_info" });
    await new CommunityRun(app).update(before, { ...ALL, introduction: "new" });
    expect(app.liveCommunity(GUILD)?.introduction).toBe("new");
  });
});
