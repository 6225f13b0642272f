import { describe, expect, test } from "vitest";
import { HandoverRefusedError, WrongAppError } from "../../../provider/lifecycle/errors/index.js";
import type { DiffResult, LifecycleContext } from "../../../provider/lifecycle/lifecycle.js";
import { UNKNOWN } from "../../../provider/lifecycle/unknown.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { CHECKS } from "../checks.js";
import { offline } from "../run-context.js";
import { GUILD, urnOf } from "./community-run.js";

function inputsOf(context: LifecycleContext, args: Properties, name = "guild", old: Properties = {}): Properties {
  const declared = { name: "Guild", ...args, __urn: urnOf(name) };
  const { inputs, failures } = CHECKS.ChatCommunity(context, old, declared);
  expect(failures).toEqual([]);
  return inputs;
}

/** What the engine is told when a program that had `before` now has `after`. */
function diff(before: Properties, after: Properties, context = offline()): DiffResult {
  const old = inputsOf(offline(), before);
  return LIFECYCLES.ChatCommunity.diff(context, String(old.groupId), old, inputsOf(context, after, "guild", old));
}

const EVERYTHING = {
  introduction: "i",
  notification: "n",
  faceUrl: "f",
  ownerAccount: "alice",
  maxMemberCount: 500,
  createTime: 1448357837,
  muteAllMember: true,
  adopt: "any",
  onRemove: "destroy",
};
const optional = Object.keys(EVERYTHING).filter((name) => name !== "adopt") as (keyof typeof EVERYTHING)[];

describe("nothing to do", () => {
  test.each<[string, Properties]>([
    ["a bare community", {}],
    ["a community with everything", EVERYTHING],
  ])("is there for %s that is declared again", (_, args) => {
    expect(diff(args, args)).toEqual({ changes: false, replaces: [], warnings: [] });
  });

  test("is there when the id that was made of the name is now declared", () => {
    expect(diff({}, { groupId: GUILD }).changes).toBe(false);
  });

  test("is there when only adopt changes", () => {
    expect(diff({}, { adopt: "any" }).changes).toBe(false);
  });

  test("is there for a resource that was renamed: its row is no part of it", () => {
    const old = inputsOf(offline(), {});
    const inputs = inputsOf(offline(), {}, "renamed", old);
    expect(inputs.__urn).not.toBe(old.__urn);
    expect(LIFECYCLES.ChatCommunity.diff(offline(), GUILD, old, inputs).changes).toBe(false);
  });
});

describe("an update", () => {
  test.each<[string, unknown]>([
    ["name", "Other"],
    ["introduction", "other"],
    ["notification", "other"],
    ["faceUrl", "other"],
    ["ownerAccount", "bob"],
    ["maxMemberCount", 501],
    ["muteAllMember", false],
    ["onRemove", "retain"],
  ])("comes from a change of %s", (name, value) => {
    expect(diff(EVERYTHING, { ...EVERYTHING, [name]: value })).toEqual({ changes: true, replaces: [], warnings: [] });
  });

  test.each(optional)("comes from %s when it is declared for the first time", (name) => {
    expect(diff({}, { [name]: EVERYTHING[name] })).toMatchObject({ changes: true, replaces: [] });
  });

  test.each(optional)("comes from %s when it is declared no longer", (name) => {
    const { [name]: _, ...rest } = EVERYTHING;
    expect(diff(EVERYTHING, rest)).toMatchObject({ changes: true, replaces: [] });
  });

  test.each(["name", ...optional])("comes from %s when it is not known yet", (name) => {
    expect(diff(EVERYTHING, { ...EVERYTHING, [name]: UNKNOWN })).toMatchObject({ changes: true, replaces: [] });
  });
});

describe("a replacement", () => {
  test("comes from another group id", () => {
    expect(diff({}, { groupId: "@TGS#_other" })).toMatchObject({ changes: true, replaces: ["groupId"] });
  });

  test("does not come from a group id that is not known yet: it may turn out to be the same", () => {
    expect(diff({}, { groupId: UNKNOWN })).toMatchObject({ changes: true, replaces: [] });
  });

  test.each<[Properties, RegExp]>([
    [{}, /@TGS#_guild is destroyed, and should topics, or members beside its owner, be in it the replacement fails/],
    [{ onRemove: "destroy" }, /@TGS#_guild is destroyed together with all its topics, their messages and its members/],
    [{ onRemove: "retain" }, /@TGS#_guild stays in the app with everything in it/],
  ])("carries a warning that tells what becomes of the community and what is in it: %j", (policy, warning) => {
    const { warnings } = diff(policy, { groupId: "@TGS#_other", ...policy });
    expect(warnings).toEqual([expect.stringMatching(warning)]);
    expect(warnings[0]).toContain("a replacement by @TGS#_other");
  });

  test("does what the state says about removal, not what the program says now", () => {
    const { warnings } = diff({}, { groupId: "@TGS#_other", onRemove: "retain" });
    expect(warnings[0]).toContain("is destroyed");
  });
});

describe("a community that leaves one resource by a replacement while another one takes it", () => {
  const state = (onRemove?: string) => inputsOf(offline(), { groupId: GUILD, onRemove }, "a");

  test("is refused when the taker was seen first", () => {
    const context = offline();
    inputsOf(context, { groupId: GUILD }, "b");
    const inputs = inputsOf(context, { groupId: "@TGS#_other" }, "a", state());
    expect(() => LIFECYCLES.ChatCommunity.diff(context, GUILD, state(), inputs)).toThrow(HandoverRefusedError);
    expect(() => LIFECYCLES.ChatCommunity.diff(context, GUILD, state(), inputs)).toThrow(
      /^Community @TGS#_guild cannot move from ChatCommunity "a" to ChatCommunity "b"/,
    );
  });

  test("is refused when the taker is seen last", () => {
    const context = offline();
    LIFECYCLES.ChatCommunity.diff(context, GUILD, state(), inputsOf(context, { groupId: "@TGS#_other" }, "a", state()));
    const declared = { name: "b", groupId: GUILD, __urn: urnOf("b") };
    const { failures } = CHECKS.ChatCommunity(context, {}, declared);
    expect(failures).toEqual([
      {
        property: "",
        reason: expect.stringMatching(/^Community @TGS#_guild cannot move from ChatCommunity "a" to ChatCommunity "b"/),
      },
    ]);
  });

  test("passes when the replacement leaves the community in the app", () => {
    const context = offline();
    inputsOf(context, { groupId: GUILD }, "b");
    const inputs = inputsOf(context, { groupId: "@TGS#_other", onRemove: "retain" }, "a", state("retain"));
    expect(LIFECYCLES.ChatCommunity.diff(context, GUILD, state("retain"), inputs).replaces).toEqual(["groupId"]);
  });
});

test("a state of another app is refused", () => {
  const old = inputsOf(offline(), {});
  expect(() => LIFECYCLES.ChatCommunity.diff(offline({ sdkAppId: "1400000002" }), GUILD, old, old)).toThrow(
    WrongAppError,
  );
});
