/**
 * The offline rules of single values, whatever the resource. A message is the rest of a sentence that starts with the
 * property: "`topicName` is 36 bytes …". With it goes the rule, by which values that break the same one are grouped into one message.
 */
import { z } from "zod";
import type { ByteLimits, LimitedText } from "../chat/limits.js";
import { longestFittingStart, utf8Bytes } from "../chat/utf8.js";

/** Unix seconds beyond this are not meant as seconds: it is the year 5138, or 1973 in milliseconds. */
const SECONDS_BELOW = 100_000_000_000;
/** The service's times are unsigned 32-bit seconds, as in the samples. */
const MAX_SECONDS = 4_294_967_295;
/** Longest account name, https://www.tencentcloud.com/document/product/1047/34381. */
const MAX_ACCOUNT_BYTES = 32;

/** The rule that a value breaks, and what is special about this value. */
export type RuleParams = {
  /** The rest of a sentence that starts with the property: "is over the limit of 30 bytes of UTF-8". */
  readonly rule: string;
  /** "36 bytes" */
  readonly detail?: string;
  /** What helps, without a full stop. */
  readonly remedy?: string;
};

export function isRuleParams(params: object | undefined): params is RuleParams {
  return params !== undefined && "rule" in params;
}

function issue(message: string, params: RuleParams) {
  return { code: "custom", message, params } as const;
}

/** A value of one JavaScript type. A wrong type stops further rules. */
function typed<T>(isRight: (value: unknown) => value is T, rule: string) {
  return z.custom<T>().superRefine((value: unknown, context) => {
    if (isRight(value)) return;
    const detail = describeValue(value);
    // The rules after this one read a value of the right type.
    context.addIssue({ ...issue(`${rule}, not ${detail}`, { rule, detail }), continue: false });
  });
}

export function string() {
  return typed((value) => typeof value === "string", "must be a string");
}

export function boolean() {
  return typed((value) => typeof value === "boolean", "must be true or false");
}

export function oneOf<const T extends string>(values: readonly T[]) {
  const isOne = (value: unknown): value is T => values.some((one) => one === value);
  return typed(isOne, `must be one of ${values.map((value) => `"${value}"`).join(", ")}`);
}

export function wholeNumber(least: number, most: number) {
  return typed((value) => typeof value === "number", "must be a number").superRefine((value, context) => {
    if (Number.isInteger(value) && value >= least && value <= most) return;
    const rule = `must be a whole number from ${least} to ${most}`;
    context.addIssue(issue(`${rule}; got ${value}`, { rule, detail: String(value) }));
  });
}

/** A text that can be sent as it is. */
function sendable() {
  return string().superRefine((value, context) => {
    if (!value.isWellFormed()) context.addIssue("holds half of a surrogate pair (a cut emoji?), which is no UTF-8");
    if (value.includes("\0")) context.addIssue("holds a NUL character; remove it");
  });
}

export function text(limits: ByteLimits, name: LimitedText) {
  return sendable().superRefine((value, context) => {
    tooLong(value, limits[name], context, "if Tencent has granted this app more, raise the setting `byteLimits`");
  });
}

export function filledText(limits: ByteLimits, name: LimitedText) {
  return text(limits, name).refine((value) => value !== "", "must not be empty");
}

export function account() {
  return sendable().superRefine((value, context) => {
    if (value === "") context.addIssue("must not be empty");
    tooLong(value, MAX_ACCOUNT_BYTES, context);
  });
}

export function unixSeconds() {
  const isNumber = (value: unknown) => typeof value === "number";
  return typed(isNumber, "must be a number of Unix seconds").superRefine((value, context) => {
    const detail = String(value);
    if (value >= SECONDS_BELOW && Number.isFinite(value)) {
      const rule = "looks like milliseconds; it takes Unix seconds";
      context.addIssue(issue(`${rule}, so ${Math.floor(value / 1000)} instead of ${value}`, { rule, detail }));
    } else if (!Number.isInteger(value) || value < 0 || value > MAX_SECONDS) {
      const rule = `must be a whole number of Unix seconds from 0 to ${MAX_SECONDS}`;
      context.addIssue(issue(`${rule}; got ${value}`, { rule, detail }));
    }
  });
}

function tooLong(value: string, limit: number, context: z.RefinementCtx, remedy?: string): void {
  const bytes = utf8Bytes(value);
  if (bytes <= limit) return;
  const message =
    `is ${bytes} bytes of UTF-8, ${bytes - limit} over the limit of ${limit}; ` +
    `the longest start that fits is “${longestFittingStart(value, limit)}”`;
  const rule = `is longer than the limit of ${limit} bytes of UTF-8`;
  context.addIssue(issue(message, { rule, detail: `${bytes} bytes`, ...(remedy !== undefined && { remedy }) }));
}

function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `the ${typeof value} ${JSON.stringify(value)}`;
}
