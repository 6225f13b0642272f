/**
 * The planner, for any input: its plan is carried out on a pure model of the service, which knows nothing of the
 * planner, and the world that this reaches is held against what the policies allow.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LiveTopic } from "../../../provider/chat/topic.js";
import { splitTopicId } from "../../../provider/chat/topic-id.js";
import type { TopicSpec } from "../../../provider/lifecycle/topic/topic-spec.js";
import { type PlanInput, planSet, type Step } from "../../../provider/lifecycle/topic-set/plan.js";
import {
  type ConfirmedTopic,
  type Member,
  membersOf as membersOfSet,
  stateOfTopics,
  TOPIC_SET_SCHEMA,
} from "../../../provider/lifecycle/topic-set/topic-set-spec.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { GROUP, idOf, SDK_APP_ID } from "../../chat/test-app.js";

const TEXTS = ["topicName", "introduction", "notification", "faceUrl", "customString"] as const;
const FIELDS = [...TEXTS, "muteAllMember"] as const;
/** Few, so that inputs meet; among them keys that objects have by themselves, and an id that the service assigned. */
const KEYS = ["a", "b", "c", "constructor", "__proto__", "@TOPIC#_assigned"] as const;

type Adopt = PlanInput["adopt"];
type OnRemove = PlanInput["onRemove"];
type World = ReadonlyMap<string, LiveTopic>;

interface Case {
  readonly live: World;
  /** The properties of the set in the program and in the state. */
  readonly declared: Properties;
  readonly owned: Properties;
  readonly adopt: Adopt;
  readonly onRemove: OnRemove;
  readonly taken: ReadonlySet<string>;
  /** Without a look the planner believes the state, which then is true, as after a refresh. */
  readonly looks: boolean;
}

const text = fc.constantFrom("", "x", "y");
const name = fc.constantFrom("x", "y");

const liveTopic = fc.record({
  topicName: name,
  introduction: text,
  notification: text,
  faceUrl: text,
  customString: text,
  muteAllMember: fc.boolean(),
  used: fc.boolean(),
});

const entry = fc.record(
  {
    topicName: name,
    introduction: text,
    notification: text,
    faceUrl: text,
    customString: text,
    muteAllMember: fc.boolean(),
    createTime: fc.constantFrom(1, 2),
  },
  { requiredKeys: ["topicName"] },
);

/** Topics by key; some under a label that is another topic's key or even id, in any order. */
function topics() {
  const one = fc.option(fc.record({ entry, hasId: fc.boolean(), isLabelAnId: fc.boolean() }), { nil: undefined });
  return fc
    .tuple(
      fc.tuple(...KEYS.map(() => one)),
      fc.shuffledSubarray([...KEYS], { minLength: KEYS.length }),
      fc.nat(KEYS.length),
    )
    .map(([ones, order, turn]): Record<string, Properties> => {
      const withIds = KEYS.filter((_, index) => ones[index]?.hasId);
      const entries = order.flatMap((key): [string, Properties][] => {
        const found = ones[KEYS.indexOf(key)];
        if (found === undefined) return [];
        if (!found.hasId) return [[key, found.entry]];
        // Labels change places among the topics that carry their ids.
        const label = withIds[(withIds.indexOf(key) + turn) % withIds.length] ?? key;
        return [[found.isLabelAnId ? idOf(label) : label, { ...found.entry, topicId: idOf(key) }]];
      });
      return Object.fromEntries(entries);
    });
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    live: fc.tuple(...KEYS.map(() => fc.option(liveTopic, { nil: undefined }))),
    declared: topics(),
    owned: topics(),
    adopt: fc.constantFrom<Adopt>("unused", "matching", "any", "none"),
    onRemove: fc.constantFrom<OnRemove>("unused", "destroy", "retain"),
    formerOnRemove: fc.constantFrom<OnRemove>("unused", "destroy", "retain"),
    taken: fc.subarray([...KEYS]),
    looks: fc.boolean(),
  })
  .map(({ live, declared, owned, taken, formerOnRemove, ...rest }) => {
    const world = new Map(
      KEYS.flatMap((key, index): [string, LiveTopic][] => {
        const found = live[index];
        if (found === undefined) return [];
        const { used, ...fields } = found;
        const messages = used ? { nextMsgSeq: 3, lastMsgTime: 7 } : { nextMsgSeq: 1, lastMsgTime: 0 };
        return [[idOf(key), { topicId: idOf(key), createTime: 1, ...fields, ...messages }]];
      }),
    );
    const state = setOf(owned, { onRemove: formerOnRemove });
    if (!rest.looks) for (const member of membersOf(state).values()) makeTrue(world, member);
    return {
      ...rest,
      live: world,
      declared: setOf(declared, { adopt: rest.adopt, onRemove: rest.onRemove }),
      owned: state,
      // Whoever else declares one of ours has been refused by the check.
      taken: new Set(taken.map(idOf).filter((id) => !membersOf(setOf(declared)).has(id))),
    };
  });

function setOf(entries: Record<string, Properties>, policies: Properties = {}): Properties {
  return { groupId: GROUP, topics: entries, sdkAppId: SDK_APP_ID, ...policies };
}

