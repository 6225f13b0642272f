/** Several apps in one program, each a `ChatApp`, through the real Pulumi CLI against an emulator with two apps. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, type Emulator, type Seed } from "../../provider/emulator/index.js";
import { longRunTest } from "../proof.js";
import { calls, GROUP } from "./chat-rest.js";
import { type Fresh, withFreshStack } from "./fresh-stack.js";
import { type Declared, type DeclaredResource, Stack } from "./stack.js";

const EU_APP_ID = 1400000002;
const EU_KEY = "MARKER-of-the-european-key-0123456789abcdefghijklmnopqrstuvwxyz";
const ROTATED_KEY = "MARKER-of-the-rotated-key-0123456789abcdefghijklmnopqrstuvwxyz";

const seedWith = (euKey: string): Seed => ({
  apps: [
    { sdkAppId: DEFAULT_SDK_APP_ID, secretKey: DEFAULT_SECRET_KEY, communities: [{ groupId: GROUP }] },
    { sdkAppId: EU_APP_ID, secretKey: euKey, communities: [{ groupId: GROUP }] },
  ],
});

let emulator: Emulator;
let stack: Stack;
let begin: Fresh["begin"];

withFreshStack(
  (fresh) => {
    ({ emulator, stack, begin } = fresh);
  },
  { seed: seedWith(EU_KEY), environment: { EU_KEY } },
);

const appWith = (args: object = {}, more: object = {}) => ({
  name: "eu",
  keyVariable: "EU_KEY",
  args: { sdkAppId: EU_APP_ID, endpoint: emulator.url, ...args },
  ...more,
});
/** The app of the stack's own settings, as a ChatApp. */
const homeApp = () => ({
  name: "home",
  args: { sdkAppId: DEFAULT_SDK_APP_ID, secretKey: DEFAULT_SECRET_KEY, endpoint: emulator.url },
});
const topic = (name: string, more: object = {}): DeclaredResource => ({
  name,
  groupId: GROUP,
  topicName: name,
  ...more,
});

/** The keys of the live topics of the community, by app. */
function liveKeys(): Record<number, string[]> {
  const keysOf = (app: Seed["apps"][number]) =>
    (app.communities ?? [])
      .filter(({ groupId }) => groupId === GROUP)
      .flatMap(({ topics = [] }) => topics.map(({ topicId = "" }) => topicId.split("@TOPIC#_")[1] ?? ""));
  return Object.fromEntries(emulator.state().apps.map((app) => [app.sdkAppId, keysOf(app).sort()]));
}

/** The resources of ours in the state, by name, without what names their provider. */
async function stateOfOurs(): Promise<Record<string, unknown>> {
  const entries = Object.entries(await stack.topics());
  return Object.fromEntries(entries.map(([name, { id, inputs, outputs }]) => [name, { id, inputs, outputs }]));
}

describe("a program with several apps", () => {
  const declared = (): Declared => ({
    apps: [appWith()],
    topics: [topic("at-home"), topic("in-europe", { app: "eu" })],
    sets: [{ name: "set", groupId: GROUP, app: "eu", topics: { a: { topicName: "A" }, b: { topicName: "B" } } }],
  });

  test("makes each topic in its own app, changes nothing the second time, and takes all of it down", async () => {
    await begin(declared());
    expect(liveKeys()).toEqual({ [DEFAULT_SDK_APP_ID]: ["at-home"], [EU_APP_ID]: ["a", "b", "in-europe"] });
    await stack.expectSettled();
    await stack.destroy();
    expect(liveKeys()).toEqual({ [DEFAULT_SDK_APP_ID]: [], [EU_APP_ID]: [] });
  });

  longRunTest("may declare the same topic once in each", async () => {
    await begin({
      apps: [appWith()],
      topics: [topic("one", { topicKey: "same" }), topic("two", { topicKey: "same", app: "eu" })],
    });
    expect(liveKeys()).toEqual({ [DEFAULT_SDK_APP_ID]: ["same"], [EU_APP_ID]: ["same"] });
  });

  test("may drop an app together with its resources, which are then destroyed in it", async () => {
    await begin(declared());
    await stack.declareAll({ topics: [topic("at-home")] });
    await stack.up();
    expect(liveKeys()).toEqual({ [DEFAULT_SDK_APP_ID]: ["at-home"], [EU_APP_ID]: [] });
    expect(Object.keys(await stack.topics())).toEqual(["at-home"]);
  });

  test("cannot move a topic from one app to another: refused before any call, with the ways out", async () => {
    await begin(declared());
    await stack.declareAll({
      ...declared(),
      topics: [topic("at-home", { app: "eu" }), topic("in-europe", { app: "eu" })],
    });
    expect(await stack.fail("preview")).toMatch(/belongs to app 1400000000, but .* name app 1400000002.*`provider`/s);
    expect(calls(emulator)).toEqual([]);
  });

  test("is warned when two ChatApps are the same app", async () => {
    await stack.declareAll({ apps: [appWith(), { ...appWith(), name: "twin" }] });
    expect(await stack.preview()).toMatch(
      /twin\):\n\s+warning: ChatApp "twin" and ChatApp "eu" are the same app 1400000002/,
    );
  });

  longRunTest("lets a community take its topics along", async () => {
    const league = {
      name: "league",
      app: "eu",
      args: { groupId: "@TGS#_league", name: "League", onRemove: "destroy" },
    };
    const inside = { groupId: "@TGS#_league", app: "eu", deletedWith: "league", topicName: "General" };
    await begin({ apps: [appWith()], communities: [league], topics: [{ name: "general", ...inside }] });
    await stack.destroy();
    expect(emulator.requests().map(({ app, command }) => [app, command])).toEqual([[EU_APP_ID, "destroy_group"]]);
    expect(await stack.topics()).toEqual({});
  });
});

