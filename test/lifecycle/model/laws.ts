/**
 * What holds after every command of the engine, whatever went wrong: nothing is lost, nothing is there twice, nothing is
 * touched that is not ours. Each law is a sentence, and gives the cases that break it.
 */
import type { Fault, LoggedRequest } from "../../../provider/emulator/index.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { leaveDoubt } from "./accidents.js";
import type { Report } from "./engine.js";
import { keptTopicsOf, mayAdopt, policyOf, removalsOf, TEXTS } from "./expectation.js";
import { type Declared, GUILD_URN, PLACES } from "./program.js";
import { type State, type Stored, topicsOf } from "./state.js";
import { isUsed, type LiveTopic, type World } from "./world.js";

/** A command of the engine, and the world around it. */
export interface Happening {
  readonly command: "up" | "refresh" | "destroy";
  /** Empty for a destroy; what a refresh would not run. */
  readonly program: readonly Declared[];
  readonly plan: Report | undefined;
  readonly report: Report;
  readonly before: { readonly state: State; readonly world: World };
  /** The state as it was saved, and the world. */
  readonly after: { readonly state: State; readonly world: World };
  readonly requests: readonly LoggedRequest[];
  readonly isKilled: boolean;
  readonly faults: readonly Fault[];
}

export type Law = (happening: Happening) => string[];

const WRITES = /^(import|modify|destroy|change|create)_/;

