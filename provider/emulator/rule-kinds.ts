/**
 * The kinds of values that rules have: a function for each. What it returns has the default, the check of a value that
 * comes from outside, and how a person sets the rule on the emulator's page.
 */

import { z } from "zod";

export interface RuleKind<Value> {
  readonly default: Value;
  readonly schema: z.ZodType;
  readonly input: RuleInput;
}

/** How a person sets a rule: with a switch, by a choice, as a number or as JSON. */
export type RuleInput =
  | { readonly kind: "switch" | "number" | "json" }
  | { readonly kind: "choice"; readonly choices: readonly (string | number)[] };

type Counts<Name extends string> = Partial<Readonly<Record<Name, number>>>;

const wholeNumber = z.int().positive();

/** One of these values; the first one is the default. */
export function oneOf<const Value extends string | number>(...choices: readonly [Value, ...Value[]]): RuleKind<Value> {
  return { default: choices[0], schema: z.literal(choices), input: { kind: "choice", choices } };
}

/** Yes or no. */
export function flag(byDefault: boolean): RuleKind<boolean> {
  return { default: byDefault, schema: z.boolean(), input: { kind: "switch" } };
}

/** A whole number from 1 on. */
export function count(byDefault: number, { max }: { readonly max?: number } = {}): RuleKind<number> {
  const schema = max === undefined ? wholeNumber : wholeNumber.max(max);
  return { default: byDefault, schema, input: { kind: "number" } };
}

/** Any number within a range; 0 is the default. */
export function amount({ min, max }: { readonly min: number; readonly max: number }): RuleKind<number> {
  return { default: 0, schema: z.number().min(min).max(max), input: { kind: "number" } };
}

/** A whole number from 1 on for each of some names; none is the default. */
export function counts<Name extends string>(names: readonly Name[]): RuleKind<Counts<Name>> {
  const schema = z.strictObject(Object.fromEntries(names.map((name) => [name, wholeNumber.optional()])));
  return { default: {}, schema, input: { kind: "json" } };
}

/** One whole number for all names, or one for each of some. */
export function countOrCounts<Name extends string>(names: readonly Name[]): RuleKind<number | Counts<Name>> {
  const some = counts(names);
  return { ...some, schema: z.union([wholeNumber, some.schema]) };
}

/** Texts that are not empty; none is the default. */
export function words(): RuleKind<readonly string[]> {
  return { default: [], schema: z.array(z.string().min(1)), input: { kind: "json" } };
}
