import { describe, expect, test } from "vitest";
import { ChatError } from "../../../provider/chat/errors/index.js";
import { FixedFieldError, HandoverRefusedError, WrongAppError } from "../../../provider/lifecycle/errors/index.js";
import type { DiffResult, LifecycleContext } from "../../../provider/lifecycle/lifecycle.js";
import { UNKNOWN } from "../../../provider/lifecycle/unknown.js";
import { engineText } from "../../../provider/pulumi/error-text.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { GROUP, idOf } from "../../chat/test-app.js";
import { CHECKS } from "../checks.js";
import { offline } from "../run-context.js";
import { urnOf } from "../topic/test-run.js";
import { many, urnOfSet } from "./set-run.js";

function inputsOf(context: LifecycleContext, topics: unknown, more: Properties, old: Properties, name: string) {
  const declared = { groupId: GROUP, topics, ...more, __urn: urnOfSet(name) };
  const { inputs, failures } = CHECKS.ChatTopicSet(context, old, declared);
  expect(failures).toEqual([]);
  return inputs;
}

interface Side {
  readonly topics: unknown;
  readonly more?: Properties;
}

/** The diff of a set between two declarations of it, the first of which is up. */
function diff(before: Side, after: Side, context: LifecycleContext = offline(), name = "topics"): DiffResult {
  const old = inputsOf(offline(), before.topics, before.more ?? {}, {}, name);
  const inputs = inputsOf(context, after.topics, after.more ?? {}, old, name);
  return LIFECYCLES.ChatTopicSet.diff(context, String(old.groupId), { ...old, fingerprint: "0" }, inputs);
}

const general = { topicName: "General", introduction: "i", muteAllMember: true };
const rules = { topicName: "Rules" };
const both = { general, rules };
const NOTHING = { changes: false, replaces: [], warnings: [] };
const UPDATE = { changes: true, replaces: [], warnings: [] };

describe("the same declaration of a set", () => {
  test.each<[string, Properties, Properties]>([
    ["no topics", {}, {}],
    ["two topics", both, both],
    ["two topics in another order", both, { rules, general }],
    [
      "a topic under a label",
      { talk: { ...general, topicId: idOf("general") } },
      { talk: { ...general, topicId: idOf("general") } },
    ],
    [
      "keys that objects have by themselves",
      { constructor: rules, toString: rules },
      { toString: rules, constructor: rules },
    ],
  ])("changes nothing: %s", (_, before, after) => {
    expect(diff({ topics: before }, { topics: after })).toEqual(NOTHING);
  });

  test("changes nothing where only adopt differs", () => {
    expect(diff({ topics: both }, { topics: both, more: { adopt: "any" } })).toEqual(NOTHING);
    expect(diff({ topics: both, more: { adopt: "any" } }, { topics: both, more: { adopt: "none" } })).toEqual(NOTHING);
  });

  test("changes nothing where exclusive was left out and is now written out as false", () => {
    expect(diff({ topics: both }, { topics: both, more: { exclusive: false } })).toEqual(NOTHING);
    expect(diff({ topics: both, more: { exclusive: false } }, { topics: both })).toEqual(NOTHING);
  });
});

describe("an update of a set", () => {
  test.each<[string, Properties]>([
    ["another name", { general: { ...general, topicName: "Talk" }, rules }],
    ["another text", { general: { ...general, introduction: "other" }, rules }],
    ["a text that is emptied", { general: { ...general, introduction: "" }, rules }],
    ["a text that is declared no longer", { general: { topicName: "General", muteAllMember: true }, rules }],
    ["a text that is declared for the first time", { general: { ...general, notification: "n" }, rules }],
    ["the mute flag", { general: { ...general, muteAllMember: false }, rules }],
    ["createTime, added", { general: { ...general, createTime: 1448357837 }, rules }],
    ["fromAccount, added", { general: { ...general, fromAccount: "alice" }, rules }],
    ["a new topic", { ...both, extra: rules }],
    ["a new topic called constructor", { ...both, constructor: rules }],
    ["a renamed label", { talk: { ...general, topicId: idOf("general") }, rules }],
    ["a key that is written out as an id", { general: { ...general, topicId: idOf("general") }, rules }],
    ["a field that is not known yet", { general: { ...general, introduction: UNKNOWN }, rules }],
    ["a topic that is not known yet", { general, rules: UNKNOWN }],
    ["an id that is not known yet", { general: { ...general, topicId: UNKNOWN }, rules }],
  ])("without a warning: %s", (_, topics) => {
    expect(diff({ topics: both }, { topics })).toEqual(UPDATE);
  });

  test.each<[string, Properties, Properties]>([
    ["onRemove, added", {}, { onRemove: "destroy" }],
    ["onRemove, changed", { onRemove: "destroy" }, { onRemove: "retain" }],
    ["onRemove, removed", { onRemove: "destroy" }, {}],
    ["onRemove, not known yet", {}, { onRemove: UNKNOWN }],
    ["exclusive, on", {}, { exclusive: true }],
    ["exclusive, off", { exclusive: true }, {}],
    ["exclusive, not known yet", {}, { exclusive: UNKNOWN }],
  ])("of its policies alone, without a warning: %s", (_, before, after) => {
    expect(diff({ topics: both, more: before }, { topics: both, more: after })).toEqual(UPDATE);
  });

  test("of topics that are not known yet names none that it would destroy: it cannot tell", () => {
    expect(diff({ topics: both }, { topics: UNKNOWN })).toEqual(UPDATE);
    expect(diff({ topics: both }, { topics: { other: { ...rules, topicId: UNKNOWN } } })).toEqual(UPDATE);
  });

  test("that follows a refresh which lost a topic, brings it back", () => {
    expect(diff({ topics: { rules } }, { topics: both })).toEqual(UPDATE);
  });
});

