import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Communities } from "../../provider/chat/communities.js";
import {
  AlreadyExistsError,
  NotFoundError,
  RefusedError,
  UnexpectedAnswerError,
} from "../../provider/chat/errors/index.js";
import type { Rules, SeedCommunity } from "../../provider/emulator/index.js";
import { failureOf, GROUP, TestApp } from "./test-app.js";

let app: TestApp;
let communities: Communities;

beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  return () => vi.restoreAllMocks();
});
afterAll(() => app.close());

/** An app that holds these communities beside those of every test. */
async function given(more: readonly SeedCommunity[] = [], rules: Partial<Rules> = {}): Promise<void> {
  await app.reset([], rules);
  const { apps } = app.emulator.state();
  await app.emulator.reset({
    apps: apps.map((seeded) => ({ ...seeded, communities: [...(seeded.communities ?? []), ...more] })),
  });
  communities = app.open().communities;
}

const NEW = "@TGS#_new";
const owned: SeedCommunity = { groupId: NEW, name: "New", ownerAccount: "alice", members: ["operator"] };

describe("importing", () => {
  beforeEach(() => given());

  test("makes a community with topics on, and sends every field under the vendor's name", async () => {
    await communities.import({
      groupId: NEW,
      name: "New",
      introduction: "i",
      notification: "n",
      faceUrl: "f",
      ownerAccount: "alice",
      maxMemberCount: 500,
      createTime: 1448357837,
    });
    expect(app.requests("import_group")[0]?.body).toEqual({
      Type: "Community",
      SupportTopic: 1,
      GroupId: NEW,
      Name: "New",
      Introduction: "i",
      Notification: "n",
      FaceUrl: "f",
      Owner_Account: "alice",
      MaxMemberCount: 500,
      CreateTime: 1448357837,
    });
    expect(app.liveCommunity(NEW)).toMatchObject({ supportTopic: true, ownerAccount: "alice", maxMemberCount: 500 });
  });

  test("an id that is taken is told as such", async () => {
    const error = await failureOf(communities.import({ groupId: GROUP, name: "New" }));
    expect(error).toBeInstanceOf(AlreadyExistsError);
    expect(error).toMatchObject({ attempts: { outcomeUnknown: false } });
  });

  test("after a lost answer is sent again, and says that the taker may be ours", async () => {
    app.fault({ kind: "drop-after", command: "import_group" });
    const error = await failureOf(communities.import({ groupId: NEW, name: "New" }));
    expect(error).toMatchObject({ code: "ALREADY_EXISTS", attempts: { outcomeUnknown: true } });
    expect(app.commands()).toEqual(["import_group", "import_group"]);
  });

  test("an owner that the app does not know names the accounts to look at", async () => {
    const error = await failureOf(communities.import({ groupId: NEW, name: "New", ownerAccount: "nobody" }));
    expect(error.message).toMatch(/^import_group @TGS#_new: 10019 .*check `ownerAccount`/);
  });

  test("10037 is about the owner here, not about topics", async () => {
    app.fault({ kind: "error", command: "import_group", code: 10037 });
    const error = await failureOf(communities.import({ groupId: NEW, name: "New" }));
    expect(error.message).toContain("For a community the code means that its owner is in too many groups already.");
  });
});

describe("reads", () => {
  const many = Array.from({ length: 120 }, (_, index) => ({ groupId: `@TGS#_c${index}`, name: `C${index}` }));

  test("that come together are calls of at most fifty ids, and each gets its own answer", async () => {
    await given(many);
    const read = await Promise.all(many.map(({ groupId }) => communities.read(groupId)));
    expect(read.map((community) => community?.name)).toEqual(many.map(({ name }) => name));
    const sizes = app.requests("get_group_info").map(({ body }) => (body.GroupIdList as string[]).length);
    expect(sizes).toEqual([50, 50, 20]);
  });

  test("ask for no members: an answer about a large community would be too long", async () => {
    await given([{ ...owned, memberNum: 100_000 }]);
    expect(await communities.read(NEW)).toMatchObject({ memberNum: 100_000, ownerAccount: "alice" });
  });

  test.each(["10010", "10015", "omitted"] as const)(
    "give nothing for a missing community when the service says %s",
    async (missingGroup) => {
      await given([owned], { missingGroup });
      const read = await Promise.all([NEW, "@TGS#_gone", GROUP].map((groupId) => communities.read(groupId)));
      expect(read.map((community) => community?.groupId)).toEqual([NEW, undefined, GROUP]);
    },
  );

  test.each([10010, 10015])(
    "never take present communities for gone when the whole call is answered with %i",
    async (code) => {
      await given(many);
      app.fault({ kind: "error", command: "get_group_info", code, times: 3 });
      const read = await Promise.all(many.slice(0, 9).map(({ groupId }) => communities.read(groupId)));
      expect(read.map((community) => community?.groupId)).toEqual(many.slice(0, 9).map(({ groupId }) => groupId));
    },
  );

  test("are never older than the question", async () => {
    await given([owned]);
    await communities.read(NEW);
    await communities.modify(NEW, { name: "Other" });
    expect((await communities.read(NEW))?.name).toBe("Other");
  });

  test.each([
    ["a refusal", { kind: "error", code: 10007 } as const, RefusedError],
    [
      "another shape",
      { kind: "garbage", body: '{"ActionStatus":"OK","ErrorCode":0}', times: 9 } as const,
      UnexpectedAnswerError,
    ],
  ])("that end in %s are a failure, not a community that is gone", async (_, fault, kind) => {
    await given([owned]);
    app.fault(fault);
    await expect(communities.read(NEW)).rejects.toThrow(kind);
  });
});

describe("modifying", () => {
  test("sends what changes and nothing else; the member limit has another name than at import", async () => {
    await given([owned]);
    await communities.modify(NEW, { introduction: "", maxMemberCount: 9, muteAllMember: true });
    expect(app.requests("modify_group_base_info")[0]?.body).toEqual({
      GroupId: NEW,
      Introduction: "",
      MaxMemberNum: 9,
      MuteAllMember: "On",
    });
  });

  test("a community that is gone is told as such", async () => {
    await given();
    await expect(communities.modify("@TGS#_gone", { name: "x" })).rejects.toThrow(NotFoundError);
  });
});

describe("changing the owner", () => {
  test("makes a member the owner", async () => {
    await given([owned]);
    await communities.changeOwner(NEW, "operator");
    expect(app.liveCommunity(NEW)?.ownerAccount).toBe("operator");
  });

  test.each([10007, 10004] as const)(
    "to somebody who is no member is refused, and says how one becomes it, when the service says %i",
    async (nonMemberOwnerCode) => {
      await given([owned], { nonMemberOwnerCode });
      const error = await failureOf(communities.changeOwner(NEW, "administrator"));
      expect(error).toBeInstanceOf(RefusedError);
      expect(error.message).toMatch(
        /^change_group_owner @TGS#_new to “administrator”: 100.*has to be a member of the community already/,
      );
    },
  );

  test.each(["refused", "accepted"] as const)(
    "to the present owner is a success where that is %s",
    async (sameOwner) => {
      await given([owned], { sameOwner });
      await expect(communities.changeOwner(NEW, "alice")).resolves.toBeUndefined();
    },
  );

  test("whose answer was lost is a success when it took effect", async () => {
    await given([owned]);
    app.fault({ kind: "drop-after", command: "change_group_owner" });
    await communities.changeOwner(NEW, "operator");
    expect(app.liveCommunity(NEW)?.ownerAccount).toBe("operator");
  });

  test("in a community that is gone is told as such", async () => {
    await given();
    await expect(communities.changeOwner("@TGS#_gone", "alice")).rejects.toThrow(NotFoundError);
  });
});

describe("destroying", () => {
  test("takes the topics along, and ends what was read of them before", async () => {
    await given([{ ...owned, topics: [{ topicKey: "a", topicName: "A" }] }]);
    const { topics, communities: ours } = app.open();
    expect(await topics.readShared(NEW, `${NEW}@TOPIC#_a`)).toBeDefined();
    await ours.destroy(NEW);
    expect(app.liveCommunity(NEW)).toBeUndefined();
    expect(await topics.readShared(NEW, `${NEW}@TOPIC#_a`)).toBeUndefined();
  });

  test("twice is a success", async () => {
    await given([owned]);
    await communities.destroy(NEW);
    await expect(communities.destroy(NEW)).resolves.toBeUndefined();
  });

  test("whose answer was lost is a success", async () => {
    await given([owned]);
    app.fault({ kind: "drop-after", command: "destroy_group" });
    await communities.destroy(NEW);
    expect(app.liveCommunity(NEW)).toBeUndefined();
  });

  test("answered with 10015 is a success only if there is no such community", async () => {
    await given([owned]);
    app.fault({ kind: "error", command: "destroy_group", code: 10015, times: 2 });
    await expect(communities.destroy("@TGS#_gone")).resolves.toBeUndefined();
    await expect(communities.destroy(NEW)).rejects.toThrow(/10015/);
  });

  test.each([10007, 10004])("that is refused with %i is no success", async (code) => {
    await given([owned]);
    app.fault({ kind: "error", command: "destroy_group", code });
    await expect(communities.destroy(NEW)).rejects.toThrow(String(code));
  });
});

describe("counting topics", () => {
  test("gives their number, from an answer that holds only names", async () => {
    await app.reset(Array.from({ length: 3 }, (_, index) => ({ topicKey: `t${index}`, topicName: "T" })));
    expect(await app.open().communities.countTopics(GROUP)).toBe(3);
    expect(app.requests("get_topic")[0]?.body.ResponseFilter).toEqual(["TopicName"]);
  });

  test("of a community that is gone, or was created without topics, is a failure that tells which", async () => {
    await given();
    await expect(communities.countTopics("@TGS#_gone")).rejects.toThrow(NotFoundError);
    await expect(communities.countTopics("@TGS#_plain")).rejects.toThrow(/11000/);
  });
});

test("topics and communities of an app share a rate limiter: one caller is behind both", async () => {
  await given();
  app.emulator.changeRules({ enforceFrequency: true, callsPerSecond: 44 });
  const { topics, communities: ours } = app.open({ callsPerSecond: "40" });
  const counts = Array.from({ length: 25 }, () => ours.countTopics(GROUP));
  const reads = Array.from({ length: 20 }, () => topics.readAllFresh(GROUP));
  await Promise.all([...counts, ...reads]);
  expect(app.requests("get_topic").filter(({ code }) => code !== 0)).toEqual([]);
});
