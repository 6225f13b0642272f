/** What differs between two environments, topic by topic and field by field. */
import type { Environment, FieldValue } from "./environment.js";
import { COMPARED_FIELDS } from "./fields.js";

export interface Difference {
  /** Name of the resource. */
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
  return union(reference.groups, other.groups).flatMap((resource) => {
    const [group, otherGroup] = [reference.groups.get(resource), other.groups.get(resource)];
    if (group === undefined || otherGroup === undefined) {
      return [{ resource, reference: group !== undefined, other: otherGroup !== undefined }];
    }
    return union(group, otherGroup).flatMap((topic): Difference[] => {
      const [here, there] = [group.get(topic), otherGroup.get(topic)];
      if (here === undefined || there === undefined) {
        return [{ resource, topic, reference: here !== undefined, other: there !== undefined }];
      }
      return COMPARED_FIELDS.flatMap((field) => {
        const [value, otherValue] = [here.get(field), there.get(field)];
        return value === otherValue ? [] : [{ resource, topic, field, reference: value, other: otherValue }];
      });
    });
  });
}

function union(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].sort();
}
