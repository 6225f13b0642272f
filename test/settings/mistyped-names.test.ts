import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mistypedSettings, SETTING_VARIABLES, type SettingName } from "../../provider/settings/setting-sources.js";
import { resolveSettings } from "../../provider/settings/settings.js";
import { SettingsError } from "../../provider/settings/settings-error.js";

const NAMES = Object.keys(SETTING_VARIABLES) as SettingName[];

/** What each name is taken for; null for none, a name that is left alone is missing. */
function taken(keys: readonly string[], variables: readonly string[] = []): Record<string, string | null> {
  const found = mistypedSettings({
    configuration: () => undefined,
    configurationKeys: () => keys,
    environment: Object.fromEntries(variables.map((name) => [name, "given"])),
  });
  return Object.fromEntries(found.map(({ given, meant }) => [given, meant?.name ?? null]));
}

test("no setting's own name is taken for a slip", () => {
  const keys = NAMES.map((name) => `tencent-chat:${name}`);
  expect(taken(keys, Object.values(SETTING_VARIABLES))).toEqual({});
});

test.each([
  ["tencent-chat:sdkAppID", "tencent-chat:sdkAppId"],
  ["tencent-chat:sdkappid", "tencent-chat:sdkAppId"],
  ["tencent-chat:appId", "tencent-chat:sdkAppId"],
  ["tencent-chat:sdk-app-id", "tencent-chat:sdkAppId"],
  ["tencentChat:sdkAppId", "tencent-chat:sdkAppId"],
  ["tencentchat:secretkey", "tencent-chat:secretKey"],
  ["tencent-chat:key", "tencent-chat:secretKey"],
  ["tencent-chat:secret", "tencent-chat:secretKey"],
  ["tencent-chat:userSign", "tencent-chat:userSig"],
  ["tencent-chat:regoin", "tencent-chat:region"],
  ["tencent-chat:endPoint", "tencent-chat:endpoint"],
  ["tencent-chat:admin", "tencent-chat:adminAccount"],
  ["tencent-chat:timeout", "tencent-chat:timeoutSeconds"],
  // Without the name space Pulumi puts the project's own there.
  ["my-project:sdkAppId", "tencent-chat:sdkAppId"],
  ["my-project:secretKey", "tencent-chat:secretKey"],
])("the key %s is taken for %s", (given, meant) => {
  expect(taken([given])).toEqual({ [given]: meant });
});

test.each([
  ["TENCENT_CHAT_SDKAPPID", "TENCENT_CHAT_SDK_APP_ID"],
  ["TENCENT_CHAT_APP_ID", "TENCENT_CHAT_SDK_APP_ID"],
  ["TENCENTCHAT_SECRET_KEY", "TENCENT_CHAT_SECRET_KEY"],
  ["TENCENT_CHAT_USERSIG", "TENCENT_CHAT_USER_SIG"],
  ["tencent_chat_region", "TENCENT_CHAT_REGION"],
])("the variable %s is taken for %s", (given, meant) => {
  expect(taken([], [given])).toEqual({ [given]: meant });
});

test.each(["my-project:region", "aws:region", "my-project:groupId", "my-project:adminAccount"])(
  "the key %s is somebody else's",
  (key) => {
    expect(taken([key])).toEqual({});
  },
);

test.each(["PATH", "TENCENTCLOUD_SECRET_KEY", "TENCENT_SECRET_ID", "AWS_REGION", "SDK_APP_ID"])(
  "the variable %s is somebody else's",
  (variable) => {
    expect(taken([], [variable])).toEqual({});
  },
);

test("a name of ours that is close to nothing is told, with nothing for it", () => {
  expect(taken(["tencent-chat:colour"], ["TENCENT_CHAT_COLOUR"])).toEqual({
    "tencent-chat:colour": null,
    TENCENT_CHAT_COLOUR: null,
  });
});

test("one letter more, less or changed is taken for what it was", () => {
  const slip = fc.record({
    name: fc.constantFrom(...NAMES),
    at: fc.nat(),
    kind: fc.constantFrom(0, 1),
    letter: fc.constantFrom("x", ""),
  });
  fc.assert(
    fc.property(slip, ({ name, at, kind, letter }) => {
      const position = at % name.length;
      const key = `tencent-chat:${name.slice(0, position)}${letter}${name.slice(position + kind)}`;
      fc.pre(key !== `tencent-chat:${name}`);
      expect(taken([key])).toEqual({ [key]: `tencent-chat:${name}` });
    }),
  );
});

describe("a setting that is missing", () => {
  const message = (keys: Record<string, string>, environment: Record<string, string> = {}): string => {
    try {
      resolveSettings({ configuration: (key) => keys[key], configurationKeys: () => Object.keys(keys), environment });
    } catch (error) {
      if (error instanceof SettingsError) return error.message;
      throw error;
    }
    return expect.fail("the settings are complete");
  };

  test("is told with the key that was meant for it, and without its value", () => {
    const text = message({ "tencent-chat:sdkAppID": "1400000001", "tencent-chat:secretkey": "do-not-show" });
    expect(text).toContain("`tencent-chat:sdkAppID` is set: did you mean `tencent-chat:sdkAppId`?");
    expect(text).toContain("`tencent-chat:secretkey` is set: did you mean `tencent-chat:secretKey`?");
    expect(text).not.toMatch(/do-not-show|1400000001/);
  });

  test("is told with the variable that was meant for it", () => {
    expect(message({}, { TENCENT_CHAT_REGOIN: "china" })).toContain(
      "`TENCENT_CHAT_REGOIN` is set: did you mean `TENCENT_CHAT_REGION`?",
    );
  });

  test("is not told with a name that was meant for another one", () => {
    const keys = { "tencent-chat:sdkAppId": "1", "tencent-chat:secretKey": "k", "tencent-chat:timeout": "5" };
    expect(message(keys)).not.toContain("did you mean");
  });
});
