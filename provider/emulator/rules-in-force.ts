/**
 * The rules that an emulator follows: the defaults of the table, and over them what somebody asked for.
 */

import { z } from "zod";
import { readInput } from "./issues.js";
import { RULES, type Rules } from "./rules.js";

/** The rules of an emulator that is asked for no others. */
export const DEFAULT_RULES = Object.fromEntries(
  Object.entries(RULES).map(([name, facts]) => [name, facts.default]),
) as Rules;

const changesSchema = z.strictObject(
  Object.fromEntries(Object.entries(RULES).map(([name, { kind }]) => [name, kind.schema.optional()])),
);

/** `current` with the rules of `changes` in place of its own; throws an Error that lists every wrong one. */
export function changedRules(current: Rules, changes: unknown): Rules {
  const given = Object.entries(readInput(changesSchema, changes, "rules")).filter(([, value]) => value !== undefined);
  return { ...current, ...Object.fromEntries(given) };
}
