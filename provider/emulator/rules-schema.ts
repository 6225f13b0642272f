/**
 * Checks rules that come from outside and lays them over those in force.
 */

import { z } from "zod";
import { COMMANDS, type Command } from "../chat/commands.js";
import { BYTE_LIMITS, ID_RULES, type LimitedText } from "../chat/limits.js";
import { issueLines } from "./issues.js";
import { RULES } from "./rule-table.js";
import type { Rules } from "./rules.js";

const count = z.int().positive();
const byteLimits = z.strictObject(
  Object.fromEntries(Object.keys(BYTE_LIMITS).map((name) => [name, count.optional()])) as Record<
    LimitedText,
    z.ZodOptional<typeof count>
  >,
);
const frequencies = z.strictObject(
  Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, count.optional()])) as Record<
    Command,
    z.ZodOptional<typeof count>
  >,
);

const shape = {
  importService: z.enum(["group_open_http_svc", "million_group_open_http_svc", "both"]),
  unknownCommandCode: z.literal([60009, 10003]),
  unknownFields: z.enum(["refused", "ignored"]),
  topicName: z.enum(["required", "optional"]),
  numericAccounts: z.enum(["refused", "accepted"]),
  unknownAccounts: z.enum(["refused", "accepted"]),
  byteLimits,
  // No page has more than 48; an id that is longer would be no id in a seed.
  maxGroupIdBytes: count.max(ID_RULES.maxGroupIdBytes),
  invalidTopicIdCode: z.literal([10004, 110013]),
  maxCreateTime: count,
  refusedWords: z.array(z.string().min(1)),
  createDuplicateCode: z.literal([10025, 10021]),
  reuseDestroyedIds: z.boolean(),
  emptyStringClears: z.boolean(),
  missingTopic: z.enum(["110003", "10010", "omitted"]),
  failedItems: z.enum(["identified", "bare"]),
  muteField: z.enum(["MuteAllMember", "ShutUpAllFlag"]),
  emptyTexts: z.enum(["present", "omitted"]),
  topicOrder: z.enum(["created", "reversed"]),
  emptyTopicIdList: z.enum(["refused", "all"]),
  destroyFailures: z.enum(["item", "top"]),
  maxTopicIdsPerCall: count,
  maxTopicsPerCommunity: count,
  assignedGroupIds: z.enum(["refused", "accepted"]),
  missingGroup: z.enum(["10010", "10015", "omitted"]),
  destroyWithTopics: z.enum(["destroyed", "refused"]),
  nonMemberOwnerCode: z.literal([10007, 10004]),
  sameOwner: z.enum(["refused", "accepted"]),
  defaultMaxMemberCount: count,
  maxMembersPerCommunity: count,
  maxAnswerBytes: count,
  enforceFrequency: z.boolean(),
  callsPerSecond: z.union([count, frequencies]),
  throttleCode: count,
  futureSignatures: z.enum(["refused", "accepted"]),
  // About 31 years: the clock stays within the service's times, unsigned 32-bit seconds.
  clockOffsetSeconds: z.number().min(-1_000_000_000).max(1_000_000_000),
  requestId: z.boolean(),
  latencyMs: z.number().min(0).max(600_000),
} satisfies Record<keyof Rules, z.ZodType>;

const rulesSchema = z.strictObject(shape).partial();

/** How a person sets a rule: with a switch, by a choice, as a number or as JSON. */
export type RuleInput =
  | { readonly kind: "switch" | "number" | "json" }
  | { readonly kind: "choice"; readonly choices: readonly (string | number)[] };

/** How a person sets this rule. */
export function ruleInput(name: keyof Rules): RuleInput {
  const schema: z.ZodType = shape[name];
  if (schema instanceof z.ZodEnum) return { kind: "choice", choices: schema.options };
  if (schema instanceof z.ZodLiteral) return { kind: "choice", choices: [...schema.values] as number[] };
  if (schema instanceof z.ZodBoolean) return { kind: "switch" };
  return { kind: schema instanceof z.ZodNumber ? "number" : "json" };
}

/** The rules in force when nothing else is asked for. */
export function defaultRules(): Rules {
  return Object.fromEntries(Object.entries(RULES).map(([name, facts]) => [name, facts.default])) as unknown as Rules;
}

/** `current` with the rules of `changes` in place of its own; throws an Error that lists every wrong one. */
export function mergeRules(current: Rules, changes: unknown): Rules {
  const parsed = rulesSchema.safeParse(changes);
  if (!parsed.success) {
    throw new Error(`the rules are not valid:\n${issueLines("rules", parsed.error).join("\n")}`);
  }
  const given = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  return { ...current, ...Object.fromEntries(given) } as Rules;
}
