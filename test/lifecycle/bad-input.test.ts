/**
 * Whatever a program passes to whatever resource: an answer, never a throw; a failure that names the property; unknown values
 * in any place; and what is accepted is fit to be sent.
 */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ServiceError } from "../../provider/chat/errors/index.js";
import { isKnown, UNKNOWN } from "../../provider/lifecycle/unknown.js";
import { LIFECYCLES } from "../../provider/pulumi/lifecycles.js";
import { PartialFailureError } from "../../provider/pulumi/partial-failure-error.js";
import type { Properties } from "../../provider/pulumi/properties.js";
import { anyText, anyValue, arePrototypesClean, objectText } from "../bad-values.js";
import { GROUP, idOf, TestApp } from "../chat/test-app.js";
import { amount } from "../proof.js";
import { CHECKS } from "./checks.js";
import { urnOf as urnOfCommunity } from "./community/community-run.js";
import { offline, RunContext } from "./run-context.js";
import { urnOf } from "./topic/test-run.js";
import { urnOfSet } from "./topic-set/set-run.js";

vi.setConfig({ testTimeout: amount(60_000, 600_000) });

const TOPIC = {
  topicName: "General",
  introduction: "i",
  notification: "n",
  faceUrl: "https://example.com/x.png",
  customString: "{}",
  fromAccount: "alice",
  createTime: 1_448_357_837,
  muteAllMember: true,
};
const POLICIES = { adopt: "any", onRemove: "retain" };

interface Declaration {
  readonly what: string;
  readonly kind: keyof typeof LIFECYCLES;
  /** Every argument at once. */
  readonly right: Properties;
}

const DECLARATIONS: readonly Declaration[] = [
  {
    what: "a topic by its key",
    kind: "ChatTopic",
    right: { groupId: GROUP, topicKey: "general", ...TOPIC, ...POLICIES, __urn: urnOf("general") },
  },
  {
    what: "a topic by its id",
    kind: "ChatTopic",
    right: { groupId: GROUP, topicId: idOf("general"), ...TOPIC, ...POLICIES, __urn: urnOf("general") },
  },
  {
    what: "a topic with an id of the service's",
    kind: "ChatTopic",
    right: { groupId: GROUP, serverAssignedId: true, ...TOPIC, ...POLICIES, __urn: urnOf("general") },
  },
  {
    what: "a set",
    kind: "ChatTopicSet",
    right: {
      groupId: GROUP,
      topics: { general: TOPIC, label: { ...TOPIC, topicId: idOf("rules") } },
      exclusive: true,
      ...POLICIES,
      __urn: urnOfSet("topics"),
    },
  },
  {
    what: "a community",
    kind: "ChatCommunity",
    right: {
      groupId: "@TGS#_guild",
      name: "Guild",
      introduction: "i",
      notification: "n",
      faceUrl: "https://example.com/x.png",
      ownerAccount: "alice",
      maxMemberCount: 500,
      createTime: 1_448_357_837,
      muteAllMember: true,
      ...POLICIES,
      __urn: urnOfCommunity("guild"),
    },
  },
];

type Path = readonly string[];

/** Where a value stands, topics of a set included. */
function pathsOf(properties: Properties): Path[] {
  return Object.entries(properties).flatMap(([name, value]): Path[] => {
    if (name === "__urn") return [];
    const isHolder = typeof value === "object" && value !== null;
    return [[name], ...(isHolder ? pathsOf(value as Properties).map((rest) => [name, ...rest]) : [])];
  });
}

function valueAt(properties: unknown, [name, ...rest]: Path): unknown {
  return name === undefined ? properties : valueAt((properties as Properties)[name], rest);
}

function withValue(properties: Properties, [name = "", ...rest]: Path, value: unknown): Properties {
  const held = rest.length === 0 ? value : withValue(properties[name] as Properties, rest, value);
  return { ...properties, [name]: held };
}

/** As a failure names it: `topics["general"].topicName`. */
function nameOf([name = "", key, field]: Path): string {
  return name + (key === undefined ? "" : `[${JSON.stringify(key)}]`) + (field === undefined ? "" : `.${field}`);
}

