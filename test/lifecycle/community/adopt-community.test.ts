import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rules, SeedCommunity } from "../../../provider/emulator/index.js";
import { AdoptionRefusedError, MissingCommunityError } from "../../../provider/lifecycle/errors/index.js";
import { PartialFailureError } from "../../../provider/pulumi/partial-failure-error.js";
import { failureOf, TestApp } from "../../chat/test-app.js";
import { CommunityRun, GUILD, json, seed } from "./community-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
afterAll(() => app.close());

const DECLARED = { introduction: "Come in", ownerAccount: "alice", maxMemberCount: 500 };
const EQUAL: SeedCommunity = { groupId: GUILD, name: "Guild", notification: "theirs", ...DECLARED };
const DIFFERENT: SeedCommunity = { ...EQUAL, introduction: "Go away" };
const WITH_UNUSED_TOPICS = { topics: [{ topicKey: "a", topicName: "A" }] };
const WITH_TOPICS = { topics: [{ topicKey: "a", topicName: "A", nextMsgSeq: 5 }] };
const WITH_MEMBERS = { members: ["operator"], memberNum: 3 };

async function given(community: SeedCommunity, rules: Partial<Rules> = {}): Promise<void> {
  await app.reset([], rules);
  await seed(app, community);
}

describe("an id that exists already", () => {
  const live = {
    "unused, equal": EQUAL,
    "with unused topics, equal": { ...EQUAL, ...WITH_UNUSED_TOPICS },
    "with topics, equal": { ...EQUAL, ...WITH_TOPICS },
    "with members, equal": { ...EQUAL, ...WITH_MEMBERS },
    "unused, different": DIFFERENT,
    "with topics, different": { ...DIFFERENT, ...WITH_TOPICS },
  };
  type Kind = keyof typeof live;
  type Outcome = "taken" | "changed" | "refused";

  const allOf = (outcome: Outcome): Record<Kind, Outcome> =>
    Object.fromEntries(Object.keys(live).map((kind) => [kind, outcome])) as Record<Kind, Outcome>;
  const careful = { ...allOf("refused"), "unused, equal": "taken", "with unused topics, equal": "taken" } as const;
  const OUTCOMES: [adopt: string | undefined, Record<Kind, Outcome>][] = [
    [undefined, careful],
    ["unused", careful],
    ["matching", { ...careful, "with topics, equal": "taken", "with members, equal": "taken" }],
    ["any", { ...allOf("taken"), "unused, different": "changed", "with topics, different": "changed" }],
    ["none", allOf("refused")],
  ];
  const matrix = OUTCOMES.flatMap(([adopt, outcomes]) =>
    (Object.keys(outcomes) as Kind[]).flatMap((kind) =>
      [10021, 10025].map((code) => [adopt, kind, code, outcomes[kind]] as const),
    ),
  );

  test.each(matrix)("adopt %s, a community %s, answered with %i: %s", async (adopt, kind, code, outcome) => {
    await given(live[kind]);
    if (code !== 10021) app.fault({ kind: "error", command: "import_group", code });
    const creating = new CommunityRun(app).create({ ...DECLARED, adopt });
    if (outcome === "refused") {
      expect(await failureOf(creating)).toBeInstanceOf(AdoptionRefusedError);
      expect(app.requests("modify_group_base_info")).toEqual([]);
      return;
    }
    const { id, outputs, warnings } = await creating;
    expect(id).toBe(GUILD);
    expect(outputs).toMatchObject(DECLARED);
    expect(app.requests("modify_group_base_info").map(({ body }) => body.Introduction)).toEqual(
      outcome === "changed" ? ["Come in"] : [],
    );
    expect(warnings).toEqual([
      expect.stringMatching(
        outcome === "changed"
          ? /^1 community existed already and was taken over and changed \(introduction\): @TGS#_guild/
          : /^1 community existed already and was taken over: @TGS#_guild/,
      ),
    ]);
  });

  test("is taken over with a word on what is in it", async () => {
    await given({ ...EQUAL, ...WITH_TOPICS, ...WITH_MEMBERS });
    const { warnings } = await new CommunityRun(app).create({ ...DECLARED, adopt: "matching" });
    expect(warnings).toEqual([
      "1 community existed already and was taken over: @TGS#_guild, with 1 topic and 2 members beside its owner.",
    ]);
  });
});

