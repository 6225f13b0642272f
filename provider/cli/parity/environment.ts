/** The topics of one environment, in a form in which two environments can be compared: no ids, no ages. */
import { createHash } from "node:crypto";
import { fingerprintOf as fingerprintOfSet } from "../../lifecycle/topic-set/fingerprint.js";
import { isNamed } from "../resource-keys.js";

export type FieldValue = string | boolean | undefined;

/** The compared fields of a topic, by name. */
export type ComparedTopic = ReadonlyMap<string, FieldValue>;

/** The topics of one resource, by topic key. A `ChatTopic` is a group of one. */
export type TopicGroup = ReadonlyMap<string, ComparedTopic>;

export interface Environment {
  readonly stack: string;
  readonly sdkAppId: number | undefined;
  /** By the key of the resource, which is the same in every environment. */
  readonly groups: ReadonlyMap<string, TopicGroup>;
}

export function countTopics(environment: Environment): number {
  return [...environment.groups.values()].reduce((count, group) => count + group.size, 0);
}

/** The environment with only those resources that one of the names means; with all of them where no name is given. */
export function onlyNamed(environment: Environment, names: readonly string[]): Environment {
  if (names.length === 0) return environment;
  const isWanted = (key: string) => names.some((name) => isNamed(key, name));
  return { ...environment, groups: new Map([...environment.groups].filter(([key]) => isWanted(key))) };
}

/** SHA-256, in hexadecimal, of everything that is compared; of a single set the same as its own fingerprint. */
export function fingerprintOf(environment: Environment): string {
  const fingerprints = [...environment.groups]
    .map(([key, group]): [string, string] => [key, fingerprintOfSet(propertiesOf(group))])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const [only, ...others] = fingerprints;
  if (only !== undefined && others.length === 0) return only[1];
  return createHash("sha256").update(JSON.stringify(fingerprints)).digest("hex");
}

function propertiesOf(group: TopicGroup): Record<string, Record<string, FieldValue>> {
  return Object.fromEntries([...group].map(([key, topic]) => [key, Object.fromEntries(topic)]));
}
