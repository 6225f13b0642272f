/**
 * The program of the model: what its author has written, and the resources that this stands for. No topic is declared
 * twice and an exclusive set is alone in its community, since the provider refuses these; everything else may be
 * written.
 */

import type { AdoptPolicy, RemovePolicy } from "../../../provider/lifecycle/policies.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { GROUP } from "../../chat/test-app.js";
import type { Registration } from "./engine.js";
import type { Kind } from "./state.js";

/** A community that is there from the start, and one that the program may declare. */
export const PLACES = { players: GROUP, guild: "@TGS#_guild" } as const;
export type Place = keyof typeof PLACES;
/** Few, so that resources meet. */
export const KEYS = ["a", "b c", "constructor"] as const;
/** One with a key of its own, one that takes its name for a key, and one whose id the service assigns. */
export const TOPIC_NAMES = ["keyed", "named", "assigned"] as const;
export const SET_NAMES = ["main", "side"] as const;

export interface Policies {
  readonly adopt?: AdoptPolicy | undefined;
  readonly onRemove?: RemovePolicy | undefined;
}

export interface Single extends Policies {
  readonly place: Place;
  readonly key: string;
  readonly fields: Properties;
}

export interface Member {
  readonly fields: Properties;
  /** Stands in place of the key, which then goes into `topicId`. */
  readonly label: string | undefined;
}

export interface TopicSet extends Policies {
  readonly place: Place;
  readonly isExclusive: boolean;
  readonly members: ReadonlyMap<string, Member>;
}

export interface Program {
  readonly guild: (Policies & { readonly fields: Properties }) | undefined;
  readonly singles: ReadonlyMap<string, Single>;
  readonly sets: ReadonlyMap<string, TopicSet>;
  /** Their place in the program, and with it the order in which the engine meets them. */
  readonly areSetsFirst: boolean;
}

export const NOTHING: Program = { guild: undefined, singles: new Map(), sets: new Map(), areSetsFirst: false };

/** A resource of the program, as the engine and as the laws see it. */
export interface Declared extends Registration {
  readonly groupId: string;
  readonly adopt: AdoptPolicy;
  readonly onRemove: RemovePolicy;
  /** What it says of each topic, by topic id; nothing of one whose id the service assigns. */
  readonly topics: ReadonlyMap<string, Properties>;
  /** What it says of the topic whose id the service assigns. */
  readonly assigned?: Properties;
}

export function urnOf(kind: Kind, name: string): string {
  return `urn:pulumi:dev::community::pulumi-nodejs:dynamic/tencent-chat:${kind}::${name}`;
}

export const GUILD_URN = urnOf("ChatCommunity", "guild");

export function topicIdIn(place: Place, key: string): string {
  return `${PLACES[place]}@TOPIC#_${key}`;
}

/** The resources, the community first. What would be declared twice, or without its community, is left out. */
export function resourcesOf(program: Program): Declared[] {
  const taken = new Set<string>();
  const take = (topicId: string) => !taken.has(topicId) && taken.add(topicId) !== undefined;
  const isThere = ({ place }: { readonly place: Place }) => place === "players" || program.guild !== undefined;
  const singles = [...program.singles].flatMap(([name, single]) => {
    const topicId = topicIdIn(single.place, name === "keyed" ? single.key : name);
    return isThere(single) && (name === "assigned" || take(topicId)) ? [declaredTopic(name, single, topicId)] : [];
  });
  const sets = [...program.sets].flatMap(([name, set]) => {
    const members = [...set.members].filter(([key]) => isThere(set) && take(topicIdIn(set.place, key)));
    return isThere(set) ? [declaredSet(name, set, withoutSharedLabels(members))] : [];
  });
  const whole = sets.map((set) => aloneOr(set, [...singles, ...sets]));
  const topics = program.areSetsFirst ? [...whole, ...singles] : [...singles, ...whole];
  return program.guild === undefined ? topics : [declaredGuild(program.guild), ...topics];
}

function declaredGuild({ adopt, onRemove, fields }: NonNullable<Program["guild"]>): Declared {
  const args = { name: "Guild", ...fields, adopt, onRemove };
  return { urn: GUILD_URN, kind: "ChatCommunity", args, groupId: PLACES.guild, topics: new Map(), ...policies(args) };
}

function declaredTopic(name: string, single: Single, topicId: string): Declared {
  const { place, key, fields, adopt, onRemove } = single;
  const isAssigned = name === "assigned";
  const groupId = PLACES[place];
  const identity = { keyed: { topicKey: key }, assigned: { serverAssignedId: true } }[name] ?? {};
  const args = { groupId, topicName: "Topic", ...fields, ...identity, adopt, onRemove };
  const said = { topicName: "Topic", ...fields };
  return {
    urn: urnOf("ChatTopic", name),
    kind: "ChatTopic",
    args,
    groupId,
    dependsOn: place === "guild" ? GUILD_URN : undefined,
    topics: new Map(isAssigned ? [] : [[topicId, said]]),
    ...(isAssigned && { assigned: said }),
    ...policies(args),
  };
}

function declaredSet(name: string, set: TopicSet, members: readonly [string, Member][]): Declared {
  const { place, isExclusive, adopt, onRemove } = set;
  const groupId = PLACES[place];
  const entries = members.map(([key, { fields, label }]): [string, Properties] => {
    const said = { topicName: "Topic", ...fields };
    return label === undefined ? [key, said] : [label, { ...said, topicId: topicIdIn(place, key) }];
  });
  const args = { groupId, topics: Object.fromEntries(entries), adopt, onRemove, exclusive: isExclusive || undefined };
  return {
    urn: urnOf("ChatTopicSet", name),
    kind: "ChatTopicSet",
    args,
    groupId,
    dependsOn: place === "guild" ? GUILD_URN : undefined,
    topics: new Map(members.map(([key, { fields }]) => [topicIdIn(place, key), { topicName: "Topic", ...fields }])),
    ...policies(args),
  };
}

/** A label that is another member's key or label is left out; its topic then stands under its key. */
function withoutSharedLabels(members: readonly [string, Member][]): [string, Member][] {
  const used = new Set(members.map(([key]) => key));
  return members.map(([key, { fields, label }]) => {
    if (label === undefined || used.has(label)) return [key, { fields, label: undefined }];
    used.add(label);
    return [key, { fields, label }];
  });
}

function aloneOr(set: Declared, all: readonly Declared[]): Declared {
  const isAlone = all.every(({ urn, groupId }) => urn === set.urn || groupId !== set.groupId);
  return isAlone ? set : { ...set, args: { ...set.args, exclusive: undefined } };
}

function policies({ adopt = "unused", onRemove = "unused" }: Policies): Pick<Declared, "adopt" | "onRemove"> {
  return { adopt, onRemove };
}
