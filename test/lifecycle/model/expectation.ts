/**
 * What a run without accidents has to come to, said by what README.md promises and nothing else: from the program, the state
 * and the world as the state knows it, either the world afterwards, or why the run must refuse.
 */

import type { AdoptPolicy, RemovePolicy } from "../../../provider/lifecycle/policies.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { type Declared, GUILD_URN, PLACES } from "./program.js";
import { recordedTopicsOf, type State, type Stored, topicsOf } from "./state.js";
import { isUsed, type LiveTopic, type World } from "./world.js";

export const TEXTS = ["topicName", "introduction", "notification", "faceUrl", "customString"] as const;
const BLANK = { introduction: "", notification: "", faceUrl: "", customString: "", muteAllMember: false };

export interface Expectation {
  /** Why the run must fail; empty where it must succeed. */
  readonly refusals: readonly string[];
  /** What must be live after a success, by topic id, without `createTime`. Topics with new ids of the service's are not among them. */
  readonly topics: ReadonlyMap<string, Properties>;
}

export function expectationOf(program: readonly Declared[], state: State, world: World): Expectation {
  const declared = new Map(
    program.flatMap((resource) => [...resource.topics.keys()].map((id) => [id, resource] as const)),
  );
  const refusals: string[] = [];
  const topics = new Map<string, Properties>([...world.topics].map(([id, topic]) => [id, withoutTime(topic)]));

  for (const removal of removalsOf(program, state)) {
    const { topicId, onRemove, from, isDuringProgram, isThere } = removal;
    const taker = declared.get(topicId);
    if (onRemove === "retain") continue;
    if (taker !== undefined) {
      if (isDuringProgram) refusals.push(`${topicId} cannot move from ${from} to ${taker.urn}`);
      continue;
    }
    const live = world.topics.get(topicId);
    if (!isThere || live === undefined) continue;
    if (onRemove === "unused" && isUsed(live)) refusals.push(`${topicId} has messages`);
    else topics.delete(topicId);
  }

  for (const resource of program) {
    const kept = keptTopicsOf(resource, state);
    for (const [topicId, said] of resource.topics) {
      const live = world.topics.get(topicId);
      const tracked = kept.get(topicId);
      if (live !== undefined && tracked === undefined && !mayAdopt(said, live, resource.adopt)) {
        refusals.push(`${topicId} may not be taken over by ${resource.urn}`);
      }
      if (isChanged(tracked?.createTime, said.createTime)) refusals.push(`${topicId} has a createTime that is fixed`);
      topics.set(
        topicId,
        withoutTime(written(said, tracked, live ?? { ...BLANK, topicId, nextMsgSeq: 1, lastMsgTime: 0 })),
      );
    }
    if (resource.assigned !== undefined) {
      for (const [topicId, tracked] of kept) {
        const live = world.topics.get(topicId);
        if (isChanged(tracked.createTime, resource.assigned.createTime))
          refusals.push(`${topicId} has a createTime that is fixed`);
        if (live !== undefined) topics.set(topicId, withoutTime(written(resource.assigned, tracked, live)));
      }
    }
  }
  expectGuild(program, state, world, refusals, topics);
  return { refusals, topics };
}

/** The topics that stay with their resource, with the fields that the state tracks. */
export function keptTopicsOf(resource: Declared, state: State): Map<string, Properties> {
  const stored = state.get(resource.urn);
  return stored === undefined || isReplaced(resource, stored) ? new Map() : topicsOf(stored);
}

interface Removal {
  readonly topicId: string;
  readonly onRemove: RemovePolicy;
  readonly from: string;
  /** By an update or a replacement, which may come before another resource takes it over; not by the deletions at the end. */
  readonly isDuringProgram: boolean;
  readonly isThere: boolean;
}

