/** What `tencent-chat parity` takes for the same resource in two environments, and what it says of the others. */
import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { compare } from "../../provider/cli/parity/compare.js";
import { declaredEnvironment, topicResources } from "../../provider/cli/parity/declared.js";
import { type Environment, fingerprintOf, onlyNamed } from "../../provider/cli/parity/environment.js";
import { toJson, toText } from "../../provider/cli/parity/report.js";
import { runCli } from "../../provider/cli/program.js";
import type { StateResource } from "../../provider/cli/pulumi-stacks.js";
import { shownNames } from "../../provider/cli/resource-keys.js";
import { fingerprintOf as fingerprintOfSet } from "../../provider/lifecycle/topic-set/fingerprint.js";
import { CHAT_TOPIC_TYPE } from "../../provider/resources/chat-topic.js";
import { CHAT_TOPIC_SET_TYPE } from "../../provider/resources/chat-topic-set.js";
import { writeProgram } from "./doctor-run.js";

const COMPONENT = `my:mod:Comp$${CHAT_TOPIC_SET_TYPE}`;
const TOPICS = { general: { topicName: "General" } };
const OTHER_TOPICS = { general: { topicName: "Everything" } };

/** A stack's resources: the types before each name, the name, and the topics of a set. */
type Declared = readonly (readonly [types: string, name: string, topics: object])[];

function stateOf(stack: string, declared: Declared, project = "proj"): StateResource[] {
  return declared.map(
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
}

function environment(stack: string, declared: Declared, project?: string): Environment {
  return declaredEnvironment(stack, topicResources(stateOf(stack, declared, project)));
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

describe("the command", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  /** Runs it on the states of two stacks, which a script in the place of the Pulumi CLI gives. */
  async function parity(dev: Declared, prod: Declared, ...args: string[]) {
    await using folder = await mkdtempDisposable(join(tmpdir(), "parity-"));
    for (const [stack, declared] of Object.entries({ dev, prod })) {
      const state = { deployment: { resources: stateOf(stack, declared) } };
      await writeFile(join(folder.path, `${stack}.json`), JSON.stringify(state));
    }
    await writeProgram(join(folder.path, "pulumi"), `/bin/cat "${folder.path}/$4.json"`);
    vi.stubEnv("PATH", folder.path);
    const said = { out: "", err: "" };
    const code = await runCli(["parity", "dev", "prod", "--cwd", folder.path, ...args], {
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
      stopped: () => new Promise(() => {}),
    });
    return { code, ...said };
  }

  const DEV: Declared = [
    [CHAT_TOPIC_SET_TYPE, "topics", TOPICS],
    [COMPONENT, "topics", TOPICS],
  ];
  const PROD: Declared = [
    [CHAT_TOPIC_SET_TYPE, "topics", OTHER_TOPICS],
    [COMPONENT, "topics", TOPICS],
  ];

  test("ends with 1 where one of two resources of a name differs, and with 0 where none does", async () => {
    const { code, out } = await parity(DEV, PROD);
    expect(code).toBe(1);
    expect(out).toContain('topics › general.topicName: "General" in dev, "Everything" in prod');
    expect((await parity(DEV, DEV)).code).toBe(0);
  });

  test.each([
    ["topics", 1],
    [`${CHAT_TOPIC_SET_TYPE}::topics`, 1],
    ["my:mod:Comp::topics", 0],
    [`${COMPONENT}::topics`, 0],
  ])("compares with --set %s what it means, and ends with %i", async (name, code) => {
    expect(await parity(DEV, PROD, "--set", name)).toMatchObject({ code, err: "" });
  });

  test("refuses a name that no resource has, and lists those that there are", async () => {
    expect(await parity(DEV, PROD, "--set", "Comp::topics")).toMatchObject({
      code: 2,
      out: "",
      err: "tencent-chat: no stack has a resource of topics named Comp::topics; there are: topics, my:mod:Comp::topics\n",
    });
  });
});
