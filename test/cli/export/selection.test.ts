/** What of a community an export declares, and what it leaves out. */
import { describe, expect, test } from "vitest";
import { BYTE_LIMITS } from "../../../provider/chat/limits.js";
import { selectFields } from "../../../provider/cli/export/selection.js";
import { UNKNOWN } from "../../../provider/lifecycle/unknown.js";
import { GROUP, idOf } from "../../chat/test-app.js";
import { liveTopic, sourceWith } from "./awkward.js";

const COMMUNITY = {
  groupId: GROUP,
  name: "Players",
  introduction: "",
  notification: "",
  faceUrl: "",
  ownerAccount: "alice",
  createTime: 1_700_000_000,
  memberNum: 3,
  maxMemberCount: 2000,
  muteAllMember: false,
};

function declared(...topics: ReturnType<typeof liveTopic>[]) {
  const { topics: found, ...rest } = selectFields(sourceWith(topics));
  return { topics: Object.fromEntries(found), ...rest };
}

describe("declared is", () => {
  test("of a topic: texts that are not empty, and muting where it is on; no time, no author", () => {
    const full = { introduction: "i", notification: "n", faceUrl: "f", customString: "c", muteAllMember: true };
    expect(declared(liveTopic("bare"), liveTopic("full", full)).topics).toEqual({
      [idOf("bare")]: { topicName: "bare" },
      [idOf("full")]: { topicName: "full", ...full },
    });
  });

  test("of a community: likewise, and a member limit that a new one would not have", () => {
    expect(selectFields(sourceWith([], { community: COMMUNITY })).community).toEqual({ name: "Players" });
    const unusual = { ...COMMUNITY, introduction: "i", maxMemberCount: 5000, muteAllMember: true };
    expect(selectFields(sourceWith([], { community: unusual })).community).toEqual({
      name: "Players",
      introduction: "i",
      maxMemberCount: 5000,
      muteAllMember: true,
    });
  });
});

describe("texts that break today's limits", () => {
  const long = liveTopic("long", { topicName: "n".repeat(36), customString: "c".repeat(3500) });

  test("are kept, with the setting that they need", () => {
    expect(declared(long, liveTopic("longer", { topicName: "长".repeat(13) }))).toMatchObject({
      topics: { [idOf("long")]: { topicName: "n".repeat(36), customString: "c".repeat(3500) } },
      leftOut: [],
      byteLimits: { topicName: 39, customString: 3500 },
    });
  });

  test("need none where the settings have it already", () => {
    const byteLimits = { ...BYTE_LIMITS, topicName: 40, customString: 3500 };
    expect(selectFields(sourceWith([long], { byteLimits })).byteLimits).toBeUndefined();
  });

  test("need one that keeps what is raised already", () => {
    const byteLimits = { ...BYTE_LIMITS, topicName: 150 };
    const community = { ...COMMUNITY, name: "n".repeat(31) };
    expect(selectFields(sourceWith([long], { byteLimits, community })).byteLimits).toEqual({
      topicName: 150,
      customString: 3500,
      communityName: 31,
    });
  });
});

describe("left out is, with the reason,", () => {
  test.each([
    ["a NUL character", "a\0b", /NUL/],
    ["half of a surrogate pair", "a\ud83d", /surrogate/],
    ["Pulumi's mark of unknown values", UNKNOWN, /does not know/],
  ])("a text with %s, and the topic stays", (_what, text, reason) => {
    const { topics, leftOut } = declared(liveTopic("general", { introduction: text, notification: "n" }));
    expect(topics).toEqual({ [idOf("general")]: { topicName: "general", notification: "n" } });
    expect(leftOut).toEqual([{ id: idOf("general"), field: "introduction", reason: expect.stringMatching(reason) }]);
  });

  test.each([
    ["without a name", "general", "", "its name must not be empty"],
    ["with a name that no program can hold", "general", "\0", "its name holds a NUL character; remove it"],
    ["with nothing in its id", "", "Name", "its id has nothing after @TOPIC#_"],
  ])("a topic %s", (_what, key, topicName, reason) => {
    expect(declared(liveTopic(key, { topicName }))).toEqual({
      topics: {},
      leftOut: [{ id: idOf(key), reason }],
      community: undefined,
      byteLimits: undefined,
    });
  });
});

test("a community whose name cannot be declared is an error, with the way on", () => {
  expect(() => selectFields(sourceWith([], { community: { ...COMMUNITY, name: "" } }))).toThrow(
    /@TGS#_players cannot be declared: its name must not be empty\. What to do: .*without --community/,
  );
});
