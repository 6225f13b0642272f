/** How a comparison is shown: a table of the environments, then what differs; or the same as JSON. */
import type { Difference } from "./compare.js";
import { countTopics, type Environment, fingerprintOf } from "./environment.js";

export interface Comparison {
  readonly environment: Environment;
  /** Empty for the reference itself. */
  readonly differences: readonly Difference[];
}

/** What resources are called in a report, by their keys. */
export type ResourceNames = ReadonlyMap<string, string>;

export function toText(reference: Environment, comparisons: readonly Comparison[], names: ResourceNames): string {
  const rows = comparisons.map(({ environment, differences }) => [
    environment.stack,
    String(environment.sdkAppId ?? "–"),
    String(countTopics(environment)),
    fingerprintOf(environment).slice(0, 12),
    environment === reference ? "reference" : differences.length === 0 ? "yes" : "no",
  ]);
  const details = comparisons
    .filter(({ differences }) => differences.length > 0)
    .map(({ environment, differences }) => {
      const lines = differences.map(
        (difference) => `  ${describe(difference, names, reference.stack, environment.stack)}`,
      );
      return `\n${environment.stack} differs from ${reference.stack}:\n${lines.join("\n")}\n`;
    });
  return `${table([["STACK", "APP", "TOPICS", "FINGERPRINT", "EQUAL"], ...rows])}${details.join("")}`;
}

export function toJson(reference: Environment, comparisons: readonly Comparison[], names: ResourceNames): string {
  const stacks = comparisons.map(({ environment, differences }) => ({
    stack: environment.stack,
    sdkAppId: environment.sdkAppId ?? null,
    topics: countTopics(environment),
    fingerprint: fingerprintOf(environment),
    equal: differences.length === 0,
    differences: differences.map(({ resource, reference: expected, other, ...where }) => ({
      resource: names.get(resource) ?? resource,
      ...where,
      reference: expected ?? null,
      other: other ?? null,
    })),
  }));
  return `${JSON.stringify({ reference: reference.stack, equal: stacks.every(({ equal }) => equal), stacks }, null, 2)}\n`;
}

function describe(difference: Difference, names: ResourceNames, stack: string, otherStack: string): string {
  const { topic, field, reference, other } = difference;
  const resource = names.get(difference.resource) ?? difference.resource;
  const where = topic === undefined ? resource : `${resource} › ${topic}`;
  if (field === undefined) return `${where}: only in ${reference === true ? stack : otherStack}`;
  return `${where}.${field}: ${show(reference)} in ${stack}, ${show(other)} in ${otherStack}`;
}

function show(value: Difference["reference"]): string {
  return value === undefined ? "not declared" : JSON.stringify(value);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("   ")
          .trimEnd()}\n`,
    )
    .join("");
}