describe("resources that change their provider within an app", () => {
  const resources = (app?: string): Declared => ({
    communities: [{ name: "league", args: { groupId: "@TGS#_league", name: "League" }, ...(app && { app }) }],
    topics: [topic("single", app ? { app } : {})],
    sets: [{ name: "set", groupId: GROUP, topics: { a: { topicName: "A" } }, ...(app && { app }) }],
  });
  const home = (name: string) => ({ ...homeApp(), name });

  /** Brings each up after the other, and compares. */
  async function expectUntouched(...steps: Declared[]): Promise<void> {
    const [first = {}, ...more] = steps;
    await begin(first);
    const state = await stateOfOurs();
    for (const step of more) {
      await stack.declareAll(step);
      await stack.up();
      expect(calls(emulator)).toEqual([]);
      expect(await stateOfOurs()).toEqual(state);
    }
    await stack.refresh("--expect-no-changes");
  }

  test("from the stack's settings to a ChatApp and back stay untouched", async () => {
    await expectUntouched(resources(), { apps: [homeApp()], ...resources("home") }, resources());
  });

  longRunTest("from a ChatApp to one of another name, with and without an alias, stay untouched", async () => {
    await expectUntouched(
      { apps: [homeApp()], ...resources("home") },
      { apps: [{ ...home("two"), formerName: "home" }], ...resources("two") },
      { apps: [home("three")], ...resources("three") },
    );
  });
});

