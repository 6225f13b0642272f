/**
 * What holds where a run could be foreseen, since the state knew the world: it comes to what `expectation.ts` says. Laws as
 * those of `laws.ts`, which hold always.
 */
import { isDeepStrictEqual } from "node:util";
import { areOvercome, leaveDoubt, loseAnswers } from "./accidents.js";
import { expectationOf, keptTopicsOf, TEXTS } from "./expectation.js";
import type { Happening, Law } from "./laws.js";
import type { Declared } from "./program.js";
import { type State, type Stored, topicsOf } from "./state.js";
import type { World } from "./world.js";

export const FORESEEN: Readonly<Record<string, Law>> = {
  "a run fails where the policies say so, and nowhere else": (happening) => {
    const { before, program, report } = happening;
    if (!isFailureForeseeable(happening)) return [];
    const { refusals } = expectationOf(program, before.state, before.world);
    const hasFailed = report.failures.length > 0;
    if (hasFailed === refusals.length > 0) return [];
    return hasFailed ? report.failures.flatMap(({ messages }) => messages) : [...refusals];
  },

  "a success makes the world as expected": (happening) => {
    const { before, after, program, report } = happening;
    if (!hasRun(happening) || report.failures.length > 0 || !isTrue(before.state, before.world)) return [];
    const expected = expectationOf(program, before.state, before.world);
    const assigned = program.flatMap(({ urn, assigned: has }) =>
      has ? [...topicsOf(after.state.get(urn)).keys()] : [],
    );
    const ids = new Set([...expected.topics.keys(), ...after.world.topics.keys()]);
    return [...ids]
      .filter((id) => expected.topics.has(id) || !assigned.includes(id))
      .filter((id) => {
        const { createTime, ...live } = after.world.topics.get(id) ?? {};
        return !isDeepStrictEqual(live, expected.topics.get(id) ?? {});
      })
      .map((id) => `${id} should be ${JSON.stringify(expected.topics.get(id))}`);
  },

  "after a run of which no answer was lost, failed or not, the state tells the truth": (happening) => {
    const { before, after, faults, report } = happening;
    if (!hasRun(happening) || loseAnswers(faults) || !isTrue(before.state, before.world)) return [];
    // A topic that two resources name is on its way from one to the other, and the one does not hear of the other. A
    // deletion that fails half-way cannot tell the engine how far it came.
    const isShared = (id: string) => [before.state, after.state].some((state) => ownersOf(id, state) > 1);
    const failed = new Set(report.failures.map(({ urn }) => urn));
    const deletes = report.steps.filter(({ do: what, urn }) => failed.has(urn) && /delete|replace/.test(what));
    const isHalfDeleted = (urn: string) => deletes.some((step) => step.urn === urn);
    return [...after.state.values()]
      .filter(({ urn }) => !isHalfDeleted(urn))
      .flatMap((stored) => untruthsOf(stored, after.world))
      .filter((id) => !isShared(id));
  },
};

function hasRun({ command, isKilled }: Happening): boolean {
  return command !== "refresh" && !isKilled;
}

function isFailureForeseeable(happening: Happening): boolean {
  const { before, program, faults } = happening;
  if (!hasRun(happening) || !areOvercome(faults)) return false;
  // After a lost answer an import without an id is not repeated, and what holds an id is taken for ours.
  if (leaveDoubt(faults) && program.some((resource) => resource.assigned !== undefined || meets(resource, before))) {
    return false;
  }
  // What is brought back where it has gone needs its community, and an id of ours.
  const isLive = (topicId: string) => before.world.topics.has(topicId);
  return (
    [...before.state.values()].every(
      (stored) => stored.kind !== "ChatCommunity" || untruthsOf(stored, before.world).length === 0,
    ) &&
    program.every((resource) => !resource.assigned || [...keptTopicsOf(resource, before.state).keys()].every(isLive))
  );
}

function ownersOf(topicId: string, state: State): number {
  return [...state.values()].filter((stored) => topicsOf(stored).has(topicId)).length;
}

/** Does it take over nothing, and finds something under its ids? */
function meets(resource: Declared, { state, world }: Happening["before"]): boolean {
  if (resource.adopt !== "none") return false;
  if (resource.kind === "ChatCommunity") return !state.has(resource.urn) && world.communities.has(resource.groupId);
  const kept = keptTopicsOf(resource, state);
  return [...resource.topics.keys()].some((id) => world.topics.has(id) && !kept.has(id));
}

/** Is everything in the state as it is in the world? */
function isTrue(state: State, world: World): boolean {
  return [...state.values()].every((stored) => untruthsOf(stored, world).length === 0);
}

/** The ids of what the state tells wrongly. */
function untruthsOf(stored: Stored, world: World): string[] {
  if (stored.kind === "ChatCommunity") {
    return tells(stored.outputs, world.communities.get(stored.id), ["name", "introduction"]) ? [] : [stored.id];
  }
  const topics = [...topicsOf(stored)].filter(
    ([topicId, tracked]) => !tells(tracked, world.topics.get(topicId), TEXTS),
  );
  return topics.map(([topicId]) => topicId);
}

function tells(tracked: object, live: object | undefined, texts: readonly string[]): boolean {
  if (live === undefined) return false;
  const told = new Map<string, unknown>(Object.entries(tracked));
  return Object.entries(live).every(([name, value]) => {
    return ![...texts, "muteAllMember"].includes(name) || (told.get(name) ?? value) === value;
  });
}
