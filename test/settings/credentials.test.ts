/** What settings add to an error about credentials, and what tells two settings apart: neither shows a credential. */
import { Api } from "tls-sig-api-v2";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ChatError, ConnectionError, errorText, serviceError } from "../../provider/chat/errors/index.js";
import { clientKeyOf, describeCredentials, factsWithCredentials } from "../../provider/settings/credentials.js";
import { resolveSettings, type Settings } from "../../provider/settings/settings.js";
import {
  type Configuration,
  failureOf,
  GROUP,
  SDK_APP_ID,
  SECRET_KEY,
  settingsFrom,
  TestApp,
  VALID,
  validSettings,
} from "../chat/test-app.js";

const { secretKey, ...WITHOUT_KEY } = VALID;
const IN_VARIABLE = settingsFrom(WITHOUT_KEY, { TENCENT_CHAT_SECRET_KEY: SECRET_KEY });
const USER_SIG = new Api(SDK_APP_ID, SECRET_KEY).genUserSig("administrator", 3600);
const WITH_USER_SIG: Configuration = { ...WITHOUT_KEY, userSig: USER_SIG };

function verdict(serviceCode: number, clock?: string): ChatError {
  return serviceError({ command: "get_topic", subject: "of @TGS#_a", serviceCode, vendorText: "", clock });
}

function told(error: Error, settings: Settings | undefined): string {
  expect(error).toBeInstanceOf(ChatError);
  return errorText(factsWithCredentials(error as ChatError, settings));
}

describe("credentials are described by where they came from:", () => {
  test("the configuration", () => {
    expect(describeCredentials(validSettings())).toBe(
      "The signature was made with the key from configuration tencent-chat:secretKey.",
    );
  });

  test("a variable", () => {
    expect(describeCredentials(IN_VARIABLE)).toBe(
      "The signature was made with the key from variable TENCENT_CHAT_SECRET_KEY.",
    );
  });

  test("the argument of a ChatApp", () => {
    expect(describeCredentials(resolveSettings({ chatApp: "eu", arguments: VALID }))).toBe(
      'The signature was made with the key from ChatApp argument secretKey of "eu".',
    );
  });

  test("a signature given ready-made, with its end", () => {
    expect(describeCredentials(settingsFrom(WITH_USER_SIG))).toMatch(
      /^The signature came from configuration tencent-chat:userSig and ends at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z\.$/,
    );
  });
});

describe("an error", () => {
  const ORIGIN = "The signature was made with the key from variable TENCENT_CHAT_SECRET_KEY.";

  test.each([60004, 60005, 60010, 70001, 70003, 70009, 70013, 70016, 70020, 70403])(
    "of %i says where the credentials came from",
    (code) => {
      expect(told(verdict(code), IN_VARIABLE)).toContain(`. ${ORIGIN} What to do: `);
    },
  );

  test.each([10002, 10010, 11000, 60007, 60026, 80001])("of %i is not about them", (code) => {
    const error = verdict(code);
    expect(told(error, IN_VARIABLE)).toBe(error.message);
    expect(error.message).not.toContain("signature");
  });

  test("without an answer is not about them either", () => {
    const error = new ConnectionError({ call: "get_topic x", host: "host", reason: "it broke", outcomeUnknown: true });
    expect(told(error, IN_VARIABLE)).toBe(error.message);
  });

  test("that also blames the clock says both", () => {
    const clock = "This machine's clock is 600 s ahead of the server's: set it right.";
    expect(told(verdict(70003, clock), IN_VARIABLE)).toContain(`. ${ORIGIN} ${clock} What to do: `);
  });

  test("stays as it is where the settings are not known", () => {
    const error = verdict(70009);
    expect(told(error, undefined)).toBe(error.message);
  });

  test("is not changed by what is told of it", () => {
    const error = verdict(70009);
    const before = error.message;
    expect(told(error, IN_VARIABLE)).not.toBe(before);
    expect(error.message).toBe(before);
    expect(errorText(error.facts)).toBe(before);
  });
});

describe("a call that is refused", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  beforeEach(() => app.reset());
  afterAll(() => app.close());

  test("for a wrong key is told with where the key is", async () => {
    const wrong = { secretKey: "wrong" };
    const error = await failureOf(app.client(wrong).getTopics(GROUP));
    expect(told(error, app.settings(wrong))).toMatch(
      /70009.*The signature was made with the key from configuration tencent-chat:secretKey/,
    );
  });

  test("for a ready-made signature that has expired is told with where that is, and when it ends", async () => {
    const readyMade = { secretKey: "", userSig: USER_SIG };
    app.fault({ kind: "error", code: 70001 });
    const error = await failureOf(app.client(readyMade).getTopics(GROUP));
    expect(told(error, app.settings(readyMade))).toMatch(
      /The signature came from configuration tencent-chat:userSig and ends at 20/,
    );
  });
});

describe("the identity of settings", () => {
  test("is the same for the same settings", () => {
    expect(clientKeyOf(settingsFrom(VALID))).toBe(clientKeyOf(settingsFrom({ ...VALID })));
  });

  test("differs for two keys of one app, and shows neither", () => {
    const keys = ["one-key-that-opens-nothing", "another-key-that-opens-nothing"];
    const identities = keys.map((key) => clientKeyOf(settingsFrom({ ...VALID, secretKey: key })));
    expect(new Set(identities).size).toBe(2);
    for (const key of keys) expect(identities.join()).not.toContain(key);
  });

  test("differs for two ready-made signatures, and shows neither", () => {
    const userSigs = ["a", "b"].map((key) => new Api(SDK_APP_ID, key).genUserSig("administrator", 3600));
    const identities = userSigs.map((userSig) => clientKeyOf(settingsFrom({ ...WITH_USER_SIG, userSig })));
    expect(new Set(identities).size).toBe(2);
    for (const userSig of userSigs) expect(identities.join()).not.toContain(userSig);
  });

  test.each<Configuration>([
    { sdkAppId: "1400000009" },
    { region: "seoul" },
    { adminAccount: "operator" },
    { callsPerSecond: "7" },
    { timeoutSeconds: "7" },
    { importService: "million_group_open_http_svc" },
  ])("differs with every setting that calls depend on: %j", (changes) => {
    expect(clientKeyOf(settingsFrom({ ...VALID, ...changes }))).not.toBe(clientKeyOf(settingsFrom(VALID)));
  });
});
