import { describe, expect, test } from "vitest";
import { DeclaredTwiceError, HandoverRefusedError, WrongAppError } from "../../../provider/lifecycle/errors/index.js";
import type { DiffResult, LifecycleContext } from "../../../provider/lifecycle/lifecycle.js";
import { UNKNOWN } from "../../../provider/lifecycle/unknown.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { GROUP, idOf } from "../../chat/test-app.js";
import { CHECKS } from "../checks.js";
import { offline } from "../run-context.js";
import { urnOf } from "./test-run.js";

function inputsOf(context: LifecycleContext, args: Properties, name: string, old: Properties = {}): Properties {
  const declared = { groupId: GROUP, topicName: "General", ...args, __urn: urnOf(name) };
  const { inputs, failures } = CHECKS.ChatTopic(context, old, declared);
  expect(failures).toEqual([]);
  return inputs;
}

/** What the engine is told when a program that had `before` now has `after`. */
function diff(before: Properties, after: Properties, { context = offline(), name = "general" } = {}): DiffResult {
  const old = inputsOf(offline(), before, name);
  const id = typeof old.topicId === "string" ? old.topicId : `${GROUP}@TOPIC#_@TOPIC#cABC`;
  const inputs = inputsOf(context, after, name, old);
  return LIFECYCLES.ChatTopic.diff(context, id, { ...old, topicId: id }, inputs);
}

const EVERYTHING = {
  introduction: "i",
  notification: "n",
  faceUrl: "f",
  customString: "c",
  muteAllMember: true,
  createTime: 1448357837,
  fromAccount: "alice",
  adopt: "any",
  onRemove: "destroy",
};

describe("nothing to do", () => {
  test.each<[string, Properties]>([
    ["a bare topic", {}],
    ["a topic with everything", EVERYTHING],
    ["a topic by its full id", { topicId: idOf("general") }],
    ["a topic whose id the service assigned", { serverAssignedId: true }],
  ])("is there for %s that is declared again", (_, args) => {
    expect(diff(args, args)).toEqual({ changes: false, replaces: [], warnings: [] });
  });

  test("is there when the id that was a key is now given in full, or the other way round", () => {
    expect(diff({ topicKey: "lobby" }, { topicId: idOf("lobby") }).changes).toBe(false);
    expect(diff({ topicId: idOf("lobby") }, { topicKey: "lobby" }).changes).toBe(false);
  });

  test("is there when the key that was the name is now declared", () => {
    expect(diff({}, { topicKey: "general" }).changes).toBe(false);
  });

  test.each([
    [{}, { adopt: "any" }],
    [{ adopt: "none" }, { adopt: "matching" }],
    [{ adopt: "none" }, {}],
  ])("is there when only adopt changes: %j to %j", (before, after) => {
    expect(diff(before, after).changes).toBe(false);
  });
});

describe("an update", () => {
  const changed: Properties = {
    topicName: "Other",
    introduction: "other",
    notification: "other",
    faceUrl: "other",
    customString: "other",
    muteAllMember: false,
    onRemove: "retain",
  };

  test.each(Object.keys(changed))("comes from a change of %s", (name) => {
    expect(diff(EVERYTHING, { ...EVERYTHING, [name]: changed[name] })).toEqual({
      changes: true,
      replaces: [],
      warnings: [],
    });
  });

  const optional = Object.keys(EVERYTHING).filter((name) => name !== "adopt");

  test.each(optional)("comes from %s when it is declared for the first time", (name) => {
    expect(diff({}, { [name]: EVERYTHING[name as keyof typeof EVERYTHING] })).toMatchObject({
      changes: true,
      replaces: [],
    });
  });

  test.each(optional)("comes from %s when it is declared no longer", (name) => {
    const { [name as keyof typeof EVERYTHING]: _, ...rest } = EVERYTHING;
    expect(diff(EVERYTHING, rest)).toMatchObject({ changes: true, replaces: [] });
  });

  test.each(["topicName", "introduction", "muteAllMember", "createTime", "onRemove"])(
    "comes from %s when it is not known yet",
    (name) => {
      expect(diff(EVERYTHING, { ...EVERYTHING, [name]: UNKNOWN })).toMatchObject({ changes: true, replaces: [] });
    },
  );

  test("gives an id to a topic that the service had named, without touching it", () => {
    const id = `${GROUP}@TOPIC#_@TOPIC#cABC`;
    expect(diff({ serverAssignedId: true }, { topicId: id })).toMatchObject({ changes: true, replaces: [] });
  });
});

