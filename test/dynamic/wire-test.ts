/**
 * `test` for the wire tier: an emulator, and provider processes that are configured for it, ended after each test, and
 * searched for what no process may ever say.
 */
import { test as base, expect } from "vitest";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, type Emulator, startEmulator } from "../../provider/emulator/index.js";
import { ensureBuiltPackage } from "./built-package.js";
import { type Properties, type ProviderOptions, ProviderProcess } from "./provider-process.js";

export const GROUP = "@TGS#_players";
export const idOf = (topicKey: string): string => `${GROUP}@TOPIC#_${topicKey}`;
export const urnOf = (name: string): string =>
  `urn:pulumi:dev::chat::pulumi-nodejs:dynamic/tencent-chat:ChatTopic::${name}`;

/** The settings of the emulator's app, as the engine gives them. */
function settingsOf(emulator: Emulator): Record<string, unknown> {
  return {
    "tencent-chat:sdkAppId": String(DEFAULT_SDK_APP_ID),
    "tencent-chat:secretKey": DEFAULT_SECRET_KEY,
    "tencent-chat:endpoint": emulator.url,
    "tencent-chat:timeoutSeconds": "5",
  };
}

interface StartOptions extends ProviderOptions {
  /** Settings beside those of the emulator's app; undefined takes one away. */
  readonly settings?: Properties;
  /** The arguments of a `ChatApp`, in place of all these. */
  readonly chatApp?: Properties;
}

interface Wire {
  /** Empty at the start of each test but for the community `GROUP`. */
  readonly emulator: Emulator;
  /** Starts a provider process that is configured. */
  readonly start: (options?: StartOptions) => Promise<ProviderProcess>;
  /** One such process for all tests of a file that make no call. */
  readonly provider: ProviderProcess;
}

export const test = base.extend<Wire>({
  emulator: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of the fixtures in use from this pattern.
    async ({}, use) => {
      const emulator = await startEmulator();
      await use(emulator);
      await emulator.close();
    },
    { scope: "file" },
  ],
  start: async ({ emulator }, use) => {
    await ensureBuiltPackage();
    await emulator.reset();
    emulator.restoreRules();
    const started: ProviderProcess[] = [];
    await use(async ({ settings, chatApp, ...options } = {}) => {
      const provider = await ProviderProcess.start(options);
      started.push(provider);
      const all = chatApp ?? { ...settingsOf(emulator), ...settings };
      const given = Object.entries(all).filter(([, value]) => value !== undefined);
      await provider.configure(Object.fromEntries(given));
      return provider;
    });
    await Promise.all(started.map((provider) => provider.end()));
    for (const provider of started) expectNothingLeaked(provider);
  },
  provider: [
    async ({ emulator }, use) => {
      await ensureBuiltPackage();
      const provider = await ProviderProcess.start();
      await provider.configure(settingsOf(emulator));
      await use(provider);
      await provider.end();
      expectNothingLeaked(provider);
    },
    { scope: "file" },
  ],
});

/** A UserSig is base64 of zlib: it starts with these letters, and is longer than any word. */
const USER_SIG = /eJ[A-Za-z0-9*_-]{50,}/;

function expectNothingLeaked(provider: ProviderProcess): void {
  const transcript = provider.transcript();
  expect(transcript, "the secret key must not be said").not.toContain(DEFAULT_SECRET_KEY);
  expect(transcript, "a UserSig must not be said").not.toMatch(USER_SIG);
  expect(transcript, "stack traces must not be shown").not.toMatch(/^\s+at .+:\d+|\\n\s+at /m);
}
