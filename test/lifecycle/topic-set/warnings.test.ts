/** What a set warns of: once for all topics that share it, with all of their keys, however many they are. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { GROUP, idOf, TestApp } from "../../chat/test-app.js";
import { many, SetRun, type StoredSet, type Topics, topicsOf, urnOfSet } from "./set-run.js";

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
});
beforeEach(async () => {
  await app.reset();
  app.emulator.clearFaults();
  vi.spyOn(Math, "random").mockReturnValue(0);
  return () => vi.restoreAllMocks();
});
afterAll(() => app.close());

const SIXTY = Object.keys(many(60));
const news = { topicName: "News" };

/** Up for the first time, or again, in a run of its own. */
function up(before: StoredSet | undefined, topics: Topics, more: Properties = {}): Promise<StoredSet> {
  return new SetRun(app).up(before, topics, more);
}

/** A set that is up. */
async function given(topics: Topics, more: Properties = {}): Promise<StoredSet> {
  const set = await up(undefined, topics, more);
  expect([set.failure?.reasons ?? [], set.warnings]).toEqual([[], []]);
  return set;
}

async function deleteOutside(topicKeys: readonly string[]): Promise<void> {
  const topics = await new SetRun(app).topics();
  await Promise.all(topicKeys.map((key) => topics.destroy(GROUP, idOf(key))));
}

/** The topics whose number leaves that rest. */
function everyThird(rest: number): string[] {
  return SIXTY.filter((_, index) => index % 3 === rest);
}

describe("60 topics that were deleted outside and come back", () => {
  const BACK =
    "60 topics had been deleted outside of Pulumi and were imported anew, without their messages. They are: " +
    `${SIXTY.join(", ")}.`;

  test("are one warning that names them all where a look shows it", async () => {
    const set = await given({ ...many(60), news });
    await deleteOutside(SIXTY);
    const topics = { ...many(60), news, one: { topicName: "One" }, two: { topicName: "Two" } };
    const back = await up(set, topics);
    expect(back.failure).toBeUndefined();
    expect(back.warnings).toEqual([BACK]);
    expect(topicsOf(back)).toEqual(topics);
    expect(app.liveTopics()).toHaveLength(63);
  });

  test("are one warning that names them all where the change of each shows it", async () => {
    const set = await given({ ...many(60), news });
    await deleteOutside(SIXTY);
    const topics = { ...many(60, { introduction: "changed" }), news };
    const back = await up(set, topics);
    expect(back.failure).toBeUndefined();
    expect(back.warnings).toEqual([BACK]);
    expect(topicsOf(back)).toEqual(topics);
    expect(app.live("topic-59")).toMatchObject({ topicName: "Topic 59", introduction: "changed" });
  });

  test("are one warning as well where another topic of the set fails", async () => {
    const set = await given(many(60));
    await deleteOutside(SIXTY);
    app.emulator.changeRules({ refusedWords: ["badword"] });
    const failed = await up(set, { ...many(60), bad: { topicName: "a badword" }, news });
    expect(failed.failure?.reasons).toHaveLength(2);
    expect(failed.warnings).toEqual([BACK]);
  });
});

