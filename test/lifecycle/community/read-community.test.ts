import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MissingCommunityError } from "../../../provider/lifecycle/errors/index.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { failureOf, SDK_APP_ID, TestApp } from "../../chat/test-app.js";
import { CommunityRun, editOutside, GUILD, json, type Resource, seed } from "./community-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(() => app.reset());
afterAll(() => app.close());

describe("a refresh", () => {
  async function refreshed(args: Properties, changes: object): Promise<Resource | undefined> {
    const created = await new CommunityRun(app).create(args);
    await editOutside(app, GUILD, changes);
    return new CommunityRun(app).refresh(created);
  }

  test.each<[string, unknown, unknown]>([
    ["name", "Ours", "Theirs"],
    ["introduction", "ours", "theirs"],
    ["notification", "ours", "theirs"],
    ["faceUrl", "ours", "theirs"],
    ["maxMemberCount", 500, 7],
    ["ownerAccount", "alice", "operator"],
    ["muteAllMember", true, false],
    ["muteAllMember", false, true],
    ["introduction", "ours", ""],
  ])("shows an outside edit of %s from %j to %j, and the next up mends it", async (name, ours, theirs) => {
    const members = name === "ownerAccount" ? { members: ["alice"], memberNum: 2 } : {};
    const after = await refreshed({ [name]: ours }, { [name]: theirs, ...members });
    expect(after?.outputs[name]).toBe(theirs);
    expect(new CommunityRun(app).diff(after as Resource, { [name]: ours })).toEqual({ changes: true, replaces: [] });
    await new CommunityRun(app).update(after as Resource, { [name]: ours });
    expect(app.liveCommunity(GUILD)?.[name as "name"]).toBe(ours);
  });

  test("shows an owner who has gone, and the next up appoints the declared one again", async () => {
    const created = await new CommunityRun(app).create({ ownerAccount: "alice" });
    const { ownerAccount, ...unowned } = app.liveCommunity(GUILD) ?? { groupId: GUILD };
    await seed(app, { ...unowned, members: ["alice"], memberNum: 1 });
    const after = await new CommunityRun(app).refresh(created);
    expect(after?.outputs).not.toHaveProperty("ownerAccount");
    await new CommunityRun(app).update(after as Resource, { ownerAccount: "alice" });
    expect(app.liveCommunity(GUILD)?.ownerAccount).toBe("alice");
  });

  test.each<[string, unknown]>([
    ["introduction", "theirs"],
    ["notification", "theirs"],
    ["faceUrl", "theirs"],
    ["maxMemberCount", 7],
    ["ownerAccount", "operator"],
    ["muteAllMember", true],
  ])("does not see %s where nobody declares it", async (name, theirs) => {
    const after = await refreshed({}, { [name]: theirs, ...(name === "ownerAccount" && { memberNum: 1 }) });
    expect(after?.outputs).not.toHaveProperty(name);
    expect(new CommunityRun(app).diff(after as Resource, {}).changes).toBe(false);
  });

  test("without an outside edit changes nothing at all, in outputs and inputs", async () => {
    const args = { introduction: "i", muteAllMember: true, createTime: 5, ownerAccount: "alice", onRemove: "destroy" };
    const created = await new CommunityRun(app).create(args);
    const after = await new CommunityRun(app).refresh(created);
    expect(after?.outputs).toEqual(created.outputs);
    expect(after?.inputs).toEqual(created.inputs);
    expect(new CommunityRun(app).diff(after as Resource, args).changes).toBe(false);
  });

  test("does not take the time of creation, or the number of members, for drift", async () => {
    const after = await refreshed({ createTime: 1448357837 }, { createTime: 7, memberNum: 50 });
    expect(after?.outputs.createTime).toBe(1448357837);
  });

  test.each(["10010", "10015", "omitted"] as const)(
    "of a community that is gone finds nothing, when the service says %s",
    async (missingGroup) => {
      const created = await new CommunityRun(app).create();
      await app.reset([], { missingGroup });
      expect(await new CommunityRun(app).refresh(created)).toBeUndefined();
    },
  );

  test.each([
    ["an error", { kind: "error", code: 10007 } as const],
    ["an item's error", { kind: "error", code: 10002, times: 99, perItem: true, command: "get_group_info" } as const],
    ["an HTTP status", { kind: "http", status: 404 } as const],
    ["another shape", { kind: "garbage", body: '{"ActionStatus":"OK","ErrorCode":0}', times: 9 } as const],
  ])("that ends in %s never takes the community for gone", async (_, fault) => {
    const created = await new CommunityRun(app).create();
    app.fault(fault);
    await expect(new CommunityRun(app, { timeoutSeconds: "1" }).refresh(created)).rejects.toThrow();
  });

  test("of many communities is one call", async () => {
    const run = new CommunityRun(app);
    const created = await Promise.all(Array.from({ length: 30 }, (_, index) => run.create({}, `c${index}`)));
    app.emulator.clearRequests();
    const after = new CommunityRun(app);
    await Promise.all(created.map((resource) => after.refresh(resource)));
    expect(app.commands()).toEqual(["get_group_info"]);
  });
});

describe("ChatCommunity.get", () => {
  const get = async (groupId: string) => {
    const read = await LIFECYCLES.ChatCommunity.read(new CommunityRun(app), groupId, {});
    return json(read?.outputs ?? {});
  };

  test("reads everything that the service tells", async () => {
    const fields = {
      name: "Guild",
      introduction: "i",
      notification: "n",
      faceUrl: "f",
      ownerAccount: "alice",
      maxMemberCount: 500,
      muteAllMember: true,
      createTime: 1448357837,
    };
    await seed(app, { groupId: GUILD, ...fields });
    expect(await get(GUILD)).toEqual({ groupId: GUILD, ...fields, sdkAppId: SDK_APP_ID });
  });

  test("of a community without an owner tells none", async () => {
    await seed(app, { groupId: GUILD, name: "Guild" });
    expect(await get(GUILD)).not.toHaveProperty("ownerAccount");
  });

  test("of a community that is missing is an error that names it and the app", async () => {
    const error = await failureOf(get("@TGS#_gone"));
    expect(error).toBeInstanceOf(MissingCommunityError);
    expect(error.message).toMatch(
      /^Community @TGS#_gone does not exist in app 1400000001\. What to do: check the id given to `ChatCommunity.get`/,
    );
  });
});

test("a state that was made by hand, without the group id and with the app's id as a text, is completed by a refresh", async () => {
  const created = await new CommunityRun(app).create({});
  const { groupId, ...rest } = created.outputs;
  const after = await new CommunityRun(app).refresh({ ...created, outputs: { ...rest, sdkAppId: String(SDK_APP_ID) } });
  expect(after?.outputs).toMatchObject({ groupId: GUILD, sdkAppId: SDK_APP_ID });
  expect(new CommunityRun(app).diff(after as Resource, {})).toEqual({ changes: false, replaces: [] });
});
