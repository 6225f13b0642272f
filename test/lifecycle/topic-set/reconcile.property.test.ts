/**
 * A set over a while, against the emulator: declarations come and go, others edit the app, calls fail in every way. One
 * refresh and one update without faults later, all is as declared.
 */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ChatError } from "../../../provider/chat/errors/index.js";
import type { Fault } from "../../../provider/emulator/index.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { GROUP, idOf, TestApp } from "../../chat/test-app.js";
import { withoutPauses } from "../without-pauses.js";
import { SetRun, type StoredSet, type Topics, topicsOf } from "./set-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(withoutPauses);
afterAll(() => app.close());

const KEYS = ["a", "b", "c", "constructor", "__proto__", "x y"] as const;
const FOREIGN = {
  topicKey: "foreign",
  topicName: "Foreign",
  introduction: "theirs",
  muteAllMember: true,
  nextMsgSeq: 9,
};

const text = fc.constantFrom("", "x", "y");
const entry = fc.record(
  {
    topicName: fc.constantFrom("x", "y"),
    introduction: text,
    customString: text,
    muteAllMember: fc.boolean(),
    createTime: fc.constant(1448357837),
  },
  { requiredKeys: ["topicName"] },
);

/** Some topics stand under a label. */
const topics: fc.Arbitrary<Topics> = fc
  .tuple(fc.subarray([...KEYS]), fc.array(fc.tuple(entry, fc.boolean()), { minLength: 6, maxLength: 6 }))
  .map(([keys, entries]) =>
    Object.fromEntries(
      keys.map((key, index) => {
        const [fields, hasLabel] = entries[index] ?? [{}, false];
        return hasLabel ? [`the ${key}`, { ...fields, topicId: idOf(key) }] : [key, fields];
      }),
    ),
  );

/** Nothing was done. */
const UNDONE: readonly Fault[] = [
  { kind: "throttle" },
  { kind: "drop-before" },
  { kind: "http", status: 502 },
  { kind: "garbage" },
  ...[10002, 10004, 10007, 10016, 10037, 60010, 80001].map((code): Fault => ({ kind: "error", code })),
];
/** It was done, and nobody knows. */
const LOST: readonly Fault[] = [{ kind: "drop-after" }, { kind: "http", status: 502, done: true }];

function faults(kinds: readonly Fault[]): fc.Arbitrary<Fault[]> {
  const commands = fc.constantFrom("import_topic", "modify_topic", "get_topic", "destroy_topic");
  const fault = fc.tuple(fc.constantFrom(...kinds), commands, fc.integer({ min: 1, max: 4 }));
  return fc.array(
    fault.map(([kind, command, times]) => ({ ...kind, command, times })),
    { maxLength: 4 },
  );
}

type Action =
  | { readonly do: "up"; readonly topics: Topics; readonly onRemove: string; readonly faults: Fault[] }
  | { readonly do: "refresh" }
  | { readonly do: "edit" | "destroy" | "import" | "use"; readonly key: string };

const key = fc.constantFrom(...KEYS);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("up" as const),
      topics,
      onRemove: fc.constantFrom("unused", "destroy", "retain"),
      faults: faults([...UNDONE, ...LOST]),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("refresh" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("edit", "destroy", "import", "use"), key }) },
);

/** What becomes of the state. */
async function carryOut(act: Action, set: StoredSet | undefined): Promise<StoredSet | undefined> {
  if (act.do === "refresh") return set && new SetRun(app).refresh(set);
  if (act.do === "up") {
    app.fault(...act.faults);
    try {
      return await new SetRun(app).up(set, act.topics, { adopt: "any", onRemove: act.onRemove });
    } catch (error) {
      // Nothing was kept: the state is as it was.
      if (error instanceof ChatError) return set;
      throw error;
    } finally {
      app.emulator.clearFaults();
    }
  }
  const theirs = await new SetRun(app).topics();
  const topicId = idOf(act.key);
  const isThere = app.live(act.key) !== undefined;
  if (act.do === "import" && !isThere) await theirs.import({ groupId: GROUP, topicId, topicName: "theirs" });
  if (act.do === "edit" && isThere)
    await theirs.modify(GROUP, topicId, { introduction: "edited", muteAllMember: true });
  if (act.do === "use" && isThere) app.emulator.addMessages(topicId, 1);
  if (act.do === "destroy") await theirs.destroy(GROUP, topicId);
  return set;
}

/** The ids that the state names; each has to stand there once, under the key of its topic. */
function idsIn(set: StoredSet | undefined): string[] {
  const topicIds = (set?.outputs.topicIds ?? {}) as Record<string, string>;
  expect(Object.keys(topicIds)).toEqual(Object.keys(topicsOf(set)));
  const ids = Object.values(topicIds);
  expect(new Set(ids).size).toBe(ids.length);
  return ids;
}

test("whatever happened before, a refresh and an up without faults make everything as declared", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 8 }), topics, async (actions, declared) => {
      await app.reset([FOREIGN]);
      let set: StoredSet | undefined;
      for (const act of actions) {
        set = await carryOut(act, set);
        idsIn(set);
      }

      if (set !== undefined) set = await new SetRun(app).refresh(set);
      const before = idsIn(set);
      for (const id of before) expect(app.liveTopics().map(({ topicId }) => topicId)).toContain(id);

      const more = { adopt: "any", onRemove: "destroy" };
      const after = await new SetRun(app).up(set, declared, more);
      expect(after.failure?.reasons ?? []).toEqual([]);
      const wanted = Object.entries(declared) as [string, Properties][];
      const entriesOf = (record: object) => Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
      expect(entriesOf(topicsOf(after))).toEqual(entriesOf(declared));

      const live = new Map(app.liveTopics().map((topic) => [topic.topicId, topic]));
      const ids = idsIn(after);
      for (const [label, { createTime: _, topicId = idOf(label), ...fields }] of wanted) {
        expect(ids).toContain(topicId);
        expect(live.get(String(topicId))).toMatchObject(fields);
      }
      for (const id of before) if (!ids.includes(id)) expect(live.has(id)).toBe(false);
      const { topicKey, ...foreign } = FOREIGN;
      expect(live.get(idOf(topicKey))).toMatchObject(foreign);

      app.emulator.clearRequests();
      await new SetRun(app).up(after, declared, more);
      expect(app.commands()).toEqual([]);
      expect((await new SetRun(app).refresh(after))?.outputs).toEqual(after.outputs);
    }),
    { numRuns: 60 },
  );
});

test("after any failure that did nothing, the state tells of each topic exactly what the app holds", async () => {
  const up = fc.record({
    do: fc.constant("up" as const),
    topics,
    onRemove: fc.constantFrom("unused", "destroy"),
    faults: faults(UNDONE),
  });
  const use = fc.record({ do: fc.constant("use" as const), key });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 3, arbitrary: up }, use), { minLength: 1, maxLength: 6 }),
      async (actions) => {
        await app.reset();
        let set: StoredSet | undefined;
        for (const act of actions) {
          set = await carryOut(act, set);
          const live = new Map(app.liveTopics().map((topic) => [topic.topicId, topic]));
          expect(idsIn(set).sort()).toEqual([...live.keys()].sort());
          const topicIds = (set?.outputs.topicIds ?? {}) as Record<string, string>;
          for (const [label, { createTime: _, topicId: __, ...fields }] of Object.entries(topicsOf(set))) {
            expect(live.get(topicIds[label])).toMatchObject(fields);
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});
