/** What the live suite leaves behind and how it is removed, with an emulator in the place of the service. */
import { appendFileSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Caller } from "../../provider/chat/caller.js";
import { DEFAULT_GROUP_ID, DEFAULT_SEED } from "../../provider/emulator/index.js";
import { listCommunities, readPage } from "./group-list.js";
import { groupIdOf, isOurs, newRun, startOf } from "./names.js";
import { CommunityRecord } from "./record.js";
import { sweep } from "./sweep.js";
import { type Surroundings, startSurroundings } from "./test-app.js";

/** An hour and a minute ago, to the minute that an id holds. */
const LONG_AGO = new Date(Math.floor(Date.now() / 60_000 - 61) * 60_000);
/** They look like those of the suite, and are not. */
const STRANGERS = [
  "@TGS#_pulumi-live",
  "@TGS#_pulumi-live-ours",
  "@TGS#_pulumi-live-202611240000",
  "@TGS#_pulumi-lives-202611240000-abcd-x",
];

let surroundings: Surroundings;
beforeEach(async () => {
  const communities = [DEFAULT_GROUP_ID, ...STRANGERS].map((groupId) => ({ groupId }));
  surroundings = await startSurroundings({
    seed: { apps: DEFAULT_SEED.apps.map((app) => ({ ...app, communities })) },
    rules: { enforceFrequency: false },
  });
});
afterEach(() => surroundings[Symbol.asyncDispose]());

const sweepNow = (options: object = {}) =>
  sweep(
    {
      ...surroundings.settings,
      callsPerSecond: { ...surroundings.settings.callsPerSecond, get_appid_group_list: 100 },
    },
    { folder: surroundings.folder, ...options },
  );
const others = () => [DEFAULT_GROUP_ID, ...STRANGERS];

describe("an id of the suite", () => {
  test("tells when its run started, and fits with a name of 12 characters", () => {
    const groupId = groupIdOf(newRun(LONG_AGO), "x".repeat(12));
    expect(groupId).toHaveLength(48);
    expect(startOf(groupId)).toBe(LONG_AGO.getTime());
    expect(() => groupIdOf(newRun(), "x".repeat(13))).toThrow("not an id of ours");
  });

  test.each([...STRANGERS, DEFAULT_GROUP_ID, "", "x@TGS#_pulumi-live-202611240000-abcd-x"])(
    "is not “%s”",
    (groupId) => {
      expect(isOurs(groupId)).toBe(false);
    },
  );
});

describe("a run", () => {
  test("removes all that it made, topics included, and nothing else", async () => {
    const [first, second] = [surroundings.startRun(), surroundings.startRun()];
    const groupId = await first.makeCommunity("one");
    await first.makeTopic(groupId, "t");
    first.reserve("never-made");
    const ofSecond = await second.makeCommunity("one");
    expect(await first.removeAll()).toEqual([]);
    expect(surroundings.communities()).toEqual([...others(), ofSecond]);
    expect(surroundings.record.left()).toEqual([ofSecond]);
  });

  test("removes the topics first where the service keeps a community that has some", async () => {
    surroundings.emulator.changeRules({ destroyWithTopics: "refused" });
    const app = surroundings.startRun();
    const groupId = await app.makeCommunity("kept");
    for (const key of ["a", "b"]) await app.makeTopic(groupId, key);
    expect(await app.removeAll()).toEqual([]);
    expect(surroundings.communities()).toEqual(others());
  });

  test("names what it could not remove, removes the rest, and leaves the record so", async () => {
    const app = surroundings.startRun();
    const [first, second] = [await app.makeCommunity("a"), await app.makeCommunity("b")];
    surroundings.emulator.addFault({ kind: "error", code: 10007, command: "destroy_group", times: 1 });
    expect(await app.removeAll()).toEqual([{ groupId: first, reason: expect.stringContaining("10007") }]);
    expect(surroundings.communities()).toEqual([...others(), first]);
    expect(surroundings.record.left()).toEqual([first]);
    expect(second).not.toBe(first);
  });

  test("writes a community down before it makes it", async () => {
    const app = surroundings.startRun();
    surroundings.emulator.addFault({ kind: "http", status: 502, done: true, command: "import_group", times: 10_000 });
    await expect(app.makeCommunity("lost")).rejects.toThrow();
    expect(surroundings.record.left()).toEqual([groupIdOf(app.run, "lost")]);
    surroundings.emulator.clearFaults();
    expect(await app.removeAll()).toEqual([]);
    expect(surroundings.communities()).toEqual(others());
  });
});

