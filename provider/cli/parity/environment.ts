/** The topics of one environment, in a form in which two environments can be compared: no ids, no ages. */
import { createHash } from "node:crypto";
import { COMPARED_FIELDS } from "./fields.js";

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

/** SHA-256, in hexadecimal, of everything that is compared. */
export function fingerprintOf(environment: Environment): string {
  const canonical = [...environment.groups]
    .map(
      ([name, group]) =>
        [name, [...group].map(([key, topic]) => [key, canonicalTopic(topic)] as const).sort(byName)] as const,
    )
    .sort(byName);
  return createHash("sha256").update(JSON.stringify(canonical)).digest("hex");
}

function canonicalTopic(topic: ComparedTopic): readonly FieldValue[] {
  return COMPARED_FIELDS.map((name) => topic.get(name));
}

function byName(one: readonly [string, ...unknown[]], other: readonly [string, ...unknown[]]): number {
  return one[0] < other[0] ? -1 : 1;
}
