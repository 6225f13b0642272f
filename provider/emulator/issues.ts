/**
 * Checks what comes from outside (a seed, rules, a fault, an edit) and names the path of each wrong value.
 */

import { z } from "zod";

/** The value as the schema reads it. Throws an Error with a line for each issue; `root` is what the paths begin with. */
export function readInput<Value>(schema: z.ZodType<Value>, value: unknown, root: string): Value {
  const { data, error } = schema.safeParse(value, { error: issueText });
  if (error) throw new Error([`invalid ${root}:`, ...error.issues.map((issue) => issueLine(root, issue))].join("\n"));
  return data;
}

/** Such as `seed.apps[0].sdkAppId: Invalid input: expected number, received string`. */
function issueLine(root: string, { path, message }: z.core.$ZodIssue): string {
  const steps = z.core.toDotPath(path);
  return `${root}${steps === "" || steps.startsWith("[") ? "" : "."}${steps}: ${message}`;
}

/** zod has the words, but for what it calls "received undefined" and "expected int". */
function issueText({ code, input, expected }: z.core.$ZodRawIssue): string | undefined {
  if (code !== "invalid_type" && code !== "invalid_value") return undefined;
  if (input === undefined) return "is missing";
  return expected === "int" ? "must be a whole number" : undefined;
}