describe("a sweep", () => {
  test("removes what an old run left, and nothing that is not of this suite", async () => {
    const app = surroundings.startRun(LONG_AGO);
    const groupId = await app.makeCommunity("left");
    await app.makeTopic(groupId, "t");
    expect(await sweepNow()).toEqual({ removed: [groupId], kept: [], failed: [] });
    expect(surroundings.communities()).toEqual(others());
    expect(await sweepNow()).toEqual({ removed: [], kept: [], failed: [] });
  });

  test("finds in the app, over several pages, what no record knows", async () => {
    const app = surroundings.startRun(LONG_AGO);
    const made = [];
    for (const name of ["a", "b", "c"]) made.push(await app.makeCommunity(name));
    expect(await sweepNow({ folder: `${surroundings.folder}/another-machine`, pageSize: 2 })).toMatchObject({
      removed: made,
    });
    expect(surroundings.communities()).toEqual(others());
  });

  test("leaves alone what may be of a run that is going on, unless it is told to take all", async () => {
    const groupId = await surroundings.startRun().makeCommunity("now");
    expect(await sweepNow()).toEqual({ removed: [], kept: [groupId], failed: [] });
    expect(surroundings.communities()).toContain(groupId);
    expect(await sweepNow({ all: true })).toEqual({ removed: [groupId], kept: [], failed: [] });
  });

  test("uses the record alone where the app gives no list, and says so", async () => {
    const groupId = await surroundings.startRun(LONG_AGO).makeCommunity("left");
    surroundings.emulator.addFault({ kind: "error", code: 10007, command: "get_appid_group_list", times: 1 });
    const swept = await sweepNow();
    expect(swept).toMatchObject({ removed: [groupId], unlisted: expect.stringContaining("10007") });
    expect(surroundings.communities()).toEqual(others());
  });

  test("names what it could not remove, and takes it up again the next time", async () => {
    const groupId = await surroundings.startRun(LONG_AGO).makeCommunity("left");
    surroundings.emulator.addFault({ kind: "error", code: 10007, command: "destroy_group", times: 1 });
    expect(await sweepNow()).toMatchObject({ removed: [], failed: [{ groupId }] });
    expect(await sweepNow()).toMatchObject({ removed: [groupId], failed: [] });
  });
});

describe("the record", () => {
  test("is only ever appended to, and knows what is left of its own app", async () => {
    const { record, folder, settings } = surroundings;
    record.add("made", "@TGS#_a");
    const before = readFileSync(record.file, "utf8");
    record.add("made", "@TGS#_b");
    record.add("gone", "@TGS#_a");
    expect(readFileSync(record.file, "utf8").startsWith(before)).toBe(true);
    expect(record.left()).toEqual(["@TGS#_b"]);
    expect(new CommunityRecord(folder, { ...settings, sdkAppId: 1 }).left()).toEqual([]);
  });

  test("is read also when its last line is cut off", () => {
    const { record } = surroundings;
    record.add("made", "@TGS#_a");
    appendFileSync(record.file, '{"at":"2026');
    expect(record.left()).toEqual(["@TGS#_a"]);
  });

  test("takes a line that follows one that is cut off", () => {
    const { record } = surroundings;
    appendFileSync(record.file, '{"at":"2026');
    record.add("made", "@TGS#_a");
    expect(record.left()).toEqual(["@TGS#_a"]);
  });
});

describe("the list of an app's groups", () => {
  const call = { command: "get_appid_group_list", subject: "", host: "" } as const;
  const read = (text: string) => readPage({ status: 200, text, serverTime: undefined }, call);

  // The sample of https://www.tencentcloud.com/document/product/1047/34960, and the largest number of 64 bits.
  test.each(["4454685361", "18446744073709551615"])("keeps a Next of %s to the last digit", (next) => {
    const text = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"TotalCount":2,"GroupIdList":[{"GroupId":"@TGS#2J4SZEAEL"},{"GroupId":"@TGS#2C5SZEAEF"}],"Next":${next}}`;
    expect(read(text)).toEqual({ groupIds: ["@TGS#2J4SZEAEL", "@TGS#2C5SZEAEF"], next });
  });

  test("is no list without its ids or its Next", () => {
    const envelope = '"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0';
    expect(() => read(`{${envelope},"GroupIdList":[]}`)).toThrow("no GroupIdList or no Next");
    expect(() => read(`{${envelope},"Next":0}`)).toThrow("no GroupIdList or no Next");
  });

  test("is the same in pages of one", async () => {
    const settings = { ...surroundings.settings };
    const caller = new Caller({
      ...settings,
      callsPerSecond: { ...settings.callsPerSecond, get_appid_group_list: 100 },
    });
    expect(await listCommunities(caller, 1)).toEqual(others());
    await caller.close();
  });
});
