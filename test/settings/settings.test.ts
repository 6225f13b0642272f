import { inspect } from "node:util";
import fc from "fast-check";
import { Api } from "tls-sig-api-v2";
import { describe, expect, test } from "vitest";
import { BYTE_LIMITS } from "../../provider/chat/limits.js";
import { SETTING_VARIABLES, type SettingName } from "../../provider/settings/setting-sources.js";
import type { Settings } from "../../provider/settings/settings.js";
import { SettingsError } from "../../provider/settings/settings-error.js";
import { anyText, anyValue, arePrototypesClean } from "../bad-values.js";
import { type Configuration, SDK_APP_ID, SECRET_KEY, settingsFrom, VALID, validSettings } from "../chat/test-app.js";
import { amount } from "../proof.js";

function issuesOf(configuration: Configuration, environment: Record<string, string> = {}, now?: number): string[] {
  try {
    settingsFrom(configuration, environment, now);
  } catch (error) {
    if (error instanceof SettingsError) return [...error.issues];
    throw error;
  }
  return [];
}

function userSigOf(settings: Settings): string | undefined {
  return settings.credentials.kind === "userSig" ? settings.credentials.userSig.reveal() : undefined;
}

function secretKeyOf(settings: Settings): string | undefined {
  return settings.credentials.kind === "secretKey" ? settings.credentials.secretKey.reveal() : undefined;
}

const OTHER_KEY = "another-key-that-opens-nothing";
const USER_SIG = new Api(SDK_APP_ID, SECRET_KEY).genUserSig("administrator", 3600);
const WITH_USER_SIG: Configuration = { sdkAppId: String(SDK_APP_ID), userSig: USER_SIG, region: "singapore" };

/** A valid text for each setting, and how to see that it was taken. */
const READ: Record<SettingName, [text: string, other: string, (settings: Settings) => unknown]> = {
  sdkAppId: ["1400000002", "1400000003", (settings) => String(settings.sdkAppId)],
  secretKey: ["key-one", "key-two", secretKeyOf],
  userSig: [
    new Api(SDK_APP_ID, "a").genUserSig("administrator", 3600),
    new Api(SDK_APP_ID, "b").genUserSig("administrator", 3600),
    userSigOf,
  ],
  adminAccount: ["operator", "robot", (settings) => settings.adminAccount],
  region: ["seoul", "china", (settings) => ({ kr: "seoul", "console.tim.qq.com": "china" })[hostMark(settings)]],
  endpoint: ["https://one.example", "https://two.example", (settings) => settings.baseUrl],
  callsPerSecond: ["17", "18", (settings) => String(settings.callsPerSecond.get_topic)],
  timeoutSeconds: ["7", "8", (settings) => String(settings.timeoutSeconds)],
  byteLimits: [
    '{"topicName":150}',
    '{"topicName":151}',
    (settings) => `{"topicName":${settings.byteLimits.topicName}}`,
  ],
  importService: ["million_group_open_http_svc", "group_open_http_svc", (settings) => settings.importService],
};

function hostMark(settings: Settings): string {
  const { hostname } = new URL(settings.baseUrl);
  return hostname.match(/^adminapi(\w+)\.im\.qcloud\.com$/)?.[1] ?? hostname;
}

const NAMES = Object.keys(SETTING_VARIABLES) as SettingName[];

/** What is required beside the setting. */
function beside(name: SettingName): Configuration {
  const { [name]: _, ...rest } = name === "userSig" ? WITH_USER_SIG : VALID;
  return rest;
}

describe("where a setting comes from", () => {
  test.each(NAMES)("%s is read from the stack's configuration", (name) => {
    const [text, , read] = READ[name];
    expect(read(settingsFrom({ ...beside(name), [name]: text }))).toBe(text);
  });

  test.each(NAMES)("%s is read from its environment variable", (name) => {
    const [text, , read] = READ[name];
    expect(read(settingsFrom(beside(name), { [SETTING_VARIABLES[name]]: text }))).toBe(text);
  });

  test.each(NAMES.filter((name) => name !== "secretKey"))("for %s the configuration wins", (name) => {
    const [text, other, read] = READ[name];
    expect(read(settingsFrom({ ...beside(name), [name]: text }, { [SETTING_VARIABLES[name]]: other }))).toBe(text);
  });

  test("for the secret key alone the environment wins, so that a rotated key reaches refresh and destroy", () => {
    const settings = settingsFrom(VALID, { TENCENT_CHAT_SECRET_KEY: OTHER_KEY });
    expect(secretKeyOf(settings)).toBe(OTHER_KEY);
    expect(settings.credentialsOrigin).toEqual({ kind: "environment", name: "TENCENT_CHAT_SECRET_KEY" });
  });

  test("an empty variable is as good as none", () => {
    expect(secretKeyOf(settingsFrom(VALID, { TENCENT_CHAT_SECRET_KEY: "" }))).toBe(SECRET_KEY);
  });

  test("an empty configuration value gives way to the environment", () => {
    expect(settingsFrom({ ...VALID, adminAccount: "" }, { TENCENT_CHAT_ADMIN_ACCOUNT: "operator" }).adminAccount).toBe(
      "operator",
    );
  });

  test("credentials say where they came from", () => {
    expect(validSettings().credentialsOrigin).toEqual({ kind: "configuration", name: "tencent-chat:secretKey" });
  });
});

