/** The life of a community, with and without topics in it, through the real Pulumi CLI against the emulator. */
import { beforeEach, describe, expect, test } from "vitest";
import { DEFAULT_SEED, type Emulator, type SeedCommunity } from "../../provider/emulator/index.js";
import { longRunTest } from "../proof.js";
import { calls, GROUP, outsideApp } from "./chat-rest.js";
import { type Fresh, withFreshStack } from "./fresh-stack.js";
import type { Stack, StateResource } from "./stack.js";

const GUILD = "@TGS#_guild";
const ACCOUNTS = ["alice", "bob"];

const FULL = {
  name: "Guild",
  introduction: "Everybody who plays",
  notification: "Be kind",
  faceUrl: "https://example.com/guild.png",
  maxMemberCount: 500,
  muteAllMember: true,
};

/** A declaration of `program-community.js`. */
type Declaration = { readonly resource: string; readonly [argument: string]: unknown };

const guild = (changes: object = {}): Declaration => ({ resource: "guild", name: "Guild", ...changes });
const topic = (resource: string, changes: object = {}): Declaration => ({
  resource,
  of: "guild",
  topicName: resource,
  ...changes,
});

let emulator: Emulator;
let stack: Stack;
let begin: Fresh["begin"];

withFreshStack(
  (fresh) => {
    ({ emulator, stack, begin } = fresh);
  },
  {
    program: "program-community.js",
    seed: { apps: DEFAULT_SEED.apps.map((app) => ({ ...app, accounts: ACCOUNTS })) },
  },
);

const declare = (communities: Declaration[], topics: Declaration[] = []) => stack.declareAll({ communities, topics });
const given = (communities: Declaration[], topics: Declaration[] = []) => begin({ communities, topics });

function live(groupId = GUILD): SeedCommunity | undefined {
  return emulator.state().apps[0]?.communities?.find((community) => community.groupId === groupId);
}

function topicIds(groupId = GUILD): (string | undefined)[] {
  return (live(groupId)?.topics ?? []).map(({ topicId }) => topicId);
}

/** Changes what the app holds, past the REST API. */
async function editOutside(changes: Partial<SeedCommunity>, groupId = GUILD): Promise<void> {
  const { apps } = emulator.state();
  await emulator.reset({
    apps: apps.map((app) => ({
      ...app,
      communities: (app.communities ?? []).map((community) =>
        community.groupId === groupId ? { ...community, ...changes } : community,
      ),
    })),
  });
}

async function inState(name = "guild"): Promise<StateResource | undefined> {
  return (await stack.topics())[name];
}

describe("a community with every field", () => {
  test("is created by an import and a mute, shows its id at preview, and is not touched by a second up", async () => {
    await declare([guild({ ...FULL, ownerAccount: "alice", createTime: 1_700_000_000 })]);
    expect(await stack.preview()).toMatch(/groupId\s*: "@TGS#_guild"/);
    expect(calls(emulator)).toEqual([]);

    await stack.up();
    expect(live()).toMatchObject({ ...FULL, ownerAccount: "alice", createTime: 1_700_000_000, supportTopic: true });
    expect(calls(emulator)).toEqual(["import_group", "modify_group_base_info"]);

    emulator.clearRequests();
    expect(await stack.expectSettled()).toContain("2 unchanged");
    expect(calls(emulator)).toEqual(["get_group_info"]);
    expect(await inState()).toMatchObject({ id: GUILD, outputs: { ...FULL, groupId: GUILD, sdkAppId: 1400000000 } });
    await stack.destroy();
    expect(live()).toBeUndefined();
  });
});

