/** What differs between two environments, topic by topic and field by field. */

import { VISIBLE_FIELDS } from "../../lifecycle/topic/topic-spec.js";
import { nameOfResource } from "../resource-keys.js";
import type { Environment, FieldValue } from "./environment.js";

export interface Difference {
  /** Key of the resource. */
  readonly resource: string;
  /** Absent where the whole resource is in one environment only. */
  readonly topic?: string;
  /** Absent where the whole topic is in one environment only. */
  readonly field?: string;
  /** What the reference has; for a whole resource or topic whether it is there. */
  readonly reference: FieldValue;
  /** What the other has. */
  readonly other: FieldValue;
}

export function compare(reference: Environment, other: Environment): Difference[] {
  return allKeys(reference.groups, other.groups)
    .sort(byName)
    .flatMap((resource): Difference[] => {
      const [group, otherGroup] = [reference.groups.get(resource), other.groups.get(resource)];
      if (group === undefined || otherGroup === undefined) {
        return [{ resource, reference: group !== undefined, other: otherGroup !== undefined }];
      }
      return allKeys(group, otherGroup).flatMap((topic): Difference[] => {
        const [here, there] = [group.get(topic), otherGroup.get(topic)];
        if (here === undefined || there === undefined) {
          return [{ resource, topic, reference: here !== undefined, other: there !== undefined }];
        }
        return VISIBLE_FIELDS.flatMap((field) => {
          const [value, otherValue] = [here.get(field), there.get(field)];
          return value === otherValue ? [] : [{ resource, topic, field, reference: value, other: otherValue }];
        });
      });
    });
}

/** The keys of both, sorted. */
function allKeys(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].sort();
}

/** Orders keys of resources; those of equal names stay in the order in which they are. */
function byName(one: string, other: string): number {
  const [name, otherName] = [nameOfResource(one), nameOfResource(other)];
  return name === otherName ? 0 : name < otherName ? -1 : 1;
}
