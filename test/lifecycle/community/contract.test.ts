/** Every property of a declaration reaches the wire, and everything that get_group_info tells and we own comes back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { COMMUNITY_FIELDS } from "../../../provider/chat/community-answers.js";
import { BYTE_LIMITS } from "../../../provider/chat/limits.js";
import { communityRules } from "../../../provider/lifecycle/community/community-rules.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import { TestApp } from "../../chat/test-app.js";
import { CommunityRun, GUILD, seed } from "./community-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(() => app.reset());
afterAll(() => app.close());

/** A value for each argument, and where it goes: its fields at import, in a modification and in get_group_info. */
const CONTRACT: Record<string, { value: unknown; field?: string; modify?: string; told?: string; wire?: unknown }> = {
  groupId: { value: GUILD, field: "GroupId" },
  name: { value: "公会 🎮", field: "Name", modify: "Name", told: "Name" },
  introduction: { value: "Everybody", field: "Introduction", modify: "Introduction", told: "Introduction" },
  notification: { value: 'Be "kind"\n', field: "Notification", modify: "Notification", told: "Notification" },
  faceUrl: { value: "https://example.com/?a=b&c=d", field: "FaceUrl", modify: "FaceUrl", told: "FaceUrl" },
  ownerAccount: { value: "alice", field: "Owner_Account", told: "Owner_Account" },
  maxMemberCount: { value: 500, field: "MaxMemberCount", modify: "MaxMemberNum", told: "MaxMemberNum" },
  createTime: { value: 1448357837, field: "CreateTime", told: "CreateTime" },
  muteAllMember: { value: true, modify: "MuteAllMember", told: "MuteAllMember", wire: "On" },
  adopt: { value: "matching" },
  onRemove: { value: "destroy" },
};
const ARGS = Object.fromEntries(Object.entries(CONTRACT).map(([name, { value }]) => [name, value]));

/** What a call sent, without the fields that are the same for every community. */
function sent(command: string): Record<string, unknown> {
  const { Type, SupportTopic, ...fields } = app.requests(command)[0]?.body ?? {};
  return fields;
}

function expected(kind: "field" | "modify"): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(CONTRACT).flatMap((entry) => (entry[kind] ? [[entry[kind], entry.wire ?? entry.value]] : [])),
  );
}

test("the contract has every argument that a community takes", () => {
  expect(Object.keys(CONTRACT).sort()).toEqual(Object.keys(communityRules(BYTE_LIMITS).shape).sort());
});

test("the import sends what it can, under the vendor's names, and a modification the mute flag", async () => {
  await new CommunityRun(app).create(ARGS);
  expect(sent("import_group")).toEqual(expected("field"));
  expect(sent("modify_group_base_info")).toEqual({ GroupId: GUILD, MuteAllMember: "On" });
});

test("what can be changed reaches modify_group_base_info under its names, and the owner its own command", async () => {
  await seed(app, { groupId: GUILD, name: "Before", members: ["alice"] });
  const before = await new CommunityRun(app).create({ name: "Before", adopt: "any" });
  app.emulator.clearRequests();
  await new CommunityRun(app).update(before, ARGS);
  expect(sent("modify_group_base_info")).toEqual({ GroupId: GUILD, ...expected("modify") });
  expect(sent("change_group_owner")).toEqual({ GroupId: GUILD, NewOwner_Account: "alice" });
});

describe("on the way back", () => {
  test("every field that get_group_info is asked for is one of ours, but for the number of members", () => {
    const told = Object.values(CONTRACT).flatMap((entry) => entry.told ?? []);
    expect([...COMMUNITY_FIELDS].sort()).toEqual([...told, "MemberNum"].sort());
  });

  test("every field that get_group_info tells is read by get, as it was declared", async () => {
    const { id } = await new CommunityRun(app).create(ARGS);
    const read = await LIFECYCLES.ChatCommunity.read(new CommunityRun(app), id, {});
    for (const [name, { value, told }] of Object.entries(CONTRACT)) {
      if (told !== undefined) expect([name, read?.outputs[name]]).toEqual([name, value]);
    }
  });

  test("a state that declares everything is refreshed to itself", async () => {
    const created = await new CommunityRun(app).create(ARGS);
    expect((await new CommunityRun(app).refresh(created))?.outputs).toEqual(created.outputs);
  });
});