describe("a community that is up", () => {
  beforeEach(() => given([guild({ ...FULL, ownerAccount: "alice" })]));

  longRunTest("gets each changed field by one call that holds nothing else", async () => {
    const wire: [string, unknown, object][] = [
      ["name", "公会", { Name: "公会" }],
      ["introduction", "new", { Introduction: "new" }],
      ["notification", "new", { Notification: "new" }],
      ["faceUrl", "new", { FaceUrl: "new" }],
      ["maxMemberCount", 501, { MaxMemberNum: 501 }],
      ["muteAllMember", false, { MuteAllMember: "Off" }],
    ];
    const changes: Record<string, unknown> = {};
    for (const [field, value, sent] of wire) {
      emulator.clearRequests();
      changes[field] = value;
      await declare([guild({ ...FULL, ownerAccount: "alice", ...changes })]);
      await stack.up();
      expect(emulator.requests().map(({ body }) => body)).toEqual([{ GroupId: GUILD, ...sent }]);
      expect(live()).toMatchObject({ [field]: value });
    }
  });

  test("has a text cleared, reads back that it is, and is unmuted, once the program no longer declares them", async () => {
    const { introduction, muteAllMember, maxMemberCount, ...rest } = FULL;
    await declare([guild(rest)]);
    await stack.up();
    expect(calls(emulator)).toEqual(["modify_group_base_info", "get_group_info"]);
    // Nothing clears an owner or a limit: they stay as they are.
    expect(live()).toMatchObject({
      introduction: "",
      muteAllMember: false,
      maxMemberCount: 500,
      ownerAccount: "alice",
    });
    for (const name of ["introduction", "maxMemberCount", "ownerAccount"]) {
      expect((await inState())?.outputs).not.toHaveProperty(name);
    }
    await stack.up("--expect-no-changes");
  });

  longRunTest("warns on its row when the service keeps a text that was to be cleared", async () => {
    emulator.changeRules({ emptyStringClears: false });
    const { introduction, ...rest } = FULL;
    await declare([guild({ ...rest, ownerAccount: "alice" })]);
    expect(await stack.up()).toMatch(/ChatCommunity \(guild\):\n\s+warning: The service keeps the `introduction`/);
    await stack.refresh("--expect-no-changes");
  });

  test("gets another owner who is a member, and keeps its owner with a clear error where he is none", async () => {
    await declare([guild({ ...FULL, ownerAccount: "bob" })]);
    expect(await stack.failUp()).toMatch(
      /change_group_owner @TGS#_guild to “bob”: 10007 .*a member of the community already/,
    );
    expect((await inState())?.outputs).toMatchObject({ ownerAccount: "alice" });
    await editOutside({ members: ["alice", "bob"], memberNum: 2 });
    await stack.up();
    expect(live()?.ownerAccount).toBe("bob");
  });

  test("shows an outside edit as drift field by field, and has it undone by the next up", async () => {
    await editOutside({ name: "Hijacked", muteAllMember: false, maxMemberCount: 7 });
    const refreshed = await stack.refresh("--diff");
    expect(refreshed).toMatch(/name\s*: "Guild" => "Hijacked"/);
    expect(refreshed).toMatch(/muteAllMember\s*: true => false/);
    expect(refreshed).toMatch(/maxMemberCount\s*: 500 => 7/);
    await stack.up();
    expect(live()).toMatchObject(FULL);
  });

  longRunTest("keeps its id, untouched, when the resource is renamed with an alias", async () => {
    await declare([{ ...guild({ ...FULL, ownerAccount: "alice" }), resource: "renamed", formerName: "guild" }]);
    expect(await stack.preview("--expect-no-changes")).toContain("2 unchanged");
    await stack.up();
    expect(calls(emulator)).toEqual([]);
    expect((await inState("renamed"))?.id).toBe(GUILD);
  });

  longRunTest("comes back by refresh and up when it was destroyed outside", async () => {
    const { communities, close } = outsideApp(emulator);
    await communities.destroy(GUILD);
    await close();
    await stack.refresh();
    expect(await inState()).toBeUndefined();
    await stack.up();
    expect(live()).toMatchObject({ ...FULL, ownerAccount: "alice" });
  });
});

describe("topics in a community", () => {
  test("have known ids at preview, are created after it, and go before it", async () => {
    await declare([guild()], [topic("general"), topic("rules")]);
    const preview = await stack.preview();
    expect(preview).toContain(`${GUILD}@TOPIC#_general`);
    await stack.up();
    expect(topicIds().sort()).toEqual([`${GUILD}@TOPIC#_general`, `${GUILD}@TOPIC#_rules`]);
    await stack.destroy();
    expect(live()).toBeUndefined();
    expect(await stack.topics()).toEqual({});
  });

  test("with deletedWith are left to the community, which takes them along with onRemove destroy", async () => {
    await given([guild({ onRemove: "destroy" })], [topic("general", { deletedWith: "guild" })]);
    emulator.addMessages(`${GUILD}@TOPIC#_general`, 5);
    await stack.destroy();
    expect(calls(emulator)).toEqual(["destroy_group"]);
    expect(live()).toBeUndefined();
  });

  longRunTest("come back with their community when that was destroyed outside", async () => {
    await given([guild()], [topic("general")]);
    const { communities, close } = outsideApp(emulator);
    await communities.destroy(GUILD);
    await close();
    await stack.refresh();
    expect(await stack.topics()).toEqual({});
    await stack.up();
    expect(topicIds()).toEqual([`${GUILD}@TOPIC#_general`]);
  });

  test("are not destroyed with a community that leaves the program while they stay in it", async () => {
    await given([guild({ onRemove: "destroy" })], [topic("general")]);
    await declare([], [topic("general", { of: undefined, groupId: GUILD })]);
    expect(await stack.failUp()).toContain('this program still declares topics in it, by ChatTopic "general"');
    expect(topicIds()).toEqual([`${GUILD}@TOPIC#_general`]);
    expect((await inState())?.id).toBe(GUILD);
  });
});