describe("what an adopted community has and nobody declared", () => {
  test("is left alone, is not tracked, and is no difference", async () => {
    await given({ ...EQUAL, createTime: 5 });
    const { outputs } = await new CommunityRun(app).create({ introduction: "Come in", createTime: 1448357837 });
    expect(app.liveCommunity(GUILD)).toMatchObject({ notification: "theirs", maxMemberCount: 500, createTime: 5 });
    for (const name of ["notification", "maxMemberCount", "ownerAccount"]) expect(outputs).not.toHaveProperty(name);
  });
});

describe("the mute flag", () => {
  test.each([
    ["unused", true, false],
    ["unused", false, true],
    ["matching", true, false],
    ["any", false, true],
  ])("with adopt %s is no difference: declared %s, live %s, it is converged", async (adopt, declared, live) => {
    await given({ ...EQUAL, muteAllMember: live });
    const { warnings } = await new CommunityRun(app).create({ ...DECLARED, adopt, muteAllMember: declared });
    expect(app.liveCommunity(GUILD)?.muteAllMember).toBe(declared);
    expect(warnings[0]).toContain("changed (muteAllMember)");
  });

  test("that nobody declares stays", async () => {
    await given({ ...EQUAL, muteAllMember: true });
    await new CommunityRun(app).create(DECLARED);
    expect(app.liveCommunity(GUILD)?.muteAllMember).toBe(true);
  });
});

describe("a refusal", () => {
  async function refusal(community: SeedCommunity, args: object): Promise<string> {
    await given(community);
    return (await failureOf(new CommunityRun(app).create({ ...DECLARED, ...args }))).message;
  }

  test("lists every difference, there and here", async () => {
    const { ownerAccount, ...unowned } = { ...DIFFERENT, name: "Hall", maxMemberCount: 7 };
    const message = await refusal(unowned, {});
    expect(message).toContain(`Community ${GUILD} exists already`);
    expect(message).toContain("`name` is “Hall” there and “Guild” here");
    expect(message).toContain("`introduction` is “Go away” there and “Come in” here");
    expect(message).toContain("`maxMemberCount` is 7 there and 500 here");
    expect(message).toContain("`ownerAccount` is not set there and “alice” here");
  });

  test("tells of topics and members", async () => {
    expect(await refusal({ ...EQUAL, ...WITH_TOPICS }, {})).toContain("it has 1 topic with messages");
    expect(await refusal({ ...EQUAL, ...WITH_MEMBERS }, {})).toContain("it has 2 members beside its owner");
    const { ownerAccount, ...unowned } = EQUAL;
    expect(await refusal({ ...unowned, memberNum: 1 }, { ownerAccount: undefined })).toContain("it has 1 member");
  });

  test.each<[string, SeedCommunity, string, string]>([
    ["topics", { ...EQUAL, ...WITH_TOPICS }, "unused", "matching"],
    ["members", { ...EQUAL, ...WITH_MEMBERS }, "unused", "matching"],
    ["differences", DIFFERENT, "unused", "any"],
    ["differences", DIFFERENT, "matching", "any"],
    ["both", { ...DIFFERENT, ...WITH_TOPICS }, "unused", "any"],
    ["nothing but the policy", EQUAL, "none", "unused"],
    ["the policy and topics", { ...EQUAL, ...WITH_TOPICS }, "none", "matching"],
    ["the policy and differences", DIFFERENT, "none", "any"],
  ])("for %s names the value that would allow it, and that value does", async (_, community, adopt, allowedBy) => {
    const message = await refusal(community, { adopt });
    expect(message).toMatch(new RegExp(`choose another \`groupId\`, or set \`adopt: "${allowedBy}"\`\\.$`));
    await expect(new CommunityRun(app).create({ ...DECLARED, adopt: allowedBy })).resolves.toBeDefined();
  });
});

describe("a community that was created without topics", () => {
  test.each(["unused", "any"])("is never taken over, also with adopt %s: nothing switches them on", async (adopt) => {
    await given({ ...EQUAL, supportTopic: false });
    await expect(new CommunityRun(app).create({ ...DECLARED, adopt })).rejects.toThrow(
      /^get_topic of @TGS#_guild: 11000 .*or the community was created without them/,
    );
  });
});

