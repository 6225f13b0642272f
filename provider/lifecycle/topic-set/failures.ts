/** What a set says about the topics that failed: one line a topic, and one for many that share a cause. */
import { ConnectionError, ServiceError, UnexpectedAnswerError } from "../../chat/errors/index.js";
import { PartialFailureError } from "../errors/index.js";
import type { Outcome } from "./apply.js";

/** So many topics with the same verdict are told in one line. */
const SHARED_FROM = 5;
/** So many topics are named in such a line. */
const NAMED = 10;

export function describeFailures(outcomes: readonly Outcome[]): string[] {
  const untried = outcomes.filter(({ failure }) => failure === "not tried").map(({ step }) => step.member.key);
  const failed = outcomes.filter(({ failure }) => failure !== undefined && failure !== "not tried");
  const byCause = Map.groupBy(failed, ({ failure }) => verdictOf(failure));
  const lines = [...byCause.values()].flatMap((group) => {
    if (group.length < SHARED_FROM) return group.flatMap(({ failure }) => messagesOf(failure));
    const others = group.slice(1).map(({ step }) => step.member.key);
    return [`${messagesOf(group[0]?.failure).join(" ")} (The same for ${others.length} more: ${nameSome(others)}.)`];
  });
  return untried.length === 0
    ? lines
    : [...lines, `${untried.length} more topics were not tried after that: ${nameSome(untried)}.`];
}

/** What many topics can share; everything else is a topic's own. */
function verdictOf(failure: unknown): unknown {
  if (failure instanceof PartialFailureError && failure.cause !== undefined)
    return `partly ${verdictOf(failure.cause)}`;
  if (failure instanceof ServiceError) return failure.serviceCode;
  return failure instanceof ConnectionError || failure instanceof UnexpectedAnswerError ? failure.code : failure;
}

function messagesOf(failure: Outcome["failure"]): string[] {
  if (failure === undefined || failure === "not tried") return [];
  return failure instanceof PartialFailureError ? [failure.reasons.join(" ")] : [failure.message];
}

/** `a, b and 3 more` */
export function nameSome(names: readonly string[]): string {
  if (names.length <= NAMED) return names.join(", ");
  return `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`;
}
