import { Api } from "tls-sig-api-v2";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { SignatureExpiredError } from "../../provider/chat/errors/index.js";
import { createTransport, type Transport } from "../../provider/chat/transport.js";
import { readUserSig, UserSigSource } from "../../provider/chat/user-sig.js";
import { failureOf, GROUP, SDK_APP_ID, SECRET_KEY, TestApp, validSettings } from "./test-app.js";

const HOUR_MS = 3_600_000;

describe("a signature made from the key", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 1) }));
  afterEach(() => vi.useRealTimers());

  test("names the admin account and the app, and lasts a day", async () => {
    const userSig = await new UserSigSource(validSettings({ adminAccount: "operator" })).userSig();
    expect(readUserSig(userSig)).toEqual({
      identifier: "operator",
      sdkAppId: SDK_APP_ID,
      endsAt: Date.UTC(2026, 0, 2) / 1000,
    });
  });

  test("is made once and kept", async () => {
    const source = new UserSigSource(validSettings());
    const first = await source.userSig();
    vi.setSystemTime(Date.now() + 17 * HOUR_MS);
    expect(await source.userSig()).toBe(first);
  });

  test("is made anew long before it ends", async () => {
    const source = new UserSigSource(validSettings());
    const first = await source.userSig();
    vi.setSystemTime(Date.now() + 19 * HOUR_MS);
    const second = await source.userSig();
    expect(readUserSig(second)?.endsAt).toBe((readUserSig(first)?.endsAt ?? 0) + 19 * 3600);
  });

  test("is made anew after it was refused", async () => {
    const source = new UserSigSource(validSettings());
    const first = await source.userSig();
    vi.setSystemTime(Date.now() + 1000);
    source.discard(first);
    expect(await source.userSig()).not.toBe(first);
  });

  test("stays when an older one is refused, so that many refusals at once renew it once", async () => {
    const source = new UserSigSource(validSettings());
    const first = await source.userSig();
    vi.setSystemTime(Date.now() + 1000);
    source.discard(first);
    const second = await source.userSig();
    vi.setSystemTime(Date.now() + 1000);
    source.discard(first);
    expect(await source.userSig()).toBe(second);
  });
});

describe("a signature given ready-made", () => {
  const userSig = new Api(SDK_APP_ID, SECRET_KEY).genUserSig("administrator", 3600);
  const source = new UserSigSource(validSettings({ secretKey: "", userSig }));

  test("is used as it is, and cannot be renewed", async () => {
    expect(await source.userSig()).toBe(userSig);
    expect(source.renewable).toBe(false);
  });
});

describe("reading a signature", () => {
  test.each(["", "x", "eJw*", "{}"])("gives nothing for %j", (text) => {
    expect(readUserSig(text)).toBeUndefined();
  });

  test("works for every account and lifetime that the vendor's generator signs", () => {
    for (const account of ["administrator", "a", "robot_1", "x".repeat(32)]) {
      for (const seconds of [1, 86_400, 180 * 86_400]) {
        const userSig = new Api(SDK_APP_ID, SECRET_KEY).genUserSig(account, seconds);
        expect(readUserSig(userSig)?.identifier).toBe(account);
      }
    }
  });
});

describe("against the emulator", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  beforeEach(async () => {
    await app.reset();
    vi.spyOn(Math, "random").mockReturnValue(0);
    return () => {
      vi.restoreAllMocks();
      vi.useRealTimers();
    };
  });
  afterAll(() => app.close());

  test("a signature is accepted, for the default account and for another admin", async () => {
    expect(await app.client().getTopics(GROUP)).toEqual(new Map());
    expect(await app.client({ adminAccount: "operator" }).getTopics(GROUP)).toEqual(new Map());
  });

  test("one signature serves many calls", async () => {
    const { transport, userSigs } = recording(app);
    const client = app.client({}, { transport });
    for (let call = 0; call < 5; call++) await client.getTopics(GROUP);
    expect(new Set(userSigs).size).toBe(1);
  });

  test("an expired signature is renewed once, and the call goes on", async () => {
    app.fault({ kind: "error", code: 70001 });
    expect(await app.client().getTopics(GROUP)).toEqual(new Map());
    expect(app.commands()).toHaveLength(2);
  });

  test("the renewed signature is another one", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    // The emulator keeps the machine's clock.
    app.emulator.changeRules({ futureSignatures: "accepted" });
    const { transport, userSigs } = recording(app, () => vi.setSystemTime(Date.now() + 5_000));
    app.fault({ kind: "error", code: 70001 });
    await app.client({}, { transport }).getTopics(GROUP);
    expect(new Set(userSigs).size).toBe(2);
  });

  test("a renewed signature that is refused too is an error", async () => {
    app.fault({ kind: "error", code: 70001, times: 5 });
    await expect(app.client().getTopics(GROUP)).rejects.toThrow(SignatureExpiredError);
    expect(app.commands()).toHaveLength(2);
  });

  test("a signature that expires after other accidents of the same call is renewed as well", async () => {
    app.fault({ kind: "throttle", times: 2 }, { kind: "http", status: 502 }, { kind: "error", code: 70001 });
    expect(await app.client().getTopics(GROUP)).toEqual(new Map());
  });

  test("a ready-made signature that has expired is not sent again", async () => {
    const userSig = new Api(SDK_APP_ID, SECRET_KEY).genUserSig("administrator", 3600);
    app.fault({ kind: "error", code: 70001 });
    const error = await failureOf(app.client({ secretKey: "", userSig }).getTopics(GROUP));
    expect(error).toBeInstanceOf(SignatureExpiredError);
    expect(app.commands()).toHaveLength(1);
  });
});

function recording(app: TestApp, afterAnswer: () => void = () => {}): { transport: Transport; userSigs: string[] } {
  const real = createTransport(app.emulator.url);
  const userSigs: string[] = [];
  return {
    userSigs,
    transport: {
      post: async (url, ...rest) => {
        userSigs.push(url.searchParams.get("usersig") ?? "");
        const answer = await real.post(url, ...rest);
        afterAnswer();
        return answer;
      },
      close: () => real.close(),
    },
  };
}