function makeTrue(world: Map<string, LiveTopic>, { topicId, spec }: Member): void {
  const blank = { introduction: "", notification: "", faceUrl: "", customString: "", muteAllMember: false };
  const present = world.get(topicId) ?? imported(topicId, { topicName: "x", ...blank });
  world.set(topicId, { ...present, ...fieldsOf({ ...spec }) });
}

function fieldsOf(stated: Properties): Properties {
  return Object.fromEntries(
    FIELDS.filter((field) => stated[field] !== undefined).map((field) => [field, stated[field]]),
  );
}

function imported(topicId: string, stated: Properties): LiveTopic {
  const blank = { introduction: "", notification: "", faceUrl: "", customString: "", muteAllMember: false };
  return { ...blank, ...fieldsOf(stated), topicId, createTime: 1, nextMsgSeq: 1, lastMsgTime: 0 } as LiveTopic;
}

function planInputOf({ declared, owned, live, looks, adopt, onRemove, taken }: Case): PlanInput {
  return {
    declared: membersOf(declared),
    recorded: membersOf(owned),
    live: looks ? live : undefined,
    adopt,
    onRemove,
    declarerOf: (topicId) => (taken.has(topicId) ? 'ChatTopic "other"' : undefined),
  };
}

const isUsed = (topic: LiveTopic): boolean => topic.nextMsgSeq > 1 || topic.lastMsgTime > 0;

/** What design.md says of `adopt`. */
function mayAdopt(stated: Properties, topic: LiveTopic, adopt: Adopt): boolean {
  const equal = TEXTS.every((field) => stated[field] === undefined || stated[field] === topic[field]);
  if (adopt === "unused") return equal && !isUsed(topic);
  if (adopt === "matching") return equal;
  return adopt === "any";
}

const isAssigned = (topicId: string): boolean => splitTopicId(topicId)?.topicKey.startsWith("@TOPIC#") ?? false;

function membersOf(set: Properties): Map<string, Member> {
  return membersOfSet(TOPIC_SET_SCHEMA.read(set));
}

/** What the service, or a state, holds of a topic. */
function statedBy({ spec }: Member): Properties {
  return { ...spec };
}

interface Reached {
  readonly world: Map<string, LiveTopic>;
  readonly owned: Properties;
  readonly refused: ReadonlySet<string>;
}

/** The service and the applier, as far as the planner may count on them. Throws for a step that makes no sense. */
function carryOut(steps: readonly Step[], { live, owned, adopt, onRemove, declared }: Case): Reached {
  const world = new Map(live);
  const refused = new Set<string>();
  const reached: ConfirmedTopic[] = [];
  const former = membersOf(owned);

  const done = (member: Member) => reached.push({ member, fields: member.spec });
  const refuse = (member: Member) => {
    refused.add(member.topicId);
    const before = former.get(member.topicId);
    if (before !== undefined) reached.push({ member, fields: before.spec });
  };
  const set = (member: Member, changes: Properties) => {
    const topic = world.get(member.topicId);
    if (topic === undefined) throw new Error(`${member.topicId} is not there to be changed`);
    world.set(member.topicId, { ...topic, ...changes });
    done(member);
  };
  const changesBetween = (from: TopicSpec, to: TopicSpec): Properties => {
    const mute = to.muteAllMember ?? (from.muteAllMember === true ? false : undefined);
    const texts = TEXTS.filter((field) => from[field] !== to[field]).map((field) => [field, to[field] ?? ""]);
    return { ...Object.fromEntries(texts), ...(mute !== undefined && { muteAllMember: mute }) };
  };

  for (const step of steps) {
    const { member } = step;
    const topic = world.get(member.topicId);
    switch (step.kind) {
      case "keep":
        done(member);
        break;
      case "import":
        if (topic !== undefined && !mayAdopt(statedBy(member), topic, adopt)) refuse(member);
        else if (topic !== undefined) set(member, fieldsOf(statedBy(member)));
        // Only the service can make it.
        else if (isAssigned(member.topicId)) refused.add(member.topicId);
        else {
          world.set(member.topicId, imported(member.topicId, statedBy(member)));
          done(member);
        }
        break;
      case "adopt":
        set(member, fieldsOf(statedBy(member)));
        break;
      case "modify":
        set(member, changesBetween(step.from, member.spec));
        break;
      case "destroy":
        if (!step.checked && onRemove === "unused" && topic !== undefined && isUsed(topic)) refuse(member);
        else world.delete(member.topicId);
        break;
      case "forget":
        break;
      case "refuse":
        refuse(member);
        break;
    }
  }
  // Declared topics first: they have their keys before others take them.
  const ours = membersOf(declared);
  reached.sort((one, other) => Number(ours.has(other.member.topicId)) - Number(ours.has(one.member.topicId)));
  return { world, owned: { ...declared, ...stateOfTopics(reached) }, refused };
}

function holds(property: (given: Case) => void): void {
  fc.assert(fc.property(cases, property), { numRuns: 1_500 });
}

function run(given: Case) {
  const input = planInputOf(given);
  const steps = planSet(input);
  return { input, steps, ...carryOut(steps, given) };
}