/** The topics of the state that leave their resource. */
export function removalsOf(program: readonly Declared[], state: State): Removal[] {
  return [...state.values()].flatMap((stored): Removal[] => {
    if (stored.kind === "ChatCommunity") return [];
    const resource = program.find(({ urn }) => urn === stored.urn);
    const stays = resource === undefined ? undefined : isMoved(resource, stored) ? new Map() : resource.topics;
    // An update of a set goes by the program; everything else by the state.
    const isUpdate = resource !== undefined && !isMoved(resource, stored);
    const onRemove = isUpdate && stored.kind === "ChatTopicSet" ? resource.onRemove : policyOf(stored);
    const isAssignedKept = isUpdate && resource.assigned !== undefined;
    const removed = [...recordedTopicsOf(stored).keys()].filter((id) => !isAssignedKept && !stays?.has(id));
    const isThere = !stored.isPendingReplacement;
    if (resource === undefined && !isThere) return [];
    return removed.map((topicId) => ({
      topicId,
      onRemove,
      from: stored.urn,
      isDuringProgram: resource !== undefined,
      isThere,
    }));
  });
}

export function policyOf({ outputs }: Stored): RemovePolicy {
  return (outputs.onRemove as RemovePolicy | undefined) ?? "unused";
}

/** Is it another object than the one in the state? */
function isMoved(resource: Declared, { kind, id, outputs }: Stored): boolean {
  if (resource.groupId !== outputs.groupId) return true;
  return kind === "ChatTopic" && resource.assigned === undefined && !resource.topics.has(id);
}

function isReplaced(resource: Declared, stored: Stored): boolean {
  return stored.isPendingReplacement || isMoved(resource, stored);
}

export function mayAdopt(said: Properties, live: LiveTopic, adopt: AdoptPolicy): boolean {
  if (adopt === "any") return true;
  if (adopt === "none") return false;
  const isEqual = TEXTS.every((name) => said[name] === undefined || said[name] === live[name]);
  return isEqual && (adopt === "matching" || !isUsed(live));
}

function isChanged(before: unknown, after: unknown): boolean {
  return before !== undefined && after !== undefined && before !== after;
}

/** Declared fields are as declared, those that were tracked and no longer are are empty, and the others as they were. */
function written(said: Properties, tracked: Properties | undefined, live: Properties): Properties {
  const names = [...TEXTS, "muteAllMember"] as const;
  const fields = names.map((name) => {
    const blank = name === "muteAllMember" ? false : "";
    return [name, said[name] ?? (tracked?.[name] !== undefined ? blank : live[name])];
  });
  return { ...live, ...Object.fromEntries(fields) };
}

function withoutTime({ createTime: _, ...topic }: Properties): Properties {
  return topic;
}

function expectGuild(
  program: readonly Declared[],
  state: State,
  { communities, topics: before }: World,
  refusals: string[],
  topics: Map<string, Properties>,
): void {
  const resource = program.find(({ urn }) => urn === GUILD_URN);
  const stored = state.get(GUILD_URN);
  const live = communities.get(PLACES.guild);
  const isInGuild = (topicId: string) => topicId.startsWith(`${PLACES.guild}@TOPIC#_`);
  if (resource !== undefined && stored === undefined && live !== undefined && resource.adopt !== "any") {
    const { args } = resource;
    const isEqual = ["name", "introduction"].every(
      (name) => args[name] === undefined || args[name] === live[name as "name"],
    );
    const isInUse = [...before.values()].some((topic) => isInGuild(topic.topicId) && isUsed(topic));
    if (resource.adopt === "none" || !isEqual || (resource.adopt === "unused" && isInUse)) {
      refusals.push("the community may not be taken over");
    }
  }
  if (resource === undefined && stored !== undefined && live !== undefined) {
    const inside = [...topics.keys()].filter(isInGuild);
    if (policyOf(stored) === "unused" && inside.length > 0) refusals.push("the community has topics");
    if (policyOf(stored) === "destroy") for (const topicId of inside) topics.delete(topicId);
  }
}