describe("a replacement", () => {
  test.each<[string, Properties, Properties, string[]]>([
    ["another key", { topicKey: "a" }, { topicKey: "b" }, ["topicKey"]],
    ["another id", { topicId: idOf("a") }, { topicId: idOf("b") }, ["topicKey"]],
    ["another community", {}, { groupId: "@TGS#_other" }, ["groupId"]],
    [
      "another community and key",
      { topicKey: "a" },
      { groupId: "@TGS#_other", topicKey: "b" },
      ["groupId", "topicKey"],
    ],
    ["a key in place of an assigned id", { serverAssignedId: true }, { topicKey: "a" }, ["topicKey"]],
  ])("comes from %s", (_, before, after, replaces) => {
    expect(diff(before, after)).toMatchObject({ changes: true, replaces });
  });

  test.each([
    ["groupId", { groupId: UNKNOWN }],
    ["topicKey", { topicKey: UNKNOWN }],
    ["topicId", { topicId: UNKNOWN }],
  ])("does not come from a %s that is not known yet: it may turn out to be the same", (_, after) => {
    expect(diff({}, after)).toMatchObject({ changes: true, replaces: [] });
  });

  test.each<[Properties, RegExp]>([
    [{}, /"a" in @TGS#_players is destroyed, and should messages be in it the replacement fails before that/],
    [{ onRemove: "destroy" }, /"a" in @TGS#_players is destroyed together with its messages/],
    [{ onRemove: "retain" }, /"a" in @TGS#_players stays in the app with its messages/],
  ])("carries a warning that tells what becomes of the topic and its messages: %j", (policy, warning) => {
    const { warnings } = diff({ topicKey: "a", ...policy }, { topicKey: "b", ...policy });
    expect(warnings).toEqual([expect.stringMatching(warning)]);
    expect(warnings[0]).toContain('a replacement by "b" in @TGS#_players');
  });

  test("does what the state says about removal, not what the program says now", () => {
    const { warnings } = diff({ topicKey: "a" }, { topicKey: "b", onRemove: "retain" });
    expect(warnings[0]).toContain("is destroyed");
  });
});

describe("a topic that leaves one resource by a replacement while another one takes it", () => {
  const lobby = idOf("lobby");
  const state = (onRemove?: string) => ({
    ...inputsOf(offline(), { topicKey: "lobby", onRemove }, "a"),
    topicId: lobby,
  });

  test("is refused when the taker was seen first", () => {
    const context = offline();
    inputsOf(context, { topicKey: "lobby" }, "b");
    const inputs = inputsOf(context, { topicKey: "other" }, "a", state());
    expect(() => LIFECYCLES.ChatTopic.diff(context, lobby, state(), inputs)).toThrow(HandoverRefusedError);
    expect(() => LIFECYCLES.ChatTopic.diff(context, lobby, state(), inputs)).toThrow(
      /^Topic "lobby" in @TGS#_players cannot move from ChatTopic "a" to ChatTopic "b" .*What to do: /,
    );
  });

  test("is refused when the taker is seen last", () => {
    const context = offline();
    LIFECYCLES.ChatTopic.diff(context, lobby, state(), inputsOf(context, { topicKey: "other" }, "a", state()));
    const declared = { groupId: GROUP, topicName: "b", topicKey: "lobby", __urn: urnOf("b") };
    const { failures } = CHECKS.ChatTopic(context, {}, declared);
    expect(failures).toEqual([
      {
        property: "",
        reason: expect.stringMatching(
          /^Topic "lobby" in @TGS#_players cannot move from ChatTopic "a" to ChatTopic "b" .*What to do: /,
        ),
      },
    ]);
  });

  test("passes when the replacement leaves the topic in the app", () => {
    const context = offline();
    inputsOf(context, { topicKey: "lobby" }, "b");
    const inputs = inputsOf(context, { topicKey: "other", onRemove: "retain" }, "a", state("retain"));
    expect(LIFECYCLES.ChatTopic.diff(context, lobby, state("retain"), inputs).replaces).toEqual(["topicKey"]);
  });
});

describe("a topic whose id the service assigned", () => {
  const id = `${GROUP}@TOPIC#_@TOPIC#cABC`;
  const assigned = { serverAssignedId: true };
  const setUrn = urnOf("topics").replace("ChatTopic", "ChatTopicSet");
  const declared = (context: LifecycleContext) =>
    inputsOf(context, assigned, "auto", inputsOf(offline(), assigned, "auto"));
  const diffed = (context: LifecycleContext, inputs = declared(context)) =>
    LIFECYCLES.ChatTopic.diff(context, id, { ...inputs, topicId: id }, inputs);

  test("is known to be declared once its diff has run", () => {
    const context = offline();
    diffed(context);
    expect(context.declarations.urnOf(id)).toBe(urnOf("auto"));
    expect(
      CHECKS.ChatTopic(context, {}, { groupId: GROUP, topicId: id, topicName: "b", __urn: urnOf("b") }).failures,
    ).toEqual([
      { property: "", reason: expect.stringMatching(/is declared twice, by ChatTopic "auto" and ChatTopic "b"/) },
    ]);
  });

  test("is refused where another resource declares it by its id", () => {
    const context = offline();
    inputsOf(context, { topicId: id }, "b");
    expect(() => diffed(context)).toThrow(DeclaredTwiceError);
    expect(() => diffed(context)).toThrow(/^Topic ".*cABC" in @TGS#_players is declared twice, by ChatTopic "b" and /);
  });

  test("is refused where a set is about to destroy it", () => {
    const context = offline();
    context.declarations.noteRemoval(id, setUrn);
    expect(() => diffed(context)).toThrow(HandoverRefusedError);
    expect(() => diffed(context)).toThrow(/cannot move from ChatTopicSet "topics" to ChatTopic "auto"/);
  });

  test("is not declared by the diff of a refresh, which comes without a check", () => {
    const context = offline();
    diffed(context, declared(offline()));
    expect(context.declarations.urnOf(id)).toBeUndefined();
  });

  test("is not declared where it is replaced", () => {
    const context = offline();
    const old = declared(offline());
    const inputs = inputsOf(context, { ...assigned, groupId: "@TGS#_other" }, "auto", old);
    expect(LIFECYCLES.ChatTopic.diff(context, id, { ...old, topicId: id }, inputs).replaces).toEqual(["groupId"]);
    expect(context.declarations.urnOf(id)).toBeUndefined();
    expect(context.declarations.declare([id], urnOf("other"), String)).toMatchObject([
      { error: { code: "HANDOVER_REFUSED" } },
    ]);
  });
});

test("a state of another app is refused", () => {
  expect(() => {
    const old = { ...inputsOf(offline(), {}, "general"), topicId: idOf("general") };
    LIFECYCLES.ChatTopic.diff(offline({ sdkAppId: "1400000002" }), idOf("general"), old, old);
  }).toThrow(WrongAppError);
});