describe("defaults", () => {
  test("what need not be given has the defaults of the reference", () => {
    expect(validSettings()).toMatchObject({
      adminAccount: "administrator",
      timeoutSeconds: 60,
      importService: "group_open_http_svc",
      byteLimits: BYTE_LIMITS,
    });
  });

  test("imports may use the whole documented frequency, the others leave half of it to the app's backend", () => {
    const { import_topic, get_appid_group_list, ...others } = validSettings().callsPerSecond;
    expect(get_appid_group_list).toBe(0.5);
    expect(import_topic).toBe(200);
    expect(others).toMatchObject({ get_topic: 100, modify_topic: 100, destroy_topic: 100 });
    expect(new Set(Object.values(others))).toEqual(new Set([100]));
  });

  test("a chosen frequency holds for every command", () => {
    expect(new Set(Object.values(validSettings({ callsPerSecond: "30" }).callsPerSecond))).toEqual(new Set([30]));
  });
});

describe("issues", () => {
  test("every missing setting is named at once, with its configuration key and its variable", () => {
    const message = new SettingsError(issuesOf({})).message;
    for (const name of ["sdkAppId", "secretKey", "userSig", "region", "endpoint"] as const) {
      expect(message).toContain(`tencent-chat:${name}`);
      expect(message).toContain(SETTING_VARIABLES[name]);
    }
    expect(issuesOf({})).toHaveLength(3);
  });

  test("what is secret is set with --secret", () => {
    expect(issuesOf({}).join()).toMatch(/config set --secret tencent-chat:secretKey.*config set tencent-chat:region/);
  });

  const WRONG: [SettingName, string, RegExp][] = [
    ["sdkAppId", "abc", /“abc” must be a whole number in digits/],
    ["sdkAppId", "0", /“0” must be at least 1/],
    ["sdkAppId", "-1", /whole number/],
    ["sdkAppId", "1.5", /whole number/],
    ["sdkAppId", "4294967296", /at most 4294967295/],
    ["secretKey", " key", /white space around it/],
    ["secretKey", "key\n", /white space around it/],
    ["secretKey", "\u00a0key", /white space around it/],
    ["adminAccount", "administrator ", /“administrator ” has white space around it/],
    ["region", "mars", /“mars” is none of china, singapore, .*; for another data centre give `endpoint`/],
    ["region", "Singapore", /none of/],
    ["endpoint", "adminapisgp.im.qcloud.com", /“adminapisgp.im.qcloud.com” must be a full URL/],
    ["endpoint", "ftp://adminapisgp.im.qcloud.com", /must be a full URL/],
    ["endpoint", "https://adminapisgp.im.qcloud.com/v4", /a host and nothing after it/],
    ["endpoint", "https://adminapisgp.im.qcloud.com/?a=b", /a host and nothing after it/],
    ["endpoint", "https://adminapisgp.im.qcloud.com/#a", /a host and nothing after it/],
    ["endpoint", "https://user:pass@adminapisgp.im.qcloud.com", /a host and nothing after it/],
    ["endpoint", "http://adminapisgp.im.qcloud.com", /unencrypted to adminapisgp.im.qcloud.com/],
    ["endpoint", "http://localhost.example.com", /unencrypted/],
    ["endpoint", "http://10.0.0.1", /unencrypted/],
    ["callsPerSecond", "0", /at least 1/],
    ["callsPerSecond", "fast", /whole number/],
    ["timeoutSeconds", "0", /at least 1/],
    ["timeoutSeconds", "3601", /at most 3600/],
    ["byteLimits", "topicName=150", /“topicName=150” is not JSON/],
    ["byteLimits", "[150]", /must be a JSON object/],
    ["byteLimits", "null", /must be a JSON object/],
    ["byteLimits", '{"name":150}', /with keys among topicName/],
    ["byteLimits", '{"topicName":"150"}', /whole numbers/],
    ["byteLimits", '{"topicName":150.5}', /whole numbers/],
    ["byteLimits", '{"topicName":29}', /lowers topicName to 29; the API gives every app 30/],
    ["importService", "other_svc", /“other_svc” is neither/],
  ];

  test.each(WRONG)("%s %j is refused, naming the key and the variable", (name, text, reason) => {
    const [issue, ...others] = issuesOf({ ...VALID, [name]: text });
    expect(issue).toMatch(reason);
    expect(issue).toContain(`tencent-chat:${name}`);
    expect(issue).toContain(SETTING_VARIABLES[name]);
    expect(others).toEqual([]);
  });

  test("a wrong value from the environment is blamed on the variable", () => {
    const [issue] = issuesOf({ ...VALID }, { TENCENT_CHAT_TIMEOUT_SECONDS: "soon" });
    expect(issue).toMatch(/^variable TENCENT_CHAT_TIMEOUT_SECONDS/);
  });

  test("all wrong settings are told in one message", () => {
    const issues = issuesOf({ sdkAppId: "x", secretKey: "k ", region: "mars", callsPerSecond: "0", byteLimits: "{" });
    expect(issues).toHaveLength(5);
    expect(new SettingsError(issues).message).toContain("need 5 corrections");
  });
});