export const LAWS: Readonly<Record<string, Law>> = {
  "a refresh writes nothing": ({ command, requests }) =>
    command === "refresh" ? requests.map((request) => request.command).filter((name) => WRITES.test(name)) : [],

  "no call destroys a topic that the program declares": ({ program, requests }) => {
    const declared = new Set(program.flatMap(({ topics }) => [...topics.keys()]));
    return destroyedBy(requests).filter((id) => declared.has(id));
  },

  "no call destroys a topic that the state does not name": ({ before, after, requests }) => {
    const ours = idsIn(before.state);
    return destroyedBy(requests).filter(
      (id) => !ours.has(id) && before.world.topics.has(id) && !after.world.topics.has(id),
    );
  },

  "a topic with messages is destroyed only where onRemove says so": (happening) => {
    const allowed = new Set(
      removalsOf(happening.program, happening.before.state)
        .filter(({ onRemove }) => onRemove === "destroy")
        .map(({ topicId }) => topicId),
    );
    return lostIn(happening)
      .filter((topic) => isUsed(topic) && !allowed.has(topic.topicId) && !wentWithGuild(happening, topic))
      .map(({ topicId }) => topicId);
  },

  "a set goes whole or not at all where one of its topics has messages and onRemove does not allow to destroy it": (
    happening,
  ) => {
    const { before, program, isKilled } = happening;
    const lost = new Set(lostIn(happening).map(({ topicId }) => topicId));
    const isGoing = ({ urn, id, isPendingReplacement }: Stored) => {
      const stays = program.some((resource) => resource.urn === urn && resource.groupId === id);
      return !stays && !isPendingReplacement;
    };
    return [...before.state.values()]
      .filter(
        (stored) => stored.kind === "ChatTopicSet" && isGoing(stored) && policyOf(stored) === "unused" && !isKilled,
      )
      .filter((stored) => {
        const own = [...topicsOf(stored).keys()].filter((id) => !program.some(({ topics }) => topics.has(id)));
        const isHeld = own.some((id) => isUsed(before.world.topics.get(id) ?? { nextMsgSeq: 1, lastMsgTime: 0 }));
        const onlyHere = own.filter(
          (id) => [...before.state.values()].filter((other) => topicsOf(other).has(id)).length === 1,
        );
        return isHeld && onlyHere.some((id) => lost.has(id));
      })
      .map(({ urn }) => urn);
  },

  "a community is destroyed only when it leaves the program, and with topics only where onRemove says so": (
    happening,
  ) => {
    const { before, after, program } = happening;
    const isGone = before.world.communities.has(PLACES.guild) && !after.world.communities.has(PLACES.guild);
    const stored = before.state.get(GUILD_URN);
    const mayGo =
      stored !== undefined && policyOf(stored) !== "retain" && !program.some(({ urn }) => urn === GUILD_URN);
    return isGone && !mayGo ? [PLACES.guild] : [];
  },

  "what is neither declared nor ours stays as it is": (happening) => {
    const { before, program } = happening;
    const concerned = new Set([...idsIn(before.state), ...program.flatMap(({ topics }) => [...topics.keys()])]);
    return changedIn(happening)
      .filter((topic) => !concerned.has(topic.topicId) && !wentWithGuild(happening, topic))
      .map(({ topicId }) => topicId);
  },

  "what is declared and not yet ours is changed only where adopt allows it": (happening) => {
    const { before, program, faults, isKilled } = happening;
    return program.flatMap((resource) => {
      const kept = keptTopicsOf(resource, before.state);
      // After a lost answer of our own import the topic is most likely ours.
      const adopt = resource.adopt === "none" && (leaveDoubt(faults) || isKilled) ? "unused" : resource.adopt;
      return changedIn(happening)
        .filter(({ topicId }) => resource.topics.has(topicId) && !kept.has(topicId))
        .filter((topic) => !mayAdopt(resource.topics.get(topic.topicId) ?? {}, topic, adopt))
        .map(({ topicId }) => topicId);
    });
  },

  "a field that is not declared and was not tracked stays as it is": (happening) => {
    const { before, after, program } = happening;
    return [...before.world.topics.values()].flatMap((topic) => {
      const now = after.world.topics.get(topic.topicId);
      if (now === undefined) return [];
      const stated = [
        ...program.flatMap((resource) => saidOf(resource, topic.topicId, before.state)),
        ...trackedOf(before.state, topic.topicId),
      ];
      return [...TEXTS, "muteAllMember" as const]
        .filter((name) => topic[name] !== now[name] && stated.every((fields) => fields[name] === undefined))
        .map((name) => `${topic.topicId} ${name}`);
    });
  },

  "messages and age of a topic that is still there are as before": ({ before, after }) =>
    [...before.world.topics.values()]
      .filter(({ topicId, nextMsgSeq, createTime }) => {
        const now = after.world.topics.get(topicId);
        return (
          now !== undefined &&
          isUsed({ ...now, nextMsgSeq }) &&
          (now.nextMsgSeq !== nextMsgSeq || now.createTime !== createTime)
        );
      })
      .map(({ topicId }) => topicId),

  "every topic that a run made is in the state, unless the run failed there": ({
    before,
    after,
    report,
    isKilled,
    program,
  }) => {
    if (isKilled) return [];
    const ours = idsIn(after.state);
    const failed = new Set(report.failures.map(({ urn }) => urn));
    return [...after.world.topics.keys()]
      .filter((id) => !before.world.topics.has(id) && !ours.has(id))
      .filter(
        (id) =>
          !program.some(({ urn, topics, assigned }) => failed.has(urn) && (topics.has(id) || assigned !== undefined)),
      );
  },

  "a run without accidents leaves no topic that it made outside of the state": ({
    before,
    after,
    isKilled,
    faults,
  }) => {
    if (isKilled || faults.length > 0) return [];
    const ours = idsIn(after.state);
    return [...after.world.topics.keys()].filter((id) => !before.world.topics.has(id) && !ours.has(id));
  },

  "the state names no topic that is not there, but those that went outside or in a run that failed": (happening) => {
    const { before, after, report, isKilled } = happening;
    const former = idsIn(before.state);
    const isClean = !isKilled && report.failures.length === 0;
    return [...idsIn(after.state)]
      .filter((id) => !after.world.topics.has(id))
      .filter((id) => !former.has(id) || (isClean && before.world.topics.has(id)));
  },

  "no resource of the state names a topic twice, and after a success no two of them name the same": ({
    command,
    after,
    report,
    isKilled,
  }) => {
    const ids = [...after.state.values()].map((stored) => [
      ...Object.values((stored.outputs.topicIds ?? {}) as Record<string, string>),
    ]);
    const twice = ids.flatMap((own) => repeated(own));
    if (command !== "up" || isKilled || report.failures.length > 0) return twice;
    return [...twice, ...repeated([...after.state.values()].flatMap((stored) => [...topicsOf(stored).keys()]))];
  },

  "a run does what its preview said, all of it where it succeeds": ({ plan, report, isKilled }) => {
    if (plan === undefined) return [];
    const told = plan.steps.map(({ do: what, urn }) => `${what} ${urn}`);
    const done = report.steps.map(({ do: what, urn }) => `${what} ${urn}`);
    const untold = done.filter((step) => !told.includes(step));
    return isKilled || report.failures.length > 0
      ? untold
      : [...untold, ...told.filter((step) => !done.includes(step))];
  },

  "after a success each resource has exactly its declared topics": ({ command, program, after, report, isKilled }) => {
    if (command !== "up" || isKilled || report.failures.length > 0) return [];
    const urns = program.map(({ urn }) => urn);
    const wrong = program.filter(({ urn, topics, assigned, kind }) => {
      const stored = after.state.get(urn);
      if (stored === undefined || stored.isUnfinished || stored.isPendingReplacement) return true;
      const ids = [...topicsOf(stored).keys()];
      return (
        kind !== "ChatCommunity" && assigned === undefined && ids.sort().join() !== [...topics.keys()].sort().join()
      );
    });
    return [...wrong.map(({ urn }) => urn), ...[...after.state.keys()].filter((urn) => !urns.includes(urn))];
  },

  "a failure says something": ({ report, plan }) =>
    [...report.failures, ...(plan?.failures ?? [])]
      .filter(({ messages }) => messages.join("").trim() === "")
      .map(({ urn }) => urn),
};

