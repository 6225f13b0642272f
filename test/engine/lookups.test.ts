/** `getTopics` and `getCommunity` in programs, through the real Pulumi CLI against the emulator. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, type Emulator, type Seed } from "../../provider/emulator/index.js";
import { calls, GROUP, idOf, outsideHands } from "./chat-rest.js";
import { withFreshStack } from "./fresh-stack.js";
import type { Stack } from "./stack.js";

const EU_APP_ID = 1400000002;
const EU_KEY = "key-of-the-european-app-0123456789abcdefghijklmnopqrstuvwxyz";
const SEED: Seed = {
  apps: [
    {
      sdkAppId: DEFAULT_SDK_APP_ID,
      secretKey: DEFAULT_SECRET_KEY,
      communities: [{ groupId: GROUP, name: "Players", topics: [{ topicKey: "lobby", topicName: "Lobby" }] }],
    },
    { sdkAppId: EU_APP_ID, secretKey: EU_KEY, communities: [{ groupId: GROUP, name: "Joueurs" }] },
  ],
};

let emulator: Emulator;
let stack: Stack;

withFreshStack(
  (fresh) => {
    ({ emulator, stack } = fresh);
  },
  { program: "index.js", files: { "index.js": "" }, seed: SEED },
);

const HEAD = `
  const pulumi = require("@pulumi/pulumi");
  const { ChatApp, ChatCommunity, ChatTopic, getCommunity, getCommunityOutput, getTopics, getTopicsOutput } =
    require("pulumi-tencent-chat");
  const groupId = "${GROUP}";
  const keysOf = ({ topics }) => topics.map(({ topicKey }) => topicKey);`;

async function runs(program: string, environment: NodeJS.ProcessEnv = {}): Promise<void> {
  await writeFile(join(stack.folder, "index.js"), `${HEAD}\n${program}`);
  stack = stack.with(environment);
}

/** What the program gives out, as it stands in the state: a secret would be unreadable. */
const outputs = async () => (await stack.state())[0]?.outputs;

describe("a lookup", () => {
  test("is live in preview and up, with the settings of the stack, and leaves nothing in the state", async () => {
    await runs(
      `exports.keys = getTopics({ groupId }).then(keysOf);
       exports.name = getCommunityOutput({ groupId }).name;`,
      { TENCENT_CHAT_SECRET_KEY: undefined },
    );
    await stack.succeed("config", "set", "--secret", "tencent-chat:secretKey", DEFAULT_SECRET_KEY);
    expect(await stack.preview()).toContain("lobby");
    await stack.up();
    expect(await outputs()).toEqual({ keys: ["lobby"], name: "Players" });
    expect((await stack.state()).map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
    await stack.up("--expect-no-changes");

    const outside = outsideHands(emulator);
    await outside.import({ groupId: GROUP, topicId: idOf("later"), topicName: "Later" });
    await outside.close();
    await stack.up("--refresh");
    expect(await outputs()).toMatchObject({ keys: ["later", "lobby"] });
  });

  test("of a community that the program makes is unknown at the first preview, and waits for it in the update", async () => {
    await runs(
      `const league = new ChatCommunity("league", { groupId: "@TGS#_league", name: "League" });
       const general = new ChatTopic("general", { groupId: league.groupId, topicName: "General" });
       const answer = getTopicsOutput({ groupId: league.groupId }, { dependsOn: [general] });
       exports.keys = answer.apply(keysOf);
       exports.name = getCommunityOutput({ groupId: league.groupId }).name;`,
    );
    await stack.preview();
    expect(calls(emulator)).toEqual([]);
    await stack.up();
    expect(await outputs()).toEqual({ keys: ["general"], name: "League" });
    await stack.up("--expect-no-changes");
  });

  test("may decide which resources there are", async () => {
    await runs(
      `getTopicsOutput({ groupId }).apply(({ topics }) => {
         for (const { topicKey, topicName } of topics)
           new ChatTopic("copy-" + topicKey, { groupId, topicName });
       });`,
    );
    await stack.up("--skip-preview");
    expect(Object.keys(await stack.topics())).toEqual(["copy-lobby"]);
  });

  test("asks the ChatApp that is given, or that a parent has", async () => {
    await runs(
      `const eu = new ChatApp("eu", { sdkAppId: ${EU_APP_ID}, secretKey: pulumi.secret(process.env.EU_KEY), endpoint: process.env.TENCENT_CHAT_ENDPOINT });
       const team = new pulumi.ComponentResource("test:index:Team", "team", {}, { providers: [eu] });
       exports.home = getCommunity({ groupId }).then(({ name }) => name);
       exports.given = getCommunity({ groupId }, { provider: eu }).then(({ name }) => name);
       exports.inherited = getCommunityOutput({ groupId }, { parent: team }).name;`,
      { EU_KEY },
    );
    await stack.up();
    expect(await outputs()).toEqual({ home: "Players", given: "Joueurs", inherited: "Joueurs" });
    // The key is a secret; what was looked up with it is none.
    expect(await stack.succeed("stack", "output")).toContain("Joueurs");
    expect(await stack.succeed("stack", "export")).not.toContain(EU_KEY);
  });

  test("through a ChatApp whose key is not known at preview is unknown there in its output form, and refused in the other", async () => {
    const app = `
      class Vault extends pulumi.dynamic.Resource {
        constructor(name) {
          super({ create: async () => ({ id: "v", outs: { key: process.env.EU_KEY } }) }, name, { key: undefined });
        }
      }
      const provider = new ChatApp("eu", {
        sdkAppId: ${EU_APP_ID}, endpoint: process.env.TENCENT_CHAT_ENDPOINT, secretKey: new Vault("vault").key,
      });`;
    await runs(`${app} exports.name = getCommunityOutput({ groupId }, { provider }).name;`, { EU_KEY });
    await stack.preview();
    await stack.up();
    expect(await outputs()).toEqual({ name: "Joueurs" });
    await stack.restore();
    await runs(`${app} exports.name = getCommunity({ groupId }, { provider }).then(({ name }) => name);`, { EU_KEY });
    expect(await stack.fail("preview")).toMatch(/getCommunity @TGS#_players: an argument .*use `getCommunityOutput`/);
  });
});

describe("a lookup that fails", () => {
  test.each(["getTopics", "getCommunityOutput"])(
    "as %s of no community is one message at preview, without a stack trace",
    async (name) => {
      await runs(`exports.answer = ${name}({ groupId: "@TGS#_nowhere" });`);
      const output = await stack.fail("preview");
      const message = `${name.replace("Output", "")}: Community @TGS#_nowhere does not exist in app ${DEFAULT_SDK_APP_ID}.`;
      expect(output.split("Diagnostics:")[1]?.split(message)).toHaveLength(2);
      expect(output).not.toMatch(/\n\s+at /);
    },
  );

  test("can be caught, so that a program can ask whether a community exists", async () => {
    await runs(
      `exports.exists = getCommunity({ groupId: "@TGS#_nowhere" }).then(() => true, ({ code }) => {
         if (code === "MISSING_COMMUNITY") return false;
         throw new Error(code);
       });`,
    );
    await stack.up();
    expect(await outputs()).toEqual({ exists: false });
  });

  test("for its settings names them all, and shows no credential", async () => {
    await runs(`exports.answer = getTopics({ groupId });`, {
      TENCENT_CHAT_SDK_APP_ID: "fourteen",
      TENCENT_CHAT_SECRET_KEY: " padded-key ",
    });
    const output = await stack.fail("preview");
    expect(output).toContain("need 2 corrections");
    expect(output).not.toMatch(/padded-key|\n\s+at /);
  });
});