describe("endpoints", () => {
  test.each([
    ["http://127.0.0.1:8080"],
    ["http://127.3.2.1:8080"],
    ["http://localhost:8080"],
    ["http://[::1]:8080"],
    ["https://adminapi.my-imcloud.com"],
  ])("%s is taken", (endpoint) => {
    const { region, ...rest } = VALID;
    expect(settingsFrom({ ...rest, endpoint }).baseUrl).toBe(endpoint);
  });

  test("a slash at the end does no harm", () => {
    expect(validSettings({ endpoint: "https://adminapi.my-imcloud.com/" }).baseUrl).toBe(
      "https://adminapi.my-imcloud.com",
    );
  });

  test("an endpoint wins over the region", () => {
    expect(validSettings({ endpoint: "https://adminapi.my-imcloud.com" }).baseUrl).toBe(
      "https://adminapi.my-imcloud.com",
    );
  });

  // https://www.tencentcloud.com/document/product/1047/34620, …/269/103966 (Tokyo), trtc.io/ko/document/49471 (Riyadh)
  test.each([
    ["china", "console.tim.qq.com"],
    ["singapore", "adminapisgp.im.qcloud.com"],
    ["seoul", "adminapikr.im.qcloud.com"],
    ["frankfurt", "adminapiger.im.qcloud.com"],
    ["silicon-valley", "adminapiusa.im.qcloud.com"],
    ["jakarta", "adminapiidn.im.qcloud.com"],
    ["tokyo", "adminapijpn.im.qcloud.com"],
    ["riyadh", "adminapiksa.im.qcloud.com"],
  ])("the region %s is asked at %s", (region, host) => {
    expect(validSettings({ region }).baseUrl).toBe(`https://${host}`);
  });
});

describe("byte limits", () => {
  test("a single limit can be raised, the others stay", () => {
    expect(validSettings({ byteLimits: '{"topicName":150}' }).byteLimits).toEqual({ ...BYTE_LIMITS, topicName: 150 });
  });

  test("naming the documented limit is no lowering", () => {
    expect(validSettings({ byteLimits: JSON.stringify(BYTE_LIMITS) }).byteLimits).toEqual(BYTE_LIMITS);
  });
});

