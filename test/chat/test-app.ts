/**
 * What the tests of the client and of the lifecycles share: one emulator a file, with one app and one community, and
 * clients of it that keep to no call frequency unless a test asks for one.
 */
import { Caller, type WaitingListener } from "../../provider/chat/caller.js";
import { type OpenApp, openApp } from "../../provider/chat/open-app.js";
import { TopicClient } from "../../provider/chat/topic-client.js";
import { Topics } from "../../provider/chat/topics.js";
import { createTransport, type Transport } from "../../provider/chat/transport.js";
import {
  type Emulator,
  type Fault,
  type LoggedRequest,
  type Rules,
  type Seed,
  type SeedCommunity,
  type SeedTopic,
  startEmulator,
} from "../../provider/emulator/index.js";
import type { SettingName } from "../../provider/settings/setting-sources.js";
import { resolveSettings, type Settings } from "../../provider/settings/settings.js";

export const SDK_APP_ID = 1400000001;
export const SECRET_KEY = "test-key-that-opens-nothing-0123456789abcdef";
export const GROUP = "@TGS#_players";

export function idOf(topicKey: string): string {
  return `${GROUP}@TOPIC#_${topicKey}`;
}

/** A configuration of the stack, written as `pulumi config` has it: texts without the name space. */
export type Configuration = Partial<Record<SettingName, string>>;

export function settingsFrom(
  configuration: Configuration,
  environment: Readonly<Record<string, string | undefined>> = {},
  now?: number,
): Settings {
  const values = new Map(Object.entries(configuration).map(([name, text]) => [`tencent-chat:${name}`, text]));
  return resolveSettings({ configuration: (key) => values.get(key), environment }, now);
}

/** Everything that is required, for an app that nobody asks. */
export const VALID: Configuration = { sdkAppId: String(SDK_APP_ID), secretKey: SECRET_KEY, region: "singapore" };

/** The same object for the same settings, as in a process: what is compiled for an app's limits is compiled once. */
const known = new Map<string, Settings>();

function settingsOnce(configuration: Configuration): Settings {
  const key = JSON.stringify(configuration);
  const settings = known.get(key) ?? settingsFrom(configuration);
  known.set(key, settings);
  return settings;
}

export function validSettings(changes: Configuration = {}): Settings {
  return settingsOnce({ ...VALID, ...changes });
}

export class TestApp {
  readonly #closing: (() => Promise<void>)[] = [];

  private constructor(readonly emulator: Emulator) {}

  static async start(): Promise<TestApp> {
    return new TestApp(await startEmulator({ seed: seedWith([]), rules: { enforceFrequency: false } }));
  }

  /** A fresh community with these topics, the usual rules, no faults, an empty log. */
  async reset(topics: readonly SeedTopic[] = [], rules: Partial<Rules> = {}): Promise<void> {
    await this.emulator.reset(seedWith(topics));
    this.emulator.restoreRules();
    this.emulator.changeRules(rules);
  }

  settings(changes: Configuration = {}): Settings {
    const { region, ...rest } = VALID;
    return settingsOnce({ ...rest, endpoint: this.emulator.url, callsPerSecond: "10000", ...changes });
  }

  client(
    changes: Configuration = {},
    options: { transport?: Transport; onWaiting?: WaitingListener } = {},
  ): TopicClient {
    const caller = new Caller(this.settings(changes), options);
    this.#closing.push(() => caller.close());
    return new TopicClient(caller);
  }

  topics(changes: Configuration = {}): Topics {
    return new Topics(this.client(changes));
  }

  /** Topics and communities behind one caller. */
  open(changes: Configuration = {}): OpenApp {
    const opened = openApp(this.settings(changes));
    this.#closing.push(opened.close);
    return opened;
  }

  /** The real transport, with every attempt cut off after `attemptMs`, and the URLs that were called. */
  shortTransport(attemptMs: number): Transport & { readonly urls: URL[] } {
    const real = createTransport(this.emulator.url);
    const urls: URL[] = [];
    return {
      urls,
      post: (url, body, timeoutMs, call) => {
        urls.push(url);
        return real.post(url, body, Math.min(timeoutMs, attemptMs), call);
      },
      close: () => real.close(),
    };
  }

  fault(...faults: Fault[]): void {
    for (const fault of faults) this.emulator.addFault(fault);
  }

  /** The names of the commands that arrived, in order. */
  commands(): string[] {
    return this.emulator.requests().map(({ command }) => command);
  }

  requests(command: string): (LoggedRequest & { readonly body: Record<string, unknown> })[] {
    return this.emulator.requests().filter((request) => request.command === command) as never;
  }

  /** The topic as the emulator holds it. */
  live(topicKey: string): SeedTopic | undefined {
    return this.liveTopics().find(({ topicId }) => topicId === idOf(topicKey));
  }

  /** The community as the emulator holds it. */
  liveCommunity(groupId: string): SeedCommunity | undefined {
    return this.emulator.state().apps[0]?.communities?.find((community) => community.groupId === groupId);
  }

  liveTopics(): readonly SeedTopic[] {
    return this.emulator.state().apps[0]?.communities?.[0]?.topics ?? [];
  }

  async close(): Promise<void> {
    for (const close of this.#closing) await close();
    await this.emulator.close();
  }
}

function seedWith(topics: readonly SeedTopic[]): Seed {
  return {
    apps: [
      {
        sdkAppId: SDK_APP_ID,
        secretKey: SECRET_KEY,
        admins: ["administrator", "operator"],
        accounts: ["alice"],
        communities: [
          { groupId: GROUP, name: "Players", topics },
          { groupId: "@TGS#_plain", name: "Without topics", supportTopic: false },
        ],
      },
    ],
  };
}

/** What a call that must fail failed with. */
export async function failureOf(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("the call succeeded, and should have failed");
}
