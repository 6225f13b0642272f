/** Edits of the program, as its author may make them, one at a time. */
import fc from "fast-check";
import { ADOPT_POLICIES, REMOVE_POLICIES } from "../../../provider/lifecycle/policies.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import {
  KEYS,
  type Member,
  type Place,
  type Policies,
  type Program,
  SET_NAMES,
  type Single,
  TOPIC_NAMES,
  type TopicSet,
} from "./program.js";

export interface Edit {
  readonly label: string;
  readonly change: (program: Program) => Program;
}

const key = fc.constantFrom(...KEYS);
const place = fc.constantFrom<Place>("players", "players", "players", "guild");
const singleName = fc.constantFrom(...TOPIC_NAMES);
const setName = fc.constantFrom(...SET_NAMES);
const text = fc.constantFrom("", "x", "y");
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Often none, so that what is declared is what is there. */
const fields: fc.Arbitrary<Properties> = fc.oneof(
  fc.constant({}),
  fc.record({ topicName: fc.constantFrom("x", "y") }),
  fc.record(
    {
      topicName: fc.constantFrom("x", "Topic"),
      introduction: text,
      customString: text,
      muteAllMember: fc.boolean(),
      createTime: fc.constantFrom(1_448_357_837, 1_448_357_837, 1_448_357_837, 1_658_839_448),
    },
    { requiredKeys: [] },
  ),
);
const policies: fc.Arbitrary<Policies> = fc.record({
  adopt: sometimes(fc.constantFrom(...ADOPT_POLICIES)),
  onRemove: sometimes(fc.constantFrom(...REMOVE_POLICIES)),
});
const single: fc.Arbitrary<Single> = fc
  .tuple(fc.record({ place, key, fields }), policies)
  .map(([own, both]) => ({ ...own, ...both }));
const member: fc.Arbitrary<Member> = fc.record({ fields, label: sometimes(fc.constantFrom("label", ...KEYS)) });
const members = fc
  .uniqueArray(fc.tuple(key, member), { selector: ([at]) => at, minLength: 1, maxLength: KEYS.length })
  .map((entries) => new Map(entries));

const show = (value: unknown) => JSON.stringify(value);
const ofSingle = <T>(given: fc.Arbitrary<T>, edit: (name: string, given: T) => Edit["change"]) =>
  fc.tuple(singleName, given).map(([name, one]): Edit => ({ label: `${name} ${show(one)}`, change: edit(name, one) }));
const ofSet = <T>(given: fc.Arbitrary<T>, edit: (name: string, given: T) => Edit["change"]) =>
  fc.tuple(setName, given).map(([name, one]): Edit => ({ label: `${name} ${show(one)}`, change: edit(name, one) }));

const EDITS: readonly [weight: number, fc.Arbitrary<Edit>][] = [
  [4, ofSingle(single, withSingle)],
  [2, ofSingle(fc.constant(undefined), withSingle)],
  [2, ofSingle(policies, changingSingle)],
  [3, ofSingle(fc.record({ fields }), changingSingle)],
  [2, key.map((at) => ({ label: `keyed at ${at}`, change: changingSingle("keyed", { key: at }) }))],
  [6, ofSet(fc.tuple(key, member), (name, [at, given]) => withMember(name, at, given))],
  [2, ofSet(key, (name, at) => withMember(name, at, undefined))],
  [
    4,
    fc.tuple(setName, members, policies).map(([name, given, both]) => ({
      label: `${name} ${show([...given])} ${show(both)}`,
      change: withSet(name, { members: given, ...both }),
    })),
  ],
  [2, ofSet(fc.constant(undefined), (name) => (program) => ({ ...program, sets: without(program.sets, name) }))],
  [3, ofSet(policies, withSet)],
  [1, ofSet(fc.record({ isExclusive: fc.boolean() }), withSet)],
  [1, ofSet(fc.record({ place }), withSet)],
  [
    4,
    fc.tuple(key, fc.constantFrom("keyed", ...SET_NAMES)).map(([at, to]) => ({
      label: `move ${at} to ${to}`,
      change: moving(at, to),
    })),
  ],
  [
    2,
    fc.tuple(fields, policies).map(([{ introduction, muteAllMember }, both]) => {
      const guild = { fields: { introduction, muteAllMember }, ...both };
      return { label: `guild ${show(guild)}`, change: (program) => ({ ...program, guild }) };
    }),
  ],
  [1, fc.constant({ label: "no guild", change: (program) => ({ ...program, guild: undefined }) })],
];

export const edits: fc.Arbitrary<Edit> = fc.oneof(...EDITS.map(([weight, arbitrary]) => ({ weight, arbitrary })));

function without<V>(entries: ReadonlyMap<string, V>, name: string): Map<string, V> {
  return new Map([...entries].filter(([other]) => other !== name));
}

function withSingle(name: string, given: Single | undefined) {
  return (program: Program): Program => {
    const others = without(program.singles, name);
    return { ...program, singles: given === undefined ? others : others.set(name, given) };
  };
}

function changingSingle(name: string, changes: Partial<Single>) {
  return (program: Program): Program => {
    const present = program.singles.get(name);
    return present === undefined
      ? program
      : { ...program, singles: new Map(program.singles).set(name, { ...present, ...changes }) };
  };
}

const EMPTY_SET: TopicSet = { place: "players", isExclusive: false, members: new Map() };

function withSet(name: string, changes: Partial<TopicSet>) {
  return (program: Program): Program => {
    const present = program.sets.get(name) ?? EMPTY_SET;
    return { ...program, sets: new Map(program.sets).set(name, { ...present, ...changes }) };
  };
}

function withMember(name: string, at: string, given: Member | undefined) {
  return (program: Program): Program => {
    const others = without(program.sets.get(name)?.members ?? new Map<string, Member>(), at);
    return withSet(name, { members: given === undefined ? others : others.set(at, given) })(program);
  };
}

/** Whoever declares the topic no longer does, and `to` does, with the same fields. */
function moving(at: string, to: string) {
  return (program: Program): Program => {
    const singles = [...program.singles].filter(([name, { key: own }]) => name === "keyed" && own === at);
    const sets = [...program.sets].filter(([, { members }]) => members.has(at));
    const found = singles[0]?.[1].fields ?? sets[0]?.[1].members.get(at)?.fields;
    if (found === undefined) return program;
    const removed: Program = {
      ...program,
      singles: new Map([...program.singles].filter(([name]) => !singles.some(([other]) => other === name))),
      sets: new Map([...program.sets].map(([name, set]) => [name, { ...set, members: without(set.members, at) }])),
    };
    if (SET_NAMES.some((name) => name === to)) return withMember(to, at, { fields: found, label: undefined })(removed);
    return withSingle(to, { place: "players", key: at, fields: found, adopt: "matching" })(removed);
  };
}