describe("the arguments of a ChatApp", () => {
  test("are checked with its first resource, at preview, all at once; the environment does not fill in", async () => {
    const args = { sdkAppId: undefined, endpoint: "http://chat.example.com", timeoutSeconds: 0 };
    await stack.declareAll({
      apps: [appWith(args, { keyVariable: "NOT_SET" })],
      topics: [topic("general", { app: "eu" })],
    });
    const output = await stack.fail("preview");
    expect(output).toContain("need 4 corrections");
    for (const fault of [
      'sdkAppId is missing: give ChatApp argument sdkAppId of "eu"',
      'secretKey or userSig is missing: give ChatApp argument secretKey of "eu"',
      'ChatApp argument endpoint of "eu" would send credentials unencrypted',
      'ChatApp argument timeoutSeconds of "eu" “0” must be at least 1',
    ]) {
      expect(output).toContain(fault);
    }
    expect(output).not.toMatch(/\n\s+at /);
    expect(calls(emulator)).toEqual([]);
  });

  longRunTest("count: raised byte limits, and the account that signs", async () => {
    const long = "x".repeat(40);
    emulator.changeRules({ byteLimits: { topicName: 150 } });
    await stack.declareAll({
      apps: [appWith({ byteLimits: { topicName: 150 } })],
      topics: [topic("general", { topicName: long, app: "eu" })],
    });
    await stack.up();
    emulator.restoreRules();
    await stack.declareAll({ apps: [appWith({ adminAccount: "nobody" })], topics: [topic("other", { app: "eu" })] });
    expect(await stack.failUp()).toMatch(/import_topic "other" in @TGS#_players: \d+/);
  });

  longRunTest("that are not known at preview leave it open, and are checked by the update", async () => {
    const program = `
      const pulumi = require("@pulumi/pulumi");
      const { ChatApp, ChatTopic } = require("pulumi-tencent-chat");
      class Vault extends pulumi.dynamic.Resource {
        constructor(name) {
          super({ create: async () => ({ id: "v", outs: { key: "${EU_KEY}" } }) }, name, { key: undefined },
            { additionalSecretOutputs: ["key"] });
        }
      }
      const args = { sdkAppId: ${EU_APP_ID}, endpoint: "${emulator.url}", secretKey: new Vault("vault").key };
      const provider = new ChatApp("eu", args);
      exports.id = new ChatTopic("general", { groupId: "${GROUP}", topicName: "General" }, { provider }).topicId;`;
    await using other = await Stack.create(emulator, { program: "index.js", files: { "index.js": program } });
    expect(await other.preview()).toContain("4 to create");
    expect(calls(emulator)).toEqual([]);
    await other.up();
    expect(liveKeys()[EU_APP_ID]).toEqual(["general"]);
    await other.up("--expect-no-changes");
  });
});

describe("the key of a ChatApp", () => {
  const declared = (): Declared => ({ apps: [appWith()], topics: [topic("general", { app: "eu" })] });

  /** Somebody makes a new key for the European app: the old one opens nothing any more. */
  async function rotate(): Promise<void> {
    const { apps } = emulator.state();
    await emulator.reset({
      apps: apps.map((app) => (app.sdkAppId === EU_APP_ID ? { ...app, secretKey: ROTATED_KEY } : app)),
    } as Seed);
  }

  test("that was rotated counts from the next up on, which changes no resource", async () => {
    await begin(declared());
    await rotate();
    await stack.with({ EU_KEY: ROTATED_KEY }).up();
    expect(calls(emulator)).toEqual([]);
    await stack.refresh("--expect-no-changes");
    await stack.destroy();
    expect(liveKeys()[EU_APP_ID]).toEqual([]);
  });

  test("that was rotated without an up stops refresh and destroy, which say so; --run-program takes the new one", async () => {
    await begin(declared());
    await rotate();
    const rotated = stack.with({ EU_KEY: ROTATED_KEY });
    for (const command of ["refresh", "destroy"]) {
      const output = await rotated.fail(command, "--yes", "--skip-preview");
      expect(output).toContain('the key from ChatApp argument secretKey of "eu"');
      expect(output).toContain("run on the settings of the last `pulumi up`: run one first, or add `--run-program`");
    }
    await rotated.refresh("--run-program");
    await rotated.destroy("--run-program");
    expect(liveKeys()[EU_APP_ID]).toEqual([]);
  });

  test("shows nowhere: not in the state, not in what commands print, not in errors", async () => {
    await stack.declareAll(declared());
    const outputs: string[] = [];
    const run = async (...command: string[]) => outputs.push((await stack.run(...command)).output);
    await run("preview", "--diff");
    emulator.addFault({ kind: "error", code: 70009, times: 99 });
    await run("up", "--yes", "--skip-preview");
    emulator.clearFaults();
    await run("up", "--yes", "--diff");
    await run("refresh", "--yes", "--diff");
    await run("stack", "export");
    await run("stack", "output", "--json");
    await run("destroy", "--yes", "--diff");
    const files = await readdir(stack.folder, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), "latin1")),
    );
    expect(outputs.join()).toContain("ChatTopic");
    expect([...outputs, ...texts, JSON.stringify(emulator.requests())].filter((text) => text.includes(EU_KEY))).toEqual(
      [],
    );
  });
});

describe("a run that holds a ready signature and no key", () => {
  const signature = async (appId: number, key: string) => {
    const { Api } = await import("tls-sig-api-v2");
    return new Api(appId, key).genUserSig("administrator", 3600);
  };

  test("does all that a run with the key does", async () => {
    const run = stack.with({
      TENCENT_CHAT_SECRET_KEY: undefined,
      TENCENT_CHAT_USER_SIG: await signature(DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY),
    });
    await run.declare(topic("general", { introduction: "Hello" }));
    await run.up();
    await run.expectSettled();
    await run.declare(topic("general"));
    await run.up();
    await run.destroy();
    expect(liveKeys()[DEFAULT_SDK_APP_ID]).toEqual([]);
    expect(emulator.requests().every(({ code }) => code === 0)).toBe(true);
  });

  test("says at preview that its signature is over, for which account it was made, or for which app", async () => {
    const run = stack.with({
      TENCENT_CHAT_SECRET_KEY: undefined,
      TENCENT_CHAT_USER_SIG: await signature(EU_APP_ID, EU_KEY),
    });
    await run.declare(topic("general"));
    expect(await run.fail("preview")).toContain("was made for app 1400000002, sdkAppId is 1400000000");
  });

  longRunTest("may give it to a ChatApp", async () => {
    const userSig = await signature(EU_APP_ID, EU_KEY);
    await begin({
      apps: [appWith({ userSig }, { keyVariable: "NOT_SET" })],
      topics: [topic("general", { app: "eu" })],
    });
    expect(liveKeys()[EU_APP_ID]).toEqual(["general"]);
    expect(await stack.succeed("stack", "export")).not.toContain(userSig);
  });
});