describe.each(DECLARATIONS)("$what", ({ kind, right }) => {
  const paths = pathsOf(right);
  const names = fc.oneof(
    fc.constantFrom(...paths.map(([name = ""]) => name), "__urn", "sdkAppId", "__proto__", "toString"),
    anyText,
  );
  const wild = fc
    .array(fc.tuple(names, fc.oneof(anyValue, fc.constant(UNKNOWN))), { maxLength: 8 })
    .map((fields): Properties => JSON.parse(objectText(fields)));
  const half = fc
    .tuple(
      fc.shuffledSubarray(paths, { maxLength: 3 }),
      fc.array(fc.oneof(anyValue, fc.constant(UNKNOWN)), { minLength: 3 }),
    )
    .map(([chosen, values]) => {
      // From the inside out, so that no path leads through a value that took the place of its holder.
      const inTurn = [...chosen].sort((one, other) => other.length - one.length);
      return inTurn.reduce((given, path, index) => withValue(given, path, values[index]), right);
    });
  const declared = fc.oneof(wild, half);
  const check = (given: Properties, old: Properties = {}) => CHECKS[kind](offline(), old, given);

  test("is right as it stands here", () => {
    expect(check(right).failures).toEqual([]);
  });

  test("gets an answer to anything, that says what is wrong in words, and leaves no trace in a prototype", () => {
    fc.assert(
      fc.property(declared, fc.oneof(declared, fc.constant({})), (given, old) => {
        const { inputs, failures } = check(given, old);
        for (const { property, reason } of failures) {
          expect(typeof property).toBe("string");
          expect(reason.trim()).not.toBe("");
        }
        expect(Object.getPrototypeOf(inputs)).toBe(Object.prototype);
        expect(arePrototypesClean()).toBe(true);
        expect(() => JSON.stringify({ inputs, failures })).not.toThrow();
      }),
      { numRuns: amount(200, 5_000) },
    );
  });

  test("has a failure that names the property of a wrong kind, or with a text that cannot be sent", () => {
    const wrong = fc.constantFrom(...paths).chain((path) => {
      const value = valueAt(right, path);
      const unfit = fc.oneof(
        anyValue.filter((other) => other !== null && typeof other !== typeof value),
        fc.constant([]),
        ...(typeof value === "string"
          ? [fc.constantFrom("\ud800", "a\0b", "x".repeat(10_000), "é".repeat(1_600))]
          : []),
        ...(typeof value === "number" ? [fc.constantFrom(-1, 0.5, 1e308, 2 ** 53)] : []),
      );
      return unfit.map((held) => ({ path, held }));
    });
    fc.assert(
      fc.property(wrong, ({ path, held }) => {
        const { failures } = check(withValue(right, path, held));
        expect(failures.map(({ property }) => property)).toContain(nameOf(path));
      }),
      { numRuns: amount(200, 5_000) },
    );
  });

  test("takes an unknown value in any place, in check and in diff", () => {
    const { inputs } = check(right);
    const id = String(inputs.topicId ?? inputs.groupId);
    fc.assert(
      fc.property(fc.shuffledSubarray(paths), (unknown) => {
        const inTurn = [...unknown].sort((one, other) => other.length - one.length);
        const given = inTurn.reduce((known, path) => withValue(known, path, UNKNOWN), right);
        const checked = check(given, inputs);
        expect(checked.failures).toEqual([]);
        for (const [name, value] of Object.entries(given)) {
          if (!isKnown<unknown>(value)) expect(checked.inputs[name]).toBe(UNKNOWN);
        }
        const { replaces } = LIFECYCLES[kind].diff(offline(), id, inputs, checked.inputs);
        expect(replaces).toEqual([]);
      }),
      { numRuns: amount(200, 5_000) },
    );
  });
});

describe("what is accepted is fit to be sent", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  beforeEach(() => app.reset());
  afterAll(() => app.close());

  const texts = fc.oneof(anyText, fc.string({ maxLength: 12 }), fc.string({ unit: "grapheme", maxLength: 12 }));

  test.each(DECLARATIONS)("by $what", async ({ kind, right }) => {
    const fields = Object.entries(right).filter(([, value]) => typeof value === "string" && value.length < 60);
    const chosen = fc.array(fc.tuple(fc.constantFrom(...fields.map(([name]) => name)), texts), { maxLength: 3 });
    const context = new RunContext(app);
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(chosen, async (changes) => {
        await app.reset();
        const given: Properties = { ...right, ...Object.fromEntries(changes), onRemove: "destroy" };
        const { inputs, failures } = CHECKS[kind](offline(), {}, given);
        if (failures.length > 0) return;
        sent++;
        try {
          await LIFECYCLES[kind].create(context, inputs);
        } catch (error) {
          // The emulator knows no such account, or no such community; everything else should have been said before.
          const reasons = error instanceof PartialFailureError ? error.reasons.join() : String(error);
          if (!(error instanceof ServiceError) && !(error instanceof PartialFailureError)) throw error;
          expect(reasons).toMatch(/10019|10010/);
        }
      }),
      { numRuns: amount(100, 2_000) },
    );
    expect(sent).toBeGreaterThan(5);
  });
});