describe("a replacement by another group id", () => {
  const renamed = guild({ groupId: "@TGS#_league" });

  test("warns at preview what becomes of the community, and moves its empty self and its topics", async () => {
    await given([guild({ onRemove: "destroy" })], [topic("general")]);
    await declare([{ ...renamed, onRemove: "destroy" }], [topic("general")]);
    const preview = await stack.preview();
    expect(preview).toMatch(
      /ChatCommunity \(guild\):\n\s+warning: A community's id cannot be changed.*@TGS#_guild is destroyed together with all/,
    );
    expect(preview).toContain("@TGS#_league@TOPIC#_general");
    expect(live()).toBeDefined();
    await stack.up();
    expect(live()).toBeUndefined();
    expect(topicIds("@TGS#_league")).toEqual(["@TGS#_league@TOPIC#_general"]);
  });

  longRunTest("of a community with topics fails before anything is lost, and says how many there are", async () => {
    await given([guild()], [topic("general"), topic("rules")]);
    await declare([renamed], [topic("general"), topic("rules")]);
    expect(await stack.failUp()).toMatch(/Community @TGS#_guild was not destroyed: it still has 2 topics, and nothing/);
    expect(topicIds()).toHaveLength(2);
    expect((await inState())?.id).toBe(GUILD);
  });
});

describe("a community that leaves the program", () => {
  test("is destroyed, kept or refused as onRemove says", async () => {
    const communities = ["empty", "busy", "gone", "kept"].map((resource) =>
      guild({ resource, onRemove: { gone: "destroy", kept: "retain" }[resource] }),
    );
    await given(communities);
    for (const name of ["busy", "gone", "kept"]) await editOutside({ memberNum: 3 }, `@TGS#_${name}`);
    await declare([]);
    expect(await stack.failUp()).toMatch(/Community @TGS#_busy was not destroyed: it still has 3 members, and nothing/);
    expect(["empty", "busy", "gone", "kept"].filter((name) => live(`@TGS#_${name}`))).toEqual(["busy", "kept"]);
    expect(Object.keys(await stack.topics())).toEqual(["busy"]);
  });

  longRunTest("is handed over to a resource that declares it in the same run", async () => {
    await given([guild({ resource: "old", groupId: GUILD })]);
    await editOutside({ memberNum: 3 });
    await declare([guild({ resource: "new", groupId: GUILD, adopt: "matching" })]);
    const output = await stack.up();
    expect(output).toContain("1 community existed already and was taken over: @TGS#_guild, with 3 members");
    expect(output).toContain('Community @TGS#_guild was not destroyed: ChatCommunity "new" declares it now');
    expect(Object.keys(await stack.topics())).toEqual(["new"]);
    await stack.up("--expect-no-changes");
  });
});

describe("a community that exists already", () => {
  const existing: SeedCommunity = { groupId: GROUP, name: "Players", introduction: "Theirs" };
  const players = (changes: object = {}) => ({ resource: "players", name: "Players", ...changes });

  longRunTest("is taken over as adopt says, with a warning on its row; refusals say what would allow it", async () => {
    await editOutside({ ...existing, topics: [{ topicKey: "a", topicName: "A", nextMsgSeq: 5 }] }, GROUP);
    await declare([players({ adopt: "none" })]);
    expect(await stack.failUp()).toMatch(/Community @TGS#_players exists already.*set `adopt: "matching"`/);
    await declare([players()]);
    expect(await stack.failUp()).toMatch(/it has 1 topic with messages\..*set `adopt: "matching"`/);
    await declare([players({ introduction: "Ours", adopt: "matching" })]);
    expect(await stack.failUp()).toMatch(/`introduction` is “Theirs” there and “Ours” here.*set `adopt: "any"`/);
    expect(live(GROUP)?.introduction).toBe("Theirs");
    await declare([players({ introduction: "Ours", adopt: "any" })]);
    expect(await stack.up()).toMatch(
      /ChatCommunity \(players\):\n\s+warning: 1 community existed already and was taken over and changed \(introduction\)/,
    );
    expect(live(GROUP)?.introduction).toBe("Ours");
    await stack.up("--expect-no-changes");
  });

  longRunTest("is found again by a run after one that lost every answer", async () => {
    emulator.addFault({ kind: "drop-after", times: 999 });
    await declare([guild()]);
    await stack.with({ TENCENT_CHAT_TIMEOUT_SECONDS: "1" }).failUp();
    expect(live()).toBeDefined();
    emulator.clearFaults();
    await stack.up();
    expect((await inState())?.id).toBe(GUILD);
  });

  test("can be looked up by its id, is never changed, and holds new topics", async () => {
    await editOutside({ ...existing, ownerAccount: "alice", memberNum: 1 }, GROUP);
    await declare([{ resource: "players", get: GROUP }], [topic("lobby", { of: "players" })]);
    await stack.up();
    expect(await inState("players")).toMatchObject({ outputs: { ...existing, ownerAccount: "alice" } });
    expect(topicIds(GROUP)).toEqual([`${GROUP}@TOPIC#_lobby`]);
    await stack.destroy();
    expect(live(GROUP)).toMatchObject(existing);
  });

  test("that is looked up and is not there fails at preview", async () => {
    await declare([{ resource: "players", get: "@TGS#_nowhere" }]);
    expect(await stack.fail("preview")).toContain("Community @TGS#_nowhere does not exist in app 1400000000");
  });
});

describe("bad input and bad days", () => {
  test("two resources of one community fail at preview, naming both", async () => {
    await declare([guild({ resource: "one", groupId: GUILD }), guild({ resource: "two", groupId: GUILD })]);
    expect(await stack.fail("preview")).toMatch(
      /Community @TGS#_guild is declared twice, by ChatCommunity "(one" and ChatCommunity "two|two" and ChatCommunity "one)"/,
    );
    expect(calls(emulator)).toEqual([]);
  });

  test("all faults of a resource fail at preview at once, and nothing is sent", async () => {
    const wrong = { groupId: "guild", name: "x".repeat(31), introduction: "綜".repeat(81), maxMemberCount: 0 };
    await declare([guild(wrong)]);
    const output = await stack.fail("preview");
    for (const fault of [
      "`groupId` must start with @TGS#_",
      "`name` is 31 bytes of UTF-8, 1 over the limit of 30",
      "`introduction` is 243 bytes of UTF-8, 3 over the limit of 240",
      "`maxMemberCount` must be a whole number from 1 to 1000000; got 0",
    ]) {
      expect(output).toContain(fault);
    }
    expect(calls(emulator)).toEqual([]);
  });

  longRunTest("the state of another app is refused by preview and up before any call", async () => {
    await given([guild()]);
    for (const command of [["preview"], ["up", "--yes"]]) {
      const { exitCode, output } = await stack.with({ TENCENT_CHAT_SDK_APP_ID: "1400000001" }).run(...command);
      expect(exitCode).not.toBe(0);
      expect(output).toContain("Community @TGS#_guild belongs to app 1400000000, but the settings name app 1400000001");
    }
    expect(calls(emulator)).toEqual([]);
  });

  longRunTest(
    "a failure between import and mute keeps the community in the state, and the next up mutes it",
    async () => {
      emulator.addFault({ kind: "error", code: 10007, command: "modify_group_base_info" });
      await declare([guild({ muteAllMember: true })]);
      expect(await stack.failUp()).toMatch(/Community @TGS#_guild was imported, but not muted/);
      expect((await inState())?.outputs).toMatchObject({ muteAllMember: false });
      emulator.clearRequests();
      await stack.up();
      expect(calls(emulator)).toEqual(["modify_group_base_info"]);
      expect(live()?.muteAllMember).toBe(true);
    },
  );

  longRunTest("a value that is not known at preview is an update, and known at the up", async () => {
    const assigned = { resource: "assigned", groupId: GROUP, topicName: "Assigned", serverAssignedId: true };
    await given([guild({ introduction: "before" })]);
    await declare([guild({ introductionOf: "assigned" })], [assigned]);
    const preview = await stack.preview();
    expect(preview).toMatch(/~.*ChatCommunity guild update/);
    expect(preview).not.toContain("replace");
    await stack.up();
    expect(live()?.introduction).toMatch(/^@TGS#_players@TOPIC#_@TOPIC#c/);
    await stack.up("--expect-no-changes");
  });
});