describe("topics that leave a set", () => {
  const warningsOf = (after: unknown, more: Properties = {}) =>
    diff({ topics: both, more }, { topics: after, more }).warnings;

  test("are named in one warning, which says what onRemove does to their messages", () => {
    expect(warningsOf({ general })).toEqual([
      "This destroys 1 topic: rules. Its messages would go too, so those that have any stay, and the update fails for " +
        'them (onRemove is "unused").',
    ]);
    expect(warningsOf({}, { onRemove: "destroy" })).toEqual([
      'This destroys 2 topics: general, rules. Their messages go too (onRemove is "destroy").',
    ]);
  });

  test("are named by their labels", () => {
    const topics = { talk: { ...general, topicId: idOf("general") } };
    expect(diff({ topics }, { topics: {} }).warnings).toEqual([expect.stringContaining("destroys 1 topic: talk.")]);
  });

  test("leave silently where they are retained", () => {
    expect(diff({ topics: both }, { topics: {}, more: { onRemove: "retain" } })).toEqual(UPDATE);
  });

  test("are judged by the policy that the program has now, not by the state's", () => {
    const now = (onRemove: string) => ({ topics: { general }, more: { onRemove } });
    expect(diff(now("retain"), { topics: {}, more: { onRemove: "destroy" } }).warnings).toEqual([
      expect.stringContaining('onRemove is "destroy"'),
    ]);
    expect(diff(now("destroy"), { topics: {}, more: { onRemove: "retain" } }).warnings).toEqual([]);
  });

  test("are all named, however many: nothing brings them back", () => {
    const destroyed = diff({ topics: many(200) }, { topics: {} }).warnings[0];
    expect(destroyed?.startsWith(`This destroys 200 topics: ${Object.keys(many(200)).join(", ")}. `)).toBe(true);
  });

  test("are not those whose label alone was renamed", () => {
    const label = { talk: { ...general, topicId: idOf("general") }, rules };
    expect(diff({ topics: both }, { topics: label }).warnings).toEqual([]);
    expect(diff({ topics: label }, { topics: both }).warnings).toEqual([]);
  });

  test("are those whose key now names another topic", () => {
    const other = { general: { ...general, topicId: idOf("other") }, rules };
    expect(diff({ topics: both }, { topics: other }).warnings).toEqual([expect.stringContaining("1 topic: general.")]);
  });
});

describe("another group id", () => {
  const moved = (more: Properties = {}, before: Properties = {}) =>
    diff({ topics: both, more: before }, { topics: both, more: { groupId: "@TGS#_other", ...more } });

  test("is a replacement, which names all that it destroys, also what is declared in the new community", () => {
    expect(moved()).toEqual({
      changes: true,
      replaces: ["groupId"],
      warnings: [expect.stringMatching(/^This destroys 2 topics: general, rules\..*onRemove is "unused"/)],
    });
  });

  test("destroys by the policy of the state, since that is the one a deletion sees", () => {
    expect(moved({ onRemove: "retain" }, { onRemove: "destroy" }).warnings).toEqual([
      expect.stringContaining('onRemove is "destroy"'),
    ]);
    expect(moved({ onRemove: "destroy" }, { onRemove: "retain" }).warnings).toEqual([]);
  });

  test("of a set without topics destroys nothing", () => {
    const none = { topics: {} };
    expect(diff(none, { ...none, more: { groupId: "@TGS#_other" } })).toEqual({ ...UPDATE, replaces: ["groupId"] });
  });

  test("that is not known yet is an update: it may turn out to be the present one", () => {
    expect(diff({ topics: both }, { topics: both, more: { groupId: UNKNOWN } })).toEqual(UPDATE);
  });

  test("destroys what has no place in the state's present topics either: the state counts", () => {
    const after = { topics: { news: rules }, more: { groupId: "@TGS#_other" } };
    expect(diff({ topics: both }, after).warnings).toEqual([expect.stringContaining("2 topics: general, rules.")]);
  });
});