describe("60 topics that another resource of the run declares now", () => {
  const leftTo = (name: string, topicKeys: readonly string[]) =>
    `${topicKeys.length} topics were not destroyed, since ChatTopicSet "${name}" declares them now: ` +
    `${topicKeys.join(", ")}.`;
  const runIn = (declared: Readonly<Record<string, readonly string[]>>) => {
    const run = new SetRun(app);
    for (const [name, topicKeys] of Object.entries(declared)) {
      expect(run.declarations.declare(topicKeys.map(idOf), urnOfSet(name), String)).toEqual([]);
    }
    return run;
  };

  describe.each(["unused", "destroy"])("under onRemove %s", (onRemove) => {
    test("are one warning that names them and their resource when they leave the set", async () => {
      const set = await given({ ...many(60), news }, { onRemove });
      const run = runIn({ others: SIXTY });
      const inputs = run.inputs({ news }, { onRemove }, set.inputs);
      const { outputs, warnings } = await LIFECYCLES.ChatTopicSet.update(run, GROUP, set.outputs, inputs);
      expect(warnings).toEqual([leftTo("others", SIXTY)]);
      expect(outputs.topics).toEqual({ news });
      expect(app.liveTopics()).toHaveLength(61);
    });

    test("are one warning that names them and their resource when the set is deleted", async () => {
      const set = await given({ ...many(60), news }, { onRemove });
      expect(await runIn({ others: SIXTY }).delete(set)).toEqual({ warnings: [leftTo("others", SIXTY)] });
      expect(app.liveTopics()).toHaveLength(60);
    });
  });

  test("are no warning under onRemove retain, which leaves them in the app anyway", async () => {
    const set = await given({ ...many(60), news }, { onRemove: "retain" });
    const run = runIn({ others: SIXTY });
    const inputs = run.inputs({ news }, { onRemove: "retain" }, set.inputs);
    expect(await LIFECYCLES.ChatTopicSet.update(run, GROUP, set.outputs, inputs)).toMatchObject({ warnings: [] });
    expect(app.liveTopics()).toHaveLength(61);
  });

  test("are a warning for each resource where several declare them, one topic with its own text", async () => {
    const set = await given(many(60));
    const [one, two, three] = [SIXTY.slice(0, 40), SIXTY.slice(40, 59), SIXTY.slice(59)];
    expect(await runIn({ one, two, three }).delete(set)).toEqual({
      warnings: [
        leftTo("one", one),
        leftTo("two", two),
        'Topic "topic-59" in @TGS#_players was not destroyed: ChatTopicSet "three" declares it now.',
      ],
    });
    expect(app.liveTopics()).toHaveLength(60);
  });
});

describe('60 topics that are taken over under adopt "any"', () => {
  const adopt = { adopt: "any" };

  test("are one warning for those that are changed, with the names of the fields, and one for the others", async () => {
    await app.reset(
      SIXTY.map((topicKey, index) => ({ topicKey, topicName: index % 3 === 1 ? "Theirs" : `Topic ${index}` })),
    );
    const set = await up(undefined, many(60), adopt);
    expect(set.failure).toBeUndefined();
    const same = SIXTY.filter((_, index) => index % 3 !== 1);
    expect(set.warnings).toEqual([
      `40 topics existed already and were taken over: ${same.join(", ")}.`,
      `20 topics existed already and were taken over and changed (topicName): ${everyThird(1).join(", ")}.`,
    ]);
    expect(app.live("topic-58")?.topicName).toBe("Topic 58");
  });

  test("are a warning for each choice of fields, one topic with its own text", async () => {
    await app.reset(
      SIXTY.map((topicKey, index) => ({
        topicKey,
        topicName: index % 3 === 1 ? "Theirs" : `Topic ${index}`,
        introduction: index % 3 === 0 ? "here" : "there",
        muteAllMember: index === 59,
      })),
    );
    const topics = many(60, { introduction: "here", muteAllMember: false });
    const set = await up(undefined, topics, adopt);
    expect(set.failure).toBeUndefined();
    const [same, renamed, others] = [everyThird(0), everyThird(1), everyThird(2).slice(0, -1)];
    expect(set.warnings).toEqual([
      `20 topics existed already and were taken over: ${same.join(", ")}.`,
      `20 topics existed already and were taken over and changed (topicName, introduction): ${renamed.join(", ")}.`,
      `19 topics existed already and were taken over and changed (introduction): ${others.join(", ")}.`,
      "1 topic existed already and was taken over and changed (introduction, muteAllMember): " +
        '"topic-59" in @TGS#_players.',
    ]);
    expect(topicsOf(set)).toEqual(topics);
    for (const [key, topic] of Object.entries(topics)) expect(app.live(key)).toMatchObject(topic);
  });
});
