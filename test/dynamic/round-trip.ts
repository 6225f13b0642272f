/** A topic's whole life over the wire, one provider process for each command, as the engine starts them. */
import { expect } from "vitest";
import { CHAT_TOPIC_SHIM } from "../../provider/dynamic/shim.js";
import { DEFAULT_SDK_APP_ID, type Emulator } from "../../provider/emulator/index.js";
import type { Properties, ProviderProcess } from "./provider-process.js";
import { GROUP, idOf, urnOf } from "./wire-test.js";

const DECLARED = {
  groupId: GROUP,
  topicName: "General",
  introduction: "Everything that fits nowhere else",
  notification: "大家好",
  faceUrl: "https://example.com/general.png",
  customString: '{"category":"talk"}',
  createTime: 1_700_000_000,
  fromAccount: "administrator",
  muteAllMember: true,
  adopt: "none",
  onRemove: "destroy",
};

export async function roundTrip(start: () => Promise<ProviderProcess>, emulator: Emulator): Promise<void> {
  const id = idOf("general");
  const live = () => emulator.state().apps[0]?.communities?.[0]?.topics ?? [];
  const declared = { ...DECLARED, __urn: urnOf("general") };
  const inputs = { ...DECLARED, topicKey: "general", topicId: id, sdkAppId: DEFAULT_SDK_APP_ID };

  const up = await start();
  expect(await up.check(declared)).toEqual({ inputs: shimmed(inputs), failures: [] });
  expect(await up.create(inputs)).toEqual({ id, properties: shimmed(inputs) });
  const { adopt, onRemove, groupId, topicKey, sdkAppId, ...created } = inputs;
  expect(live()).toMatchObject([created]);

  const refresh = await start();
  expect(await refresh.refresh(id, inputs)).toEqual({ id, properties: shimmed(inputs), inputs: shimmed(inputs) });

  const secondUp = await start();
  expect(await secondUp.check(declared, inputs)).toEqual({ inputs: shimmed(inputs), failures: [] });
  expect(await secondUp.diff(id, inputs, inputs)).toMatchObject({ changes: false, replaces: [] });

  const thirdUp = await start();
  const { introduction, ...without } = { ...declared, topicName: "General talk" };
  const { inputs: changed } = await thirdUp.check(without, inputs);
  expect(await thirdUp.diff(id, inputs, changed)).toMatchObject({ changes: true, replaces: [] });
  expect(await thirdUp.update(id, inputs, changed)).toEqual({ properties: changed });
  expect(changed).not.toHaveProperty("introduction");
  expect(live()).toMatchObject([{ ...created, topicName: "General talk", introduction: "" }]);

  const destroy = await start();
  await destroy.delete(id, changed);
  expect(live()).toEqual([]);
  await destroy.delete(id, changed);
}

function shimmed(properties: Properties): Properties {
  return { ...properties, __provider: CHAT_TOPIC_SHIM };
}
