/** `adopt`, `onRemove` and topics that two resources name, through the real Pulumi CLI against the emulator. */
import { describe, expect, test } from "vitest";
import type { Emulator, SeedTopic } from "../../provider/emulator/index.js";
import { longRunTest } from "../proof.js";
import { calls, GROUP, idOf, liveTopics } from "./chat-rest.js";
import { type Fresh, withFreshStack } from "./fresh-stack.js";
import type { DeclaredResource, Stack } from "./stack.js";

let emulator: Emulator;
let stack: Stack;
let begin: Fresh["begin"];

withFreshStack((fresh) => {
  ({ emulator, stack, begin } = fresh);
});

const topic = (name: string, more: object = {}): DeclaredResource => ({
  name,
  groupId: GROUP,
  topicName: name,
  ...more,
});

/** Puts topics into the app that nobody has declared yet. */
async function existing(...topics: SeedTopic[]): Promise<void> {
  const seed = structuredClone(emulator.state());
  const community = seed.apps[0]?.communities?.[0];
  await emulator.reset({
    apps: [{ ...seed.apps[0], communities: [{ ...community, topics }] }],
  } as Parameters<Emulator["reset"]>[0]);
}

const USED = { nextMsgSeq: 12, lastMsgTime: 1_700_000_000 };

describe("a topic whose id exists already", () => {
  const states: Record<string, Pick<SeedTopic, "topicName" | "nextMsgSeq" | "lastMsgTime">> = {
    "equal-unused": { topicName: "Equal" },
    "equal-used": { topicName: "Equal", ...USED },
    "other-unused": { topicName: "Another" },
    "other-used": { topicName: "Another", ...USED },
  };
  /** Which of them each value takes over; for the others, the value that its error names. */
  const table = {
    unused: { "equal-unused": true, "equal-used": "matching", "other-unused": "any", "other-used": "any" },
    matching: { "equal-unused": true, "equal-used": true, "other-unused": "any", "other-used": "any" },
    any: { "equal-unused": true, "equal-used": true, "other-unused": true, "other-used": true },
    none: { "equal-unused": "unused", "equal-used": "matching", "other-unused": "any", "other-used": "any" },
  } as const;
  /** All of it at once, a topic for each: `adopt` of one value is declared for all four states. */
  const cases = Object.entries(table).flatMap(([adopt, row]) =>
    Object.entries(row).map(([state, verdict]) => ({ name: `${adopt}-of-${state}`, adopt, state, verdict })),
  );
  const declaredFor = ({ name, adopt }: (typeof cases)[number]) =>
    topic(name, { topicName: "Equal", ...(adopt !== "unused" && { adopt }) });

  test("is taken over, or refused with the reason, as `adopt` says", async () => {
    await existing(...cases.map(({ name, state }) => ({ topicKey: name, topicName: "", ...states[state] })));
    await stack.declare(...cases.map(declaredFor));
    const { output } = await stack.run("up", "--yes", "--skip-preview", "--continue-on-error");

    const taken = cases.filter(({ verdict }) => verdict === true);
    expect(Object.keys(await stack.topics()).sort()).toEqual(taken.map(({ name }) => name).sort());
    for (const { name, verdict } of cases) {
      expect(output).toMatch(
        verdict === true
          ? new RegExp(`ChatTopic \\(${name}\\):\\n\\s+warning: 1 topic existed already and was taken over`)
          : new RegExp(`Topic "${name}" in @TGS#_players exists already.*set \`adopt: "${verdict}"\``),
      );
    }
    const live = liveTopics(emulator);
    for (const { name, adopt, state } of cases) {
      expect(live[name]).toMatchObject(
        adopt === "any" ? { ...states[state], topicName: "Equal" } : { ...states[state] },
      );
    }
    // What is taken over is in the state as it is: nothing more to do.
    await stack.declare(...taken.map(declaredFor));
    await stack.up("--expect-no-changes");
  });

  test("is taken over and muted, since an import cannot mute, and muting is no difference", async () => {
    await existing({ topicKey: "muted", topicName: "muted" });
    await stack.declare(topic("muted", { muteAllMember: true }));
    await stack.up();
    expect(liveTopics(emulator).muted?.muteAllMember).toBe(true);
  });

  longRunTest("shows no diff when only adopt changes", async () => {
    await begin({ topics: [topic("a")] });
    await stack.declare(topic("a", { adopt: "any" }));
    await stack.up("--expect-no-changes");
  });
});

