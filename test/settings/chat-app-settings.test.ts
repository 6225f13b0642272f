/** The arguments of a `ChatApp` as settings: the same rules, other places, and nothing to fall back to. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { SETTING_VARIABLES } from "../../provider/settings/setting-sources.js";
import { resolveSettings } from "../../provider/settings/settings.js";
import { SettingsError } from "../../provider/settings/settings-error.js";
import { SDK_APP_ID, SECRET_KEY } from "../chat/test-app.js";

const VALID = { chatApp: "eu", sdkAppId: SDK_APP_ID, secretKey: SECRET_KEY, region: "frankfurt" };

const settingsFrom = (given: object) => resolveSettings({ chatApp: "eu", arguments: { ...given } });

function issuesOf(given: object): readonly string[] {
  try {
    settingsFrom(given);
  } catch (error) {
    if (error instanceof SettingsError) return error.issues;
    throw error;
  }
  return [];
}

afterEach(() => vi.unstubAllEnvs());

describe("the arguments of a ChatApp", () => {
  test("are taken as the engine gives them, numbers as numbers or as text", () => {
    const given = { ...VALID, callsPerSecond: 50, timeoutSeconds: "9", byteLimits: '{"topicName":150}' };
    expect(settingsFrom(given)).toMatchObject({
      sdkAppId: SDK_APP_ID,
      credentials: { kind: "secretKey" },
      credentialsOrigin: { kind: "argument", name: "secretKey", chatApp: "eu" },
      baseUrl: "https://adminapiger.im.qcloud.com",
      callsPerSecond: { import_topic: 50 },
      timeoutSeconds: 9,
      byteLimits: { topicName: 150, introduction: 240 },
    });
  });

  test("that are missing are not looked for in the environment", () => {
    for (const variable of Object.values(SETTING_VARIABLES)) vi.stubEnv(variable, "7");
    expect(settingsFrom(VALID)).toMatchObject({ adminAccount: "administrator", timeoutSeconds: 60 });
    expect(issuesOf({})).toEqual([
      'sdkAppId is missing: give ChatApp argument sdkAppId of "eu". A ChatApp reads its arguments and nothing else.',
      expect.stringMatching(/^secretKey or userSig is missing: give ChatApp argument secretKey of "eu", or .*userSig/),
      expect.stringMatching(/^region or endpoint is missing: give ChatApp argument region of "eu", or .*endpoint/),
    ]);
  });

  test.each([undefined, null, ""])("that are %o count as missing", (nothing) => {
    expect(issuesOf({ ...VALID, secretKey: nothing })).toEqual([expect.stringContaining("secretKey or userSig")]);
  });

  test("are refused with all issues at once, each under the name of its argument, no secret shown", () => {
    const issues = issuesOf({
      chatApp: "eu",
      sdkAppId: 1.5,
      secretKey: " padded-key ",
      endpoint: "http://chat.example.com",
      byteLimits: '{"topicName":3}',
      secretkey: "typo-key",
      colour: "blue",
    });
    expect(issues).toEqual([
      '`secretkey` is not an argument of ChatApp "eu": did you mean `secretKey`?',
      expect.stringMatching(/^`colour` is not an argument of ChatApp "eu"; it has sdkAppId, secretKey, userSig/),
      'ChatApp argument sdkAppId of "eu" “1.5” must be a whole number in digits.',
      expect.stringMatching(/^ChatApp argument secretKey of "eu" has white space around it/),
      expect.stringMatching(/^ChatApp argument endpoint of "eu" would send credentials unencrypted/),
      expect.stringMatching(/^ChatApp argument byteLimits of "eu" lowers topicName to 3/),
    ]);
    expect(issues.join()).not.toMatch(/padded|typo-key/);
  });

  test("do without what Pulumi puts beside them", () => {
    expect(issuesOf({ ...VALID, version: "3.270.0", pluginDownloadURL: "", __internal: {} })).toEqual([]);
  });
});
