/**
 * The offline rules of single values, whatever the resource. A message is the rest of a sentence that starts with the
 * property: "`topicName` is 36 bytes …"; the check report puts the two together.
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

export function string() {
  return z.string({ error: ({ input }) => `must be a string, not ${describeValue(input)}` });
}

export function boolean() {
  return z.boolean({ error: ({ input }) => `must be true or false, not ${describeValue(input)}` });
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, {
    error: ({ input }) =>
      `must be one of ${values.map((value) => `"${value}"`).join(", ")}, not ${describeValue(input)}`,
  });
}

export function wholeNumber(least: number, most: number) {
  return z.custom<number>().superRefine((value: unknown, context) => {
    if (typeof value !== "number") context.addIssue(`must be a number, not ${describeValue(value)}`);
    else if (!Number.isInteger(value) || value < least || value > most) {
      context.addIssue(`must be a whole number from ${least} to ${most}; got ${value}`);
    }
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
    tooLong(value, limits[name], context, "; if Tencent has granted this app more, raise the setting `byteLimits`");
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
  return z.custom<number>().superRefine((value: unknown, context) => {
    if (typeof value !== "number") {
      context.addIssue(`must be a number of Unix seconds, not ${describeValue(value)}`);
    } else if (value >= SECONDS_BELOW && Number.isFinite(value)) {
      const seconds = Math.floor(value / 1000);
      context.addIssue(`looks like milliseconds; it takes Unix seconds, so ${seconds} instead of ${value}`);
    } else if (!Number.isInteger(value) || value < 0 || value > MAX_SECONDS) {
      context.addIssue(`must be a whole number of Unix seconds from 0 to ${MAX_SECONDS}; got ${value}`);
    }
  });
}

function tooLong(value: string, limit: number, context: z.RefinementCtx, mend = ""): void {
  const bytes = utf8Bytes(value);
  if (bytes <= limit) return;
  context.addIssue(
    `is ${bytes} bytes of UTF-8, ${bytes - limit} over the limit of ${limit}; ` +
      `the longest start that fits is “${longestFittingStart(value, limit)}”${mend}`,
  );
}

function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `the ${typeof value} ${JSON.stringify(value)}`;
}