describe("another owner", () => {
  const other: SeedCommunity = { ...EQUAL, ownerAccount: "operator", members: ["alice"] };

  test("is a difference, and with adopt any the declared one takes over", async () => {
    await given(other);
    const { warnings } = await new CommunityRun(app).create({ ...DECLARED, adopt: "any" });
    expect(app.liveCommunity(GUILD)?.ownerAccount).toBe("alice");
    expect(app.commands()).toContain("change_group_owner");
    expect(app.requests("modify_group_base_info")).toEqual([]);
    expect(warnings[0]).toContain("changed (ownerAccount)");
  });

  test("who is no member leaves the community ours, with the owner that it has, and the next update goes on", async () => {
    await given({ ...other, introduction: "Go away", members: [] });
    const args = { ...DECLARED, adopt: "any" };
    const error = await failureOf(new CommunityRun(app).create(args));
    expect(error).toBeInstanceOf(PartialFailureError);
    const { id, outputs, reasons } = error as PartialFailureError;
    expect(reasons[0]).toMatch(/^Community @TGS#_guild was taken over, but its owner was not changed/);
    expect(reasons[1]).toContain("has to be a member of the community already");
    expect(outputs).toMatchObject({ introduction: "Come in", ownerAccount: "operator" });

    await seed(app, { ...(app.liveCommunity(GUILD) as SeedCommunity), members: ["alice"], memberNum: 2 });
    const inputs = new CommunityRun(app).inputs("guild", args);
    const half = { name: "guild", id, inputs, outputs: json(outputs), warnings: [] };
    const updated = await new CommunityRun(app).update(half, args);
    expect(app.liveCommunity(GUILD)?.ownerAccount).toBe("alice");
    expect(updated.outputs.ownerAccount).toBe("alice");
  });
});

describe("an id that only the service can assign", () => {
  const groupId = "@TGS#_@TGS#cQVLVHIM62CJ";

  test("is taken over without an import, which the service would refuse", async () => {
    await given({ ...EQUAL, groupId });
    const { id, warnings } = await new CommunityRun(app).create({ ...DECLARED, groupId });
    expect(id).toBe(groupId);
    expect(warnings).toHaveLength(1);
    expect(app.commands()).toEqual(["get_group_info", "get_topic"]);
  });

  test("is an error where there is no such community", async () => {
    await app.reset();
    const error = await failureOf(new CommunityRun(app).create({ groupId }));
    expect(error).toBeInstanceOf(MissingCommunityError);
    expect(error.message).toMatch(/check `groupId`, or choose one of your own\.$/);
  });
});

describe("days on which adoption fails half way", () => {
  test("the community is ours with its live texts when they could not be changed, and the next update goes on", async () => {
    await given(DIFFERENT);
    app.fault({ kind: "error", command: "modify_group_base_info", code: 80001 });
    const args = { ...DECLARED, adopt: "any" };
    const error = await failureOf(new CommunityRun(app).create(args));
    expect(error).toBeInstanceOf(PartialFailureError);
    const { id, outputs, reasons } = error as PartialFailureError;
    expect(reasons[0]).toMatch(/^Community @TGS#_guild was taken over, but not changed\./);
    expect(outputs.introduction).toBe("Go away");
    const inputs = new CommunityRun(app).inputs("guild", args);
    await new CommunityRun(app).update({ name: "guild", id, inputs, outputs: json(outputs), warnings: [] }, args);
    expect(app.liveCommunity(GUILD)?.introduction).toBe("Come in");
  });

  test("an id that is in use and yet not there is told as such", async () => {
    await app.reset([], { reuseDestroyedIds: false });
    await new CommunityRun(app).delete(await new CommunityRun(app).create());
    const error = await failureOf(new CommunityRun(app).create());
    expect(error).toBeInstanceOf(MissingCommunityError);
    expect(error.message).toMatch(/its id is in use, as it may for a community that was destroyed.*another `groupId`/);
  });

  test.each(["get_group_info", "get_topic"] as const)("what %s cannot read is not taken over", async (command) => {
    await given(EQUAL);
    app.fault({ kind: "error", command, code: 10007 });
    await expect(new CommunityRun(app).create({ ...DECLARED, adopt: "any" })).rejects.toThrow(/10007/);
    expect(app.requests("modify_group_base_info")).toEqual([]);
  });
});
