/** check, diff, create, read, update and delete over the wire. */
import { describe, expect } from "vitest";
import { CHAT_TOPIC_SHIM } from "../../provider/dynamic/shim.js";
import { DEFAULT_SDK_APP_ID } from "../../provider/emulator/index.js";
import { roundTrip } from "./round-trip.js";
import { GROUP, idOf, test, urnOf } from "./wire-test.js";

const sdkAppId = DEFAULT_SDK_APP_ID;
const general = { groupId: GROUP, topicKey: "general", topicId: idOf("general"), topicName: "General", sdkAppId };

test("a topic lives its whole life over the wire", async ({ start, emulator }) => {
  await roundTrip(start, emulator);
});

describe("check", () => {
  test("names the topic after the resource, and keeps its hidden URN out of the state", async ({ provider }) => {
    const { inputs } = await provider.check({ groupId: GROUP, topicName: "Rules", __urn: urnOf("rules") });
    expect(inputs).toMatchObject({ topicKey: "rules", topicId: idOf("rules") });
    expect(inputs).not.toHaveProperty("__urn");
  });

  test("reports all faults of a resource at once, each on its property", async ({ provider, emulator }) => {
    emulator.clearRequests();
    const { failures } = await provider.check({
      groupId: "players",
      topicName: "a name of thirty-one bytes, ab.",
      topicKey: "a@TOPIC#_b",
      createTime: 1_700_000_000_000,
      muteAllMember: "yes",
    });
    const reasons = failures.map(({ reason }) => reason);
    const properties = new Set(reasons.map((reason) => /^`(\w+)`/.exec(reason)?.[1]));
    expect(properties).toEqual(new Set(["groupId", "topicName", "topicKey", "createTime", "muteAllMember"]));
    expect(reasons.find((reason) => reason.startsWith("`topicName`"))).toContain("1 over the limit of 30");
    // For a property that is named, Pulumi would add a value of its own making.
    expect(new Set(failures.map(({ property }) => property))).toEqual(new Set([""]));
    expect(emulator.requests()).toEqual([]);
  });

  test("takes a null as an argument that is not given", async ({ provider }) => {
    const { inputs, failures } = await provider.check({
      groupId: GROUP,
      topicName: "General",
      topicKey: "general",
      introduction: null,
    });
    expect(failures).toEqual([]);
    expect(inputs).not.toHaveProperty("introduction");
  });
});

describe("diff", () => {
  test("of another topic key asks for a replacement, deletion first", async ({ provider }) => {
    const renamed = { ...general, topicKey: "lobby", topicId: idOf("lobby") };
    expect(await provider.diff(general.topicId, general, renamed)).toEqual({
      changes: true,
      replaces: ["topicKey"],
      deleteBeforeReplace: true,
    });
  });

  test("of `adopt` alone shows nothing", async ({ provider }) => {
    expect(await provider.diff(general.topicId, general, { ...general, adopt: "any" })).toMatchObject({
      changes: false,
    });
  });
});

describe("read", () => {
  test("on refresh gives the live values of the declared fields, as outputs and as inputs", async ({
    start,
    emulator,
  }) => {
    const provider = await start();
    await provider.create({ ...general, introduction: "Ours" });
    await provider.update(
      general.topicId,
      { ...general, introduction: "Ours" },
      { ...general, introduction: "Theirs" },
    );
    emulator.clearRequests();
    const { properties, inputs } = await provider.refresh(general.topicId, { ...general, introduction: "Ours" });
    expect(properties).toEqual({ ...general, introduction: "Theirs", __provider: CHAT_TOPIC_SHIM });
    expect(inputs).toEqual(properties);
  });

  test("of a missing topic answers an empty id on refresh, so that the engine drops it", async ({ start }) => {
    const provider = await start();
    expect(await provider.refresh(general.topicId, general)).toMatchObject({ id: "" });
  });

  test("of a missing topic fails on a lookup, naming topic and app", async ({ start }) => {
    const provider = await start();
    await expect(provider.get(general.topicId)).rejects.toThrow(
      `Topic "general" in ${GROUP} does not exist in app ${sdkAppId}`,
    );
  });

  test("on a lookup gives every field by the id alone, from newer engines and older ones", async ({ start }) => {
    const provider = await start();
    await provider.create({ ...general, notification: "Be kind" });
    const all = { ...general, notification: "Be kind", introduction: "", muteAllMember: false };
    expect(await provider.get(general.topicId)).toMatchObject({ id: general.topicId, properties: all });
    // Older engines send what the program gave as outputs too.
    expect(await provider.refresh(general.topicId, {})).toMatchObject({ id: general.topicId, properties: all });
  });
});

test("a topic whose id the service assigns gets that id, and is found by it", async ({ start }) => {
  const provider = await start();
  const { inputs } = await provider.check({ groupId: GROUP, topicName: "Any", serverAssignedId: true });
  expect(inputs).not.toHaveProperty("topicId");
  const { id, properties } = await provider.create(inputs);
  expect(id).toMatch(/^@TGS#_players@TOPIC#_.+/);
  const read = await provider.refresh(id, properties);
  expect(read).toMatchObject({ id, properties: { topicId: id } });
  expect(await provider.diff(id, read.properties, inputs)).toMatchObject({ changes: false });
});
