/** The life of a topic, through the real Pulumi CLI against the emulator. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../provider/emulator/index.js";
import { longRunTest } from "../proof.js";
import { calls, GROUP, idOf, liveTopics, outsideHands } from "./chat-rest.js";
import { type Fresh, withFreshStack } from "./fresh-stack.js";
import type { DeclaredResource, Stack } from "./stack.js";

const FULL = {
  topicName: "General",
  introduction: "Everything that fits nowhere else",
  notification: "Be kind",
  faceUrl: "https://example.com/general.png",
  customString: '{"category":"talk"}',
  muteAllMember: true,
};

const general = (changes: object = {}): DeclaredResource => ({ name: "general", groupId: GROUP, ...FULL, ...changes });

let emulator: Emulator;
let stack: Stack;
let begin: Fresh["begin"];

withFreshStack((fresh) => {
  ({ emulator, stack, begin } = fresh);
});

describe("a topic with every field", () => {
  test("is created by one import and one mute, shows its id at preview, and is not touched by a second up", async () => {
    await stack.declare(general({ createTime: 1_700_000_000, fromAccount: "administrator" }));
    expect(await stack.preview()).toContain(`id       : "${idOf("general")}"`);
    expect(calls(emulator)).toEqual([]);

    await stack.up();
    expect(liveTopics(emulator).general).toMatchObject({ ...FULL, createTime: 1_700_000_000 });
    expect(calls(emulator)).toEqual(["import_topic", "modify_topic"]);

    emulator.clearRequests();
    expect(await stack.up("--expect-no-changes")).toContain("2 unchanged");
    expect(calls(emulator)).toEqual([]);
    expect((await stack.topics()).general).toMatchObject({
      id: idOf("general"),
      outputs: { ...FULL, topicId: idOf("general"), topicKey: "general", sdkAppId: 1400000000 },
    });
  });
});

describe("a topic that is up", () => {
  beforeEach(() => begin({ topics: [general()] }));

  longRunTest("gets each changed field by one modify_topic that holds nothing else", async () => {
    const changes = {
      topicName: "Générale 綜合",
      introduction: "new",
      notification: "new",
      faceUrl: "https://example.com/new.png",
      customString: "new",
      muteAllMember: false,
    };
    for (const [field, value] of Object.entries(changes)) {
      emulator.clearRequests();
      await stack.declare(general({ [field]: value }));
      await stack.up();
      const wireName = field[0]?.toUpperCase() + field.slice(1);
      const wireValue = typeof value === "boolean" ? "Off" : value;
      expect(emulator.requests().map(({ body }) => body)).toEqual([
        { GroupId: GROUP, TopicId: idOf("general"), [wireName]: wireValue, ...reverted(field) },
      ]);
      expect(liveTopics(emulator).general).toMatchObject({ [field]: value });
      previous = field;
    }
  });

  let previous: string | undefined;
  /** The field of the round before goes back to what it was, in the same call. */
  function reverted(field: string): object {
    if (previous === undefined || previous === field) return {};
    const value = FULL[previous as keyof typeof FULL];
    return { [previous[0]?.toUpperCase() + previous.slice(1)]: value === true ? "On" : value };
  }

  test("has a text cleared, and reads back that it is, once the program no longer declares it", async () => {
    await stack.declare(general({ introduction: undefined, muteAllMember: undefined }));
    await stack.up();
    expect(calls(emulator)).toEqual(["modify_topic", "get_topic"]);
    expect(liveTopics(emulator).general).toMatchObject({
      introduction: "",
      muteAllMember: false,
      notification: "Be kind",
    });
    expect((await stack.topics()).general?.outputs).not.toHaveProperty("introduction");
    await stack.up("--expect-no-changes");
  });

  longRunTest("warns on its row when the service keeps a text that was to be cleared, and lets go of it", async () => {
    emulator.changeRules({ emptyStringClears: false });
    try {
      await stack.declare(general({ introduction: undefined }));
      expect(await stack.up()).toMatch(/ChatTopic \(general\):\n\s+warning: The service keeps the `introduction`/);
      await stack.refresh("--expect-no-changes");
      await stack.up("--expect-no-changes");
    } finally {
      emulator.restoreRules();
    }
  });

  test("is replaced when its key changes, with a warning at preview that says what becomes of its messages", async () => {
    await stack.declare(general({ topicKey: "talk" }));
    expect(await stack.preview()).toMatch(
      /ChatTopic \(general\):\n\s+warning: A topic's id cannot be changed.*replacement by "talk"/,
    );
    expect(Object.keys(liveTopics(emulator))).toEqual(["general"]);
    await stack.up();
    expect(Object.keys(liveTopics(emulator))).toEqual(["talk"]);
  });

  test("shows an outside edit as drift field by field, and has it undone by the next up", async () => {
    const outside = outsideHands(emulator);
    await outside.modify(GROUP, idOf("general"), { topicName: "Hijacked", muteAllMember: false });
    await outside.close();
    const refreshed = await stack.refresh("--diff");
    expect(refreshed).toMatch(/topicName\s*: "General" => "Hijacked"/);
    expect(refreshed).toMatch(/muteAllMember\s*: true => false/);
    expect((await stack.topics()).general?.outputs).toMatchObject({ topicName: "Hijacked" });
    await stack.up();
    expect(liveTopics(emulator).general).toMatchObject(FULL);
  });

  longRunTest("is not drifted by a field that nobody declared", async () => {
    await stack.declare({ name: "general", groupId: GROUP, topicName: "General" });
    await stack.up();
    const outside = outsideHands(emulator);
    await outside.modify(GROUP, idOf("general"), { notification: "from outside" });
    await outside.close();
    await stack.refresh("--expect-no-changes");
    await stack.up("--expect-no-changes");
    expect(liveTopics(emulator).general?.notification).toBe("from outside");
  });

  test("comes back by refresh and up when it was deleted outside", async () => {
    const outside = outsideHands(emulator);
    await outside.destroy(GROUP, idOf("general"));
    await outside.close();
    await stack.refresh();
    expect(await stack.topics()).toEqual({});
    await stack.up();
    expect(liveTopics(emulator).general).toMatchObject(FULL);
  });

  longRunTest("comes back by an update alone when it was deleted outside, and says so", async () => {
    const outside = outsideHands(emulator);
    await outside.destroy(GROUP, idOf("general"));
    await outside.close();
    await stack.declare(general({ notification: "new" }));
    expect(await stack.up()).toContain("had been deleted outside of Pulumi and was imported anew");
    expect(liveTopics(emulator).general).toMatchObject({ ...FULL, notification: "new" });
    await stack.up("--expect-no-changes");
  });

  test("is gone after destroy, and a second destroy has nothing to do", async () => {
    await stack.destroy();
    expect(liveTopics(emulator)).toEqual({});
    expect(await stack.topics()).toEqual({});
    expect(await stack.destroy()).not.toMatch(/\d+ deleted/);
  });

  longRunTest("is destroyed by destroy --run-program as well", async () => {
    await stack.destroy("--run-program");
    expect(liveTopics(emulator)).toEqual({});
  });

  longRunTest("counts as destroyed when it is gone already", async () => {
    const outside = outsideHands(emulator);
    await outside.destroy(GROUP, idOf("general"));
    await outside.close();
    await stack.destroy();
    expect(await stack.topics()).toEqual({});
  });

  longRunTest(
    "takes a createTime that is added later into the state without a call, and refuses another one at preview",
    async () => {
      await stack.declare(general({ createTime: 1_700_000_000 }));
      await stack.up();
      expect(calls(emulator)).toEqual([]);
      await stack.declare(general({ createTime: 1_700_000_001 }));
      expect(await stack.fail("preview")).toContain("`createTime` cannot change from 1700000000 to 1700000001");
      await stack.declare(general());
      await stack.up();
      expect(calls(emulator)).toEqual([]);
    },
  );

  longRunTest(
    "keeps the key of the state when topicId names the same topic, or when topicKey is written out",
    async () => {
      for (const identity of [{ topicId: idOf("general") }, { topicKey: "general" }]) {
        await stack.declare(general(identity));
        await stack.up("--expect-no-changes");
      }
    },
  );
});

