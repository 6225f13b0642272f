/** A community over the wire: its hidden row stays with it, and its shim leads every call to its own lifecycle. */
import { expect } from "vitest";
import { CHAT_COMMUNITY_SHIM } from "../../provider/dynamic/shim.js";
import { DEFAULT_SDK_APP_ID } from "../../provider/emulator/index.js";
import { UNKNOWN } from "../../provider/lifecycle/unknown.js";
import type { ChatCommunityArgs } from "../../provider/resources/chat-community.js";
import { test } from "./wire-test.js";

const GUILD = "@TGS#_guild";
const __urn = "urn:pulumi:dev::chat::pulumi-nodejs:dynamic/tencent-chat:ChatCommunity::guild";
const shim = { __provider: CHAT_COMMUNITY_SHIM };
const DECLARED = {
  name: "Guild",
  introduction: "Everybody",
  notification: "大家好",
  faceUrl: "https://example.com/guild.png",
  ownerAccount: "administrator",
  maxMemberCount: 500,
  createTime: 1_700_000_000,
  muteAllMember: true,
  adopt: "none",
  onRemove: "destroy",
};
const inputs = { ...DECLARED, groupId: GUILD, sdkAppId: DEFAULT_SDK_APP_ID, __urn, ...shim };

test("a community lives its whole life over the wire", async ({ start, emulator }) => {
  const live = () => emulator.state().apps[0]?.communities?.find(({ groupId }) => groupId === GUILD);

  const up = await start();
  expect(await up.check({ ...DECLARED, __urn, ...shim })).toEqual({ inputs, failures: [] });
  expect(await up.create(inputs)).toEqual({ id: GUILD, properties: inputs });
  const { adopt, onRemove, sdkAppId, __urn: _, __provider, ...created } = inputs;
  expect(live()).toMatchObject(created);

  const refresh = await start();
  expect(await refresh.refresh(GUILD, inputs)).toEqual({ id: GUILD, properties: inputs, inputs });

  const secondUp = await start();
  const { introduction, ...rest } = { ...inputs, name: "Guild of all" };
  expect(await secondUp.diff(GUILD, inputs, inputs)).toMatchObject({ changes: false, replaces: [] });
  expect(await secondUp.diff(GUILD, inputs, rest)).toMatchObject({ changes: true, replaces: [] });
  expect(await secondUp.update(GUILD, inputs, rest)).toEqual({ properties: rest });
  expect(live()).toMatchObject({ name: "Guild of all", introduction: "" });

  const destroy = await start();
  await destroy.delete(GUILD, rest);
  expect(live()).toBeUndefined();
  await destroy.delete(GUILD, rest);
});

test("a refresh of a missing community answers an empty id, so that the engine drops it", async ({ start }) => {
  const provider = await start();
  expect(await provider.refresh(GUILD, inputs)).toMatchObject({ id: "" });
});

test("an unknown value passes in every argument, is a possible change, and never a replacement by itself", async ({
  start,
}) => {
  const provider = await start();
  const { adopt, ...names }: Record<keyof ChatCommunityArgs, unknown> = { groupId: GUILD, ...DECLARED };
  for (const name of Object.keys(names)) {
    const checked = await provider.check({ groupId: GUILD, ...DECLARED, ...shim, [name]: UNKNOWN }, inputs);
    expect(checked.failures, name).toEqual([]);
    expect(checked.inputs[name], name).toBe(UNKNOWN);
    expect(await provider.diff(GUILD, inputs, checked.inputs), name).toMatchObject({ changes: true, replaces: [] });
  }
});

test("a partial failure carries what was reached, with the shim and the row", async ({ start, emulator }) => {
  const provider = await start();
  emulator.addFault({ kind: "error", command: "modify_group_base_info", code: 10007 });
  const error = await provider.create(inputs).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    partial: {
      id: GUILD,
      properties: { ...inputs, muteAllMember: false },
      reasons: [expect.stringContaining("imported, but not muted"), expect.any(String)],
    },
  });
});
