/** What `tencent-chat parity` takes for the same resource in two environments, and what it says of the others. */
import { expect, test } from "vitest";
import { compare } from "../../provider/cli/parity/compare.js";
import { declaredEnvironment, topicResources } from "../../provider/cli/parity/declared.js";
import { type Environment, fingerprintOf, onlyNamed } from "../../provider/cli/parity/environment.js";
import { toJson, toText } from "../../provider/cli/parity/report.js";
import type { StateResource } from "../../provider/cli/pulumi-stacks.js";
import { shownNames } from "../../provider/cli/resource-keys.js";
import { fingerprintOf as fingerprintOfSet } from "../../provider/lifecycle/topic-set/fingerprint.js";
import { CHAT_TOPIC_TYPE } from "../../provider/resources/chat-topic.js";
import { CHAT_TOPIC_SET_TYPE } from "../../provider/resources/chat-topic-set.js";

const COMPONENT = `my:mod:Comp$${CHAT_TOPIC_SET_TYPE}`;
const TOPICS = { general: { topicName: "General" } };
const OTHER_TOPICS = { general: { topicName: "Everything" } };

/** A stack's resources: the types before each name, the name, and the topics of a set. */
type Declared = readonly (readonly [types: string, name: string, topics: object])[];

function environment(stack: string, declared: Declared, project = "proj"): Environment {
  const resources = declared.map(
    ([types, name, topics]): StateResource => ({
      urn: `urn:pulumi:${stack}::${project}::${types}::${name}`,
      type: types.slice(types.lastIndexOf("$") + 1),
      id: "@TGS#_players@TOPIC#_general",
      outputs: types.endsWith(CHAT_TOPIC_TYPE) ? { ...topics } : { topics },
      provider: "",
      external: false,
      delete: false,
    }),
  );
  return declaredEnvironment(stack, topicResources(resources));
}

function report(reference: Environment, other: Environment) {
  const comparisons = [
    { environment: reference, differences: [] },
    { environment: other, differences: compare(reference, other) },
  ];
  const names = shownNames([...reference.groups.keys(), ...other.groups.keys()]);
  const json = JSON.parse(toJson(reference, comparisons, names));
  return { text: toText(reference, comparisons, names), differences: json.stacks[1].differences };
}

test.each<[string, Declared, Declared]>([
  [
    "at the top of the program",
    [
      [CHAT_TOPIC_SET_TYPE, "topics", TOPICS],
      [COMPONENT, "topics", TOPICS],
    ],
    [
      [CHAT_TOPIC_SET_TYPE, "topics", OTHER_TOPICS],
      [COMPONENT, "topics", TOPICS],
    ],
  ],
  [
    "in another component",
    [
      [`my:mod:First$${CHAT_TOPIC_SET_TYPE}`, "topics", TOPICS],
      [`my:mod:Second$${CHAT_TOPIC_SET_TYPE}`, "topics", TOPICS],
    ],
    [
      [`my:mod:First$${CHAT_TOPIC_SET_TYPE}`, "topics", OTHER_TOPICS],
      [`my:mod:Second$${CHAT_TOPIC_SET_TYPE}`, "topics", TOPICS],
    ],
  ],
  [
    "of another type",
    [
      [CHAT_TOPIC_TYPE, "topics", TOPICS.general],
      [CHAT_TOPIC_SET_TYPE, "topics", TOPICS],
    ],
    [
      [CHAT_TOPIC_TYPE, "topics", OTHER_TOPICS.general],
      [CHAT_TOPIC_SET_TYPE, "topics", TOPICS],
    ],
  ],
])("a difference is not hidden by an equal resource of the same name %s", (_where, dev, prod) => {
  const [reference, other] = [environment("dev", dev), environment("prod", prod)];
  expect(compare(reference, other)).toMatchObject([
    { topic: "general", field: "topicName", reference: "General", other: "Everything" },
  ]);
  expect(fingerprintOf(reference)).not.toBe(fingerprintOf(other));
});

test("a set in a component is another resource than one without", () => {
  const dev = environment("dev", [[CHAT_TOPIC_SET_TYPE, "topics", TOPICS]]);
  const prod = environment("prod", [[COMPONENT, "topics", TOPICS]]);
  const { text, differences } = report(dev, prod);
  expect(text).toContain("  topics: only in dev\n");
  expect(text).toContain("  my:mod:Comp::topics: only in prod\n");
  expect(differences).toEqual([
    { resource: "my:mod:Comp::topics", reference: false, other: true },
    { resource: "topics", reference: true, other: false },
  ]);
});

test("a set in a component is shown by its name where that is enough", () => {
  const dev = environment("dev", [[COMPONENT, "topics", TOPICS]]);
  const prod = environment("prod", [[COMPONENT, "topics", OTHER_TOPICS]]);
  const { text, differences } = report(dev, prod);
  expect(text).toContain('  topics › general.topicName: "General" in dev, "Everything" in prod\n');
  expect(differences).toMatchObject([{ resource: "topics", topic: "general", field: "topicName" }]);
});

test("another name of the stack or the project makes no difference", () => {
  const declared: Declared = [
    [CHAT_TOPIC_SET_TYPE, "topics", TOPICS],
    [COMPONENT, "topics", OTHER_TOPICS],
  ];
  const [dev, prod] = [environment("dev", declared), environment("prod", declared, "renamed")];
  expect(compare(dev, prod)).toEqual([]);
  expect(fingerprintOf(dev)).toBe(fingerprintOf(prod));
});

test("differences come by the names of resources, whatever their types", () => {
  const dev = environment("dev", [
    [CHAT_TOPIC_SET_TYPE, "b", TOPICS],
    [CHAT_TOPIC_TYPE, "c", TOPICS.general],
    [COMPONENT, "a", TOPICS],
  ]);
  const { differences } = report(dev, environment("prod", []));
  expect(differences.map(({ resource }: { resource: string }) => resource)).toEqual(["a", "b", "c"]);
});

test("the fingerprint of a single set is the set's own, in a component too", () => {
  for (const types of [CHAT_TOPIC_SET_TYPE, COMPONENT]) {
    expect(fingerprintOf(environment("dev", [[types, "topics", TOPICS]]))).toBe(fingerprintOfSet(TOPICS));
  }
});

test("a name stands for all resources that have it, a longer form for one of them", () => {
  const all = environment("dev", [
    [CHAT_TOPIC_SET_TYPE, "topics", TOPICS],
    [COMPONENT, "topics", TOPICS],
    [CHAT_TOPIC_SET_TYPE, "others", TOPICS],
  ]);
  const chosen = (...names: string[]) => [...onlyNamed(all, names).groups.keys()];
  expect(chosen()).toHaveLength(3);
  expect(chosen("topics")).toEqual([`${CHAT_TOPIC_SET_TYPE}::topics`, `${COMPONENT}::topics`]);
  expect(chosen("my:mod:Comp::topics", "others")).toEqual([`${COMPONENT}::topics`, `${CHAT_TOPIC_SET_TYPE}::others`]);
  expect(chosen(`${CHAT_TOPIC_SET_TYPE}::topics`)).toEqual([`${CHAT_TOPIC_SET_TYPE}::topics`]);
});