describe("a topic whose id the service assigns", () => {
  beforeEach(() => begin({ topics: [{ name: "auto", groupId: GROUP, topicName: "Auto", serverAssignedId: true }] }));

  test("has the assigned id in the state, is unchanged by a second up and by a refresh, and is found for destroy", async () => {
    const assigned = Object.keys(liveTopics(emulator))[0] ?? "";
    expect(assigned).toMatch(/^@TOPIC#/);
    expect((await stack.topics()).auto?.outputs?.topicId).toBe(idOf(assigned));
    await stack.expectSettled();
    expect(Object.keys(liveTopics(emulator))).toEqual([assigned]);
    await stack.destroy();
    expect(liveTopics(emulator)).toEqual({});
  });
});

describe("ChatTopic.get", () => {
  test("reads a topic with all its fields, and neither changes nor destroys it", async () => {
    const outside = outsideHands(emulator);
    await outside.import({ groupId: GROUP, topicId: idOf("theirs"), topicName: "Theirs", notification: "hello" });
    await outside.close();
    emulator.clearRequests();
    await stack.declare({ name: "theirs", get: idOf("theirs") });
    expect(await stack.up()).toMatch(/topicName: "Theirs"/);
    expect((await stack.topics()).theirs?.outputs).toMatchObject({
      topicName: "Theirs",
      notification: "hello",
      groupId: GROUP,
    });
    await stack.destroy();
    expect(new Set(calls(emulator))).toEqual(new Set(["get_topic"]));
    expect(liveTopics(emulator)).toHaveProperty("theirs");
  });

  test("fails at preview for a topic that does not exist", async () => {
    await stack.declare({ name: "nobody", get: idOf("nobody") });
    expect(await stack.fail("preview")).toContain('Topic "nobody" in @TGS#_players does not exist in app 1400000000');
  });
});
