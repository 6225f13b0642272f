/** The topics of one environment, in a form in which two environments can be compared: no ids, no ages. */
import { createHash } from "node:crypto";
import { fingerprintOf as fingerprintOfSet } from "../../lifecycle/topic-set/fingerprint.js";

export type FieldValue = string | boolean | undefined;

/** What a topic shows, by field. */
export type ComparedTopic = ReadonlyMap<string, FieldValue>;

/** A resource of topics, by topic key. A single topic is a group of one. */
export type TopicGroup = ReadonlyMap<string, ComparedTopic>;

export interface Environment {
  readonly stack: string;
  readonly sdkAppId: number | undefined;
  /** By the name of the resource, which is the same in every environment. */
  readonly groups: ReadonlyMap<string, TopicGroup>;
}

export function countTopics(environment: Environment): number {
  return [...environment.groups.values()].reduce((count, group) => count + group.size, 0);
}

/** The environment without the resources of other names. */
export function onlyNamed(environment: Environment, names: readonly string[]): Environment {
  if (names.length === 0) return environment;
  return { ...environment, groups: new Map([...environment.groups].filter(([name]) => names.includes(name))) };
}

/** SHA-256, in hexadecimal, of everything that is compared; of a single set the same as its own fingerprint. */
export function fingerprintOf(environment: Environment): string {
  const fingerprints = [...environment.groups]
    .map(([name, group]): [string, string] => [name, fingerprintOfSet(propertiesOf(group))])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const [only, ...more] = fingerprints;
  if (only !== undefined && more.length === 0) return only[1];
  return createHash("sha256").update(JSON.stringify(fingerprints)).digest("hex");
}

function propertiesOf(group: TopicGroup): Record<string, Record<string, FieldValue>> {
  return Object.fromEntries([...group].map(([key, topic]) => [key, Object.fromEntries(topic)]));
}