describe("a removed topic", () => {
  const used = (key: string) => emulator.addMessages(idOf(key), 3);

  test("without messages is destroyed by default; with messages it stays, in the state too, and the error says how to go on", async () => {
    await stack.declare(topic("used"), topic("unused"));
    await stack.up();
    used("used");
    await stack.declare();
    const output = await stack.fail("up", "--yes", "--skip-preview", "--continue-on-error");
    expect(output).toMatch(/Topic "used" in @TGS#_players was not destroyed: it has messages.*onRemove: "destroy"/);
    expect(Object.keys(liveTopics(emulator))).toEqual(["used"]);
    expect(Object.keys(await stack.topics())).toEqual(["used"]);
  });

  test('is destroyed with its messages by onRemove "destroy", and left and forgotten by "retain"', async () => {
    await stack.declare(topic("destroy", { onRemove: "destroy" }), topic("retain", { onRemove: "retain" }));
    await stack.up();
    used("destroy");
    used("retain");
    await stack.destroy();
    expect(Object.keys(liveTopics(emulator))).toEqual(["retain"]);
    expect(await stack.topics()).toEqual({});
  });

  longRunTest("follows the onRemove of the last up, whose change made no call", async () => {
    await begin({ topics: [topic("a")] });
    used("a");
    emulator.clearRequests();
    await stack.declare(topic("a", { onRemove: "destroy" }));
    await stack.up();
    expect(calls(emulator)).toEqual([]);
    await stack.declare();
    await stack.up();
    expect(liveTopics(emulator)).toEqual({});
  });

  longRunTest("with messages fails its replacement before anything is lost", async () => {
    await begin({ topics: [topic("a")] });
    used("a");
    await stack.declare(topic("a", { topicKey: "b" }));
    expect(await stack.failUp()).toContain('Topic "a" in @TGS#_players was not destroyed');
    expect(Object.keys(liveTopics(emulator))).toEqual(["a"]);
    expect((await stack.topics()).a?.id).toBe(idOf("a"));
  });
});

test("a mistyped community destroys nothing", async () => {
  await begin({ topics: [topic("a")] });
  await stack.declare(topic("a", { groupId: "@TGS#_nobody" }));
  expect(await stack.failUp()).toContain("Community @TGS#_nobody does not exist in app");
  expect(Object.keys(liveTopics(emulator))).toEqual(["a"]);
  expect((await stack.topics()).a?.id).toBe(idOf("a"));
});

describe("a topic that two resources name", () => {
  test("fails at preview when both declare it, naming both", async () => {
    await stack.declare(topic("one", { topicKey: "same" }), topic("two", { topicId: idOf("same") }));
    const output = await stack.fail("preview");
    expect(output).toMatch(
      /Topic "same" in @TGS#_players is declared twice, by (ChatTopic "one" and ChatTopic "two"|ChatTopic "two" and ChatTopic "one")/,
    );
    expect(calls(emulator)).toEqual([]);
  });

  test("is refused at preview, with the recipe, when it changes hands while its resource takes another id", async () => {
    await stack.declare(topic("a", { topicKey: "x" }), topic("b", { topicKey: "y" }));
    await stack.up();
    emulator.clearRequests();
    await stack.declare(topic("a", { topicKey: "y" }), topic("b", { topicKey: "x" }));
    expect(await stack.fail("preview")).toMatch(
      /cannot move from (ChatTopic "a" to ChatTopic "b"|ChatTopic "b" to ChatTopic "a"|its resource to ChatTopic "\w") in this way.*onRemove: "retain"/,
    );
    expect(calls(emulator)).toEqual([]);
  });

  test("survives a forced replacement by the same id", async () => {
    await begin({ topics: [topic("a")] });
    const urn = (await stack.topics()).a?.urn ?? "";
    await stack.up("--replace", urn);
    expect(Object.keys(liveTopics(emulator))).toEqual(["a"]);
    expect((await stack.topics()).a?.id).toBe(idOf("a"));
  });
});

describe("the state of another app", () => {
  test("is refused by preview and up before any call, and says that another app wants another stack", async () => {
    await begin({ topics: [topic("a")] });
    const other = { TENCENT_CHAT_SDK_APP_ID: "1400000001" };
    const refresh = ["up", "--yes", "--refresh"];
    for (const command of [["preview"], ["up", "--yes"], refresh, [...refresh, "--run-program"]]) {
      const { exitCode, output } = await stack.with(other).run(...command);
      expect(exitCode).not.toBe(0);
      expect(output).toContain("belongs to app 1400000000, but the settings name app 1400000001");
    }
    expect(calls(emulator)).toEqual([]);
    expect(Object.keys(await stack.topics())).toEqual(["a"]);
  });

  test("is refused by refresh and destroy where the environment names the app", async () => {
    await begin({ topics: [topic("a")] });
    for (const command of ["refresh", "destroy"]) {
      const output = await stack.with({ TENCENT_CHAT_SDK_APP_ID: "1400000001" }).fail(command, "--yes");
      expect(output).toContain("belongs to app 1400000000");
      expect(output).not.toMatch(/\n\s+at /);
    }
    expect(calls(emulator)).toEqual([]);
  });
});