function idsIn(state: State): Set<string> {
  return new Set([...state.values()].flatMap((stored) => [...topicsOf(stored).keys()]));
}

function destroyedBy(requests: readonly LoggedRequest[]): string[] {
  return requests
    .filter(({ command }) => command === "destroy_topic")
    .flatMap(({ body }) => (body as { TopicIdList: string[] }).TopicIdList);
}

function lostIn({ before, after }: Happening): LiveTopic[] {
  return [...before.world.topics.values()].filter(({ topicId }) => !after.world.topics.has(topicId));
}

/** The topics, as they were, of which anything is another now. */
function changedIn({ before, after }: Happening): LiveTopic[] {
  return [...before.world.topics.values()].filter(
    (topic) => JSON.stringify(topic) !== JSON.stringify(after.world.topics.get(topic.topicId)),
  );
}

/** Did it go together with its community, which `onRemove: "destroy"` allows? */
function wentWithGuild({ before, after }: Happening, { topicId }: LiveTopic): boolean {
  const stored = before.state.get(GUILD_URN);
  const isGone = !after.world.communities.has(PLACES.guild);
  return (
    isGone && topicId.startsWith(`${PLACES.guild}@TOPIC#_`) && stored !== undefined && policyOf(stored) === "destroy"
  );
}

function saidOf(resource: Declared, topicId: string, state: State): Properties[] {
  const said = resource.topics.get(topicId);
  if (said !== undefined) return [said];
  return resource.assigned !== undefined && topicsOf(state.get(resource.urn)).has(topicId) ? [resource.assigned] : [];
}

function trackedOf(state: State, topicId: string): Properties[] {
  return [...state.values()].flatMap((stored): Properties[] => {
    const tracked = topicsOf(stored).get(topicId);
    return tracked === undefined ? [] : [tracked];
  });
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) < index);
}