describe("for any live, declared and owned topics and any policies, a plan", () => {
  test("has exactly one step for each topic that is declared or owned, the removals first", () => {
    holds((given) => {
      const { input, steps } = run(given);
      const ids = steps.map(({ member }) => member.topicId);
      const concerned = new Set([...input.declared.keys(), ...input.recorded.keys()]);
      expect([...ids].sort()).toEqual([...concerned].sort());
      const firstDeclared = ids.findIndex((id) => input.declared.has(id));
      if (firstDeclared >= 0) for (const id of ids.slice(firstDeclared)) expect(input.declared.has(id)).toBe(true);
    });
  });

  test("reaches the declared state of every topic that the policies allow, and clears what was tracked", () => {
    holds((given) => {
      const { input, world, refused } = run(given);
      for (const [id, member] of input.declared) {
        const stated = statedBy(member);
        const before = given.live.get(id);
        const mine = input.recorded.get(id);
        const isAllowed =
          before === undefined ? !isAssigned(id) : mine !== undefined || mayAdopt(stated, before, given.adopt);
        expect(refused.has(id)).toBe(!isAllowed);
        if (!isAllowed) continue;
        const cleared = TEXTS.filter((field) => mine?.spec[field] !== undefined && stated[field] === undefined);
        const unmuted = mine?.spec.muteAllMember !== undefined && stated.muteAllMember === undefined;
        expect(world.get(id)).toEqual({
          ...(before ?? imported(id, stated)),
          ...Object.fromEntries(before === undefined ? [] : cleared.map((field) => [field, ""])),
          ...(unmuted && before !== undefined && { muteAllMember: false }),
          ...fieldsOf(stated),
        });
      }
    });
  });

  test("removes what left the program as onRemove says, and nothing that is taken, used or retained", () => {
    holds((given) => {
      const { input, world, refused } = run(given);
      for (const id of input.recorded.keys()) {
        if (input.declared.has(id)) continue;
        const before = given.live.get(id);
        const isInUse = given.onRemove === "unused" && before !== undefined && isUsed(before);
        const stays = given.taken.has(id) || given.onRemove === "retain" || isInUse;
        expect(world.get(id)).toEqual(stays ? before : undefined);
        expect(refused.has(id)).toBe(isInUse && !given.taken.has(id));
      }
    });
  });

  test("touches nothing that is neither declared nor owned, and nothing that it refuses", () => {
    holds((given) => {
      const { input, world, refused } = run(given);
      for (const id of KEYS.map(idOf)) {
        const isForeign = !input.declared.has(id) && !input.recorded.has(id);
        if (isForeign || refused.has(id)) expect(world.get(id)).toEqual(given.live.get(id));
      }
    });
  });

  test("keeps a topic of ours that a look shows to be right already", () => {
    holds((given) => {
      fc.pre(given.looks);
      const { input, steps, world } = run(given);
      for (const { member, kind } of steps) {
        const before = given.live.get(member.topicId);
        const isOurs = input.declared.has(member.topicId) && input.recorded.has(member.topicId);
        if (!isOurs || before === undefined) continue;
        expect(kind).toBe(JSON.stringify(world.get(member.topicId)) === JSON.stringify(before) ? "keep" : "modify");
      }
    });
  });

  test("ends in a state that names every topic of ours once, under a key that leads to it", () => {
    holds((given) => {
      const { input, owned, refused } = run(given);
      const expected = [
        ...[...input.declared.keys()].filter((id) => !refused.has(id)),
        ...[...input.recorded.keys()].filter((id) => !input.declared.has(id) && refused.has(id)),
      ];
      expect([...membersOf(owned).keys()].sort()).toEqual(expected.sort());
      const { topicIds } = owned as { topicIds: Record<string, string> };
      expect([...membersOf(owned).values()].map(({ key, topicId }) => [key, topicId])).toEqual(
        Object.entries(topicIds),
      );
    });
  });

  test.each([
    ["with a look", true],
    ["by the state alone", false],
  ])("is followed by one that keeps all, but for the same refusals: %s", (_, looks) => {
    holds((given) => {
      const { world, owned, refused } = run(given);
      const next = { ...given, live: world, owned, looks };
      const again = run(next);
      expect(again.world).toEqual(world);
      expect(again.refused).toEqual(refused);
      const kept = again.steps.filter(({ member }) => !refused.has(member.topicId));
      expect(kept.filter(({ kind }) => kind !== "keep")).toEqual([]);
      expect(Object.entries(again.owned.topics as object).sort()).toEqual(
        Object.entries(owned.topics as object).sort(),
      );
    });
  });

  test("decides the same whatever the order in which topics are declared", () => {
    holds((given) => {
      const { steps } = run(given);
      const reversed = Object.fromEntries(Object.entries(given.declared.topics as object).reverse());
      const other = planSet(planInputOf({ ...given, declared: { ...given.declared, topics: reversed } }));
      const kinds = (plan: readonly Step[]) => plan.map(({ kind, member }) => `${member.topicId} ${kind}`).sort();
      expect(kinds(other)).toEqual(kinds(steps));
    });
  });
});