describe("a topic that leaves a set and is declared by another resource", () => {
  const single = (context: LifecycleContext, topicKey = "general") => {
    const declared = { groupId: GROUP, topicName: "General", topicKey, __urn: urnOf("single") };
    return CHECKS.ChatTopic(context, {}, declared).failures.map(({ reason }) => reason);
  };
  const otherSet = (context: LifecycleContext, topics: unknown) => {
    const declared = { groupId: GROUP, topics, __urn: urnOfSet("others") };
    return CHECKS.ChatTopicSet(context, {}, declared).failures.map(({ reason }) => reason);
  };
  const RECIPE =
    /^Topic "general" in @TGS#_players cannot move from ChatTopicSet "topics" to Chat\w+ "\w+" in this way: .*`onRemove: "retain"` on ChatTopicSet "topics"/;

  test("is refused with the recipe when the other one was checked first", () => {
    const context = offline();
    expect(single(context)).toEqual([]);
    const refused = () => diff({ topics: both }, { topics: { rules } }, context);
    expect(refused).toThrow(HandoverRefusedError);
    expect(refused).toThrow(RECIPE);
  });

  test("is refused with the recipe when the set came first", () => {
    const context = offline();
    diff({ topics: both }, { topics: { rules } }, context);
    expect(single(context)).toEqual([expect.stringMatching(RECIPE)]);
    expect(single(context, "news")).toEqual([]);
  });

  test("is refused between two sets, in both orders", () => {
    const context = offline();
    expect(otherSet(context, { general })).toEqual([]);
    expect(() => diff({ topics: both }, { topics: { rules } }, context)).toThrow(RECIPE);
    const reverse = offline();
    diff({ topics: both }, { topics: { rules } }, reverse);
    expect(otherSet(reverse, { talk: { ...general, topicId: idOf("general") } })).toEqual([
      expect.stringMatching(RECIPE),
    ]);
  });

  test("is refused when the set is replaced", () => {
    const context = offline();
    single(context);
    const after = { topics: both, more: { groupId: "@TGS#_other" } };
    expect(() => diff({ topics: both }, after, context)).toThrow(RECIPE);
  });

  test.each(["first", "last"])("is let go where the set retains, the other one being checked %s", (when) => {
    const context = offline();
    const retained = { topics: { rules }, more: { onRemove: "retain" } };
    if (when === "first") single(context);
    expect(diff({ topics: both }, retained, context)).toEqual(UPDATE);
    if (when === "last") expect(single(context)).toEqual([]);
  });

  test("is not refused while onRemove is not known yet: it may turn out to retain", () => {
    const context = offline();
    single(context);
    const after = { topics: { rules }, more: { onRemove: UNKNOWN } };
    expect(diff({ topics: both }, after, context)).toEqual({
      ...UPDATE,
      warnings: [
        "This may destroy 1 topic: general. Its messages may go too, as onRemove says, which is not known yet.",
      ],
    });
    expect(single(context, "other")).toEqual([]);
  });

  test("and stays with both is not a matter of the diff: the check has refused it", () => {
    const context = offline();
    single(context, "news");
    expect(diff({ topics: both }, { topics: both }, context)).toEqual(NOTHING);
  });
});

test("a diff with the settings of another app is refused before anything else", () => {
  const old = inputsOf(offline(), both, {}, {}, "topics");
  const context = offline({ sdkAppId: "1400000002" });
  const refused = () => LIFECYCLES.ChatTopicSet.diff(context, GROUP, old, old);
  expect(refused).toThrow(WrongAppError);
  expect(refused).toThrow(/^The topic set of @TGS#_players belongs to app 1400000001/);
});

/** What the engine shows of an error. */
function textThrownBy(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof ChatError) return engineText(error, { settings: undefined });
    throw error;
  }
  return "";
}

describe("create-only values of a topic in a set", () => {
  const VALUES = [
    ["createTime", 1448357837, 1448357838],
    ["fromAccount", "alice", "bob"],
  ] as const;
  const having = (name: string, value: unknown) => ({ general: { ...general, [name]: value }, rules });

  test.each(VALUES)("%s cannot change, and the path says where", (name, before, after) => {
    const changing = () => diff({ topics: having(name, before) }, { topics: having(name, after) });
    expect(changing).toThrow(FixedFieldError);
    expect(textThrownBy(changing)).toMatch(
      /^`topics\["general"\]\.\w+` cannot change from .* to .*would lose its messages; keep the value, or choose a new topic key$/,
    );
  });

  test.each(VALUES)("%s cannot change under another label of the same topic either", (name, before, after) => {
    const labelled = { talk: { ...general, topicId: idOf("general"), [name]: after } };
    const changing = () => diff({ topics: { general: having(name, before).general } }, { topics: labelled });
    expect(textThrownBy(changing)).toContain(`topics["talk"].${name}`);
  });

  test.each(VALUES)("%s may be mended for a topic that could not be created", (name, before, after) => {
    const old = inputsOf(offline(), having(name, before), {}, {}, "topics");
    const reached = { ...old, topics: { rules }, topicIds: { rules: idOf("rules") }, fingerprint: "0" };
    const context = offline();
    const inputs = inputsOf(context, having(name, after), {}, old, "topics");
    expect(LIFECYCLES.ChatTopicSet.diff(context, GROUP, reached, inputs)).toEqual(UPDATE);
  });
});
