/** The provider process of a `ChatApp`: its arguments reach the calls, and nothing else does. */
import { expect } from "vitest";
import { CHAT_COMMUNITY_SHIM } from "../../provider/dynamic/shim.js";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, type Emulator } from "../../provider/emulator/index.js";
import { GROUP, idOf, test } from "./wire-test.js";

const id = idOf("general");
const general = {
  groupId: GROUP,
  topicKey: "general",
  topicId: id,
  topicName: "General",
  sdkAppId: DEFAULT_SDK_APP_ID,
};

const argumentsFor = (emulator: Emulator) => ({
  chatApp: "eu",
  sdkAppId: DEFAULT_SDK_APP_ID,
  secretKey: DEFAULT_SECRET_KEY,
  endpoint: emulator.url,
});

const ENVIRONMENT_OF_ANOTHER_APP = {
  TENCENT_CHAT_SDK_APP_ID: "1400000099",
  TENCENT_CHAT_SECRET_KEY: "the-key-of-another-app",
  TENCENT_CHAT_ENDPOINT: "http://127.0.0.1:1",
  TENCENT_CHAT_ADMIN_ACCOUNT: "nobody",
};

test("all resource classes work with the arguments alone, whatever the environment says", async ({
  start,
  emulator,
}) => {
  const provider = await start({ chatApp: argumentsFor(emulator), environment: ENVIRONMENT_OF_ANOTHER_APP });
  const { inputs, failures } = await provider.check({ groupId: GROUP, topicKey: "general", topicName: "General" });
  expect(failures).toEqual([]);
  expect(inputs.sdkAppId).toBe(DEFAULT_SDK_APP_ID);
  await provider.create(general);
  expect(await provider.refresh(id, general)).toMatchObject({ id });
  expect(await provider.get(GROUP, { __provider: CHAT_COMMUNITY_SHIM })).toMatchObject({ id: GROUP });
});

test("missing and wrong arguments are one failure of the first check; the environment does not fill in", async ({
  start,
  emulator,
}) => {
  const provider = await start({
    chatApp: { chatApp: "eu", timeoutSeconds: "soon", regio: "singapore" },
    environment: { ...ENVIRONMENT_OF_ANOTHER_APP, TENCENT_CHAT_ENDPOINT: emulator.url },
  });
  const { failures } = await provider.check({ groupId: GROUP, topicKey: "general", topicName: "General" });
  expect(failures).toHaveLength(1);
  const nothingElse = "A ChatApp reads its arguments and nothing else.";
  expect(failures[0]?.reason).toBe(
    "The settings of the Chat app need 5 corrections:\n" +
      '- `regio` is not an argument of ChatApp "eu": did you mean `region`?\n' +
      `- sdkAppId is missing: give ChatApp argument sdkAppId of "eu". ${nothingElse}\n` +
      '- ChatApp argument timeoutSeconds of "eu" “soon” must be a whole number in digits.\n' +
      '- secretKey or userSig is missing: give ChatApp argument secretKey of "eu", or ChatApp argument userSig of "eu". ' +
      `${nothingElse}\n` +
      '- region or endpoint is missing: give ChatApp argument region of "eu", or ChatApp argument endpoint of "eu". ' +
      nothingElse,
  );
  expect(emulator.requests()).toEqual([]);
});

test("a key that is no longer right is named with its origin; where the state gave it, with the way to another", async ({
  start,
  emulator,
}) => {
  const provider = await start({ chatApp: { ...argumentsFor(emulator), secretKey: "the-former-key" } });
  const origin = 'The signature was made with the key from ChatApp argument secretKey of "eu"';
  const remedy = "run on the settings of the last `pulumi up`: run one first, or add `--run-program`";
  const failureOf = (call: Promise<unknown>) =>
    call.then(
      () => "none",
      ({ message }: Error) => message,
    );

  for (const failure of [
    await failureOf(provider.refresh(id, general)),
    await failureOf(provider.delete(id, general)),
  ]) {
    expect(failure).toContain(origin);
    expect(failure).toContain(remedy);
  }
  const created = await failureOf(provider.create(general));
  expect(created).toContain(origin);
  expect(created).not.toContain(remedy);
});

test("a key from the environment is the present one: no other run would take another", async ({ start }) => {
  const provider = await start({ environment: { TENCENT_CHAT_SECRET_KEY: "the-former-key" } });
  const failure = await provider.refresh(id, general).then(
    () => "none",
    ({ message }: Error) => message,
  );
  expect(failure).toContain("The signature was made with the key from variable TENCENT_CHAT_SECRET_KEY");
  expect(failure).not.toContain("--run-program");
});