describe("a ready-made userSig", () => {
  test("takes the place of the secret key, and its end is known", () => {
    const { credentials, credentialsOrigin } = settingsFrom(WITH_USER_SIG);
    expect(credentials.kind).toBe("userSig");
    expect(credentialsOrigin).toEqual({ kind: "configuration", name: "tencent-chat:userSig" });
    const secondsLeft = credentials.kind === "userSig" ? credentials.endsAt - Date.now() / 1000 : 0;
    expect(secondsLeft).toBeGreaterThan(3000);
  });

  test("is not used where there is a key", () => {
    expect(validSettings({ userSig: USER_SIG }).credentials.kind).toBe("secretKey");
  });

  test.each([USER_SIG.slice(0, 60), "not a signature", "****", "eJw="])(
    "that is cut off or none is named: %s",
    (text) => {
      expect(issuesOf({ ...WITH_USER_SIG, userSig: text })).toEqual([
        expect.stringMatching(/tencent-chat:userSig .*is not a UserSig, or is cut off/),
      ]);
    },
  );

  test("with white space around it is named", () => {
    expect(issuesOf({ ...WITH_USER_SIG, userSig: `${USER_SIG}\n` })).toEqual([expect.stringMatching(/white space/)]);
  });

  test("that has ended is refused with the time of its end", () => {
    const now = Date.now() + 3_601_000;
    expect(issuesOf(WITH_USER_SIG, {}, now)).toEqual([
      expect.stringMatching(/ended at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.000Z; make a new one/),
    ]);
  });

  test("for another account is refused", () => {
    expect(issuesOf({ ...WITH_USER_SIG, adminAccount: "operator" })).toEqual([
      expect.stringContaining("made for the account “administrator”, adminAccount is “operator”"),
    ]);
  });

  test("for another app is refused", () => {
    expect(issuesOf({ ...WITH_USER_SIG, sdkAppId: "1400000009" })).toEqual([
      expect.stringContaining(`made for app ${SDK_APP_ID}, sdkAppId is 1400000009`),
    ]);
  });

  test("for the same app, written with a leading zero, is taken", () => {
    expect(issuesOf({ ...WITH_USER_SIG, sdkAppId: `0${SDK_APP_ID}` })).toEqual([]);
  });

  test("is judged in one message with the other issues", () => {
    expect(issuesOf({ ...WITH_USER_SIG, userSig: "cut", timeoutSeconds: "0" })).toHaveLength(2);
  });
});

describe("secrets", () => {
  test("never show in messages, whatever is wrong with them", () => {
    const texts = [` ${SECRET_KEY}`, `${SECRET_KEY}\t`];
    const messages = texts.flatMap((text) => [
      ...issuesOf({ ...VALID, secretKey: text, region: "mars" }),
      ...issuesOf({ ...VALID, userSig: text, sdkAppId: "x" }),
      ...issuesOf({ ...WITH_USER_SIG, userSig: text }),
    ]);
    expect(messages.length).toBeGreaterThan(5);
    expect(messages.join("\n")).not.toContain(SECRET_KEY);
    expect(issuesOf({ ...WITH_USER_SIG, adminAccount: "operator" }).join()).not.toContain(USER_SIG);
  });

  test.each([
    "sdkAppId",
    "region",
    "endpoint",
    "callsPerSecond",
    "timeoutSeconds",
    "byteLimits",
    "importService",
  ] as const)("never show when a key is pasted into %s", (name) => {
    const [issue, ...others] = issuesOf({ ...VALID, [name]: SECRET_KEY });
    expect(issue).toContain(`tencent-chat:${name}`);
    expect(issue).not.toContain(SECRET_KEY);
    expect(others).toEqual([]);
  });

  test.each([
    ["key", VALID, SECRET_KEY],
    ["userSig", WITH_USER_SIG, USER_SIG],
  ])("never show when settings with a %s are printed", (_, configuration, secret) => {
    const settings = settingsFrom(configuration);
    expect(JSON.stringify(settings)).not.toContain(secret);
    expect(inspect(settings, { depth: null, showHidden: true })).not.toContain(secret);
  });
});

test("whatever texts stand in the settings: settings, or issues that each name one and show no secret", () => {
  const texts = fc.oneof(
    anyText,
    anyValue.map((value) => JSON.stringify(value)),
    fc.constantFrom("singapore", "http://127.0.0.1:1", "https://x.example/y", "17", '{"__proto__":1}'),
  );
  const secrets = fc.tuple(fc.constantFrom("", " ", "\n", "\0"), fc.constantFrom(SECRET_KEY, USER_SIG));
  const setting = fc.oneof(
    fc.tuple(fc.constantFrom(...NAMES), texts),
    fc.tuple(
      fc.constantFrom<SettingName>("secretKey", "userSig"),
      secrets.map(([around, text]) => text + around),
    ),
  );
  const some = fc.array(setting, { maxLength: 5 }).map(Object.fromEntries);
  fc.assert(
    fc.property(some, some, fc.boolean(), (configuration: Configuration, variables: Configuration, isWhole) => {
      const environment: Record<string, string> = Object.fromEntries(
        Object.entries(variables).map(([name, text]) => [SETTING_VARIABLES[name as SettingName], text]),
      );
      for (const issue of issuesOf({ ...(isWhole && VALID), ...configuration }, environment)) {
        expect(NAMES.some((name) => issue.includes(name))).toBe(true);
        expect(issue).not.toContain(SECRET_KEY);
        expect(issue).not.toContain(USER_SIG);
      }
      expect(arePrototypesClean()).toBe(true);
    }),
    { numRuns: amount(500, 10_000) },
  );
});
