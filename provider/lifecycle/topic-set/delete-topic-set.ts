/**
 * Delete of a set: what `onRemove` says. Where one topic must not be destroyed, none is. Where a call fails, the topics
 * before it are gone, and the next delete does the rest.
 */
import { undefinedIfNotFound } from "../../chat/undefined-if-not-found.js";
import { SeveralFailuresError } from "../errors/index.js";
import type { Failure } from "../failure.js";
import type { DeleteResult, LifecycleContext } from "../lifecycle.js";
import { assertNextCommunityExists } from "../topic/topic-kind.js";
import { applyPlan, failuresIn, warningsOf } from "./apply.js";
import { planSet } from "./plan.js";
import { membersOf, type TopicSetResource } from "./topic-set-spec.js";

export async function deleteTopicSet(
  context: LifecycleContext,
  groupId: string,
  state: TopicSetResource,
): Promise<DeleteResult> {
  const { onRemove = "unused" } = state;
  const recorded = membersOf(state);
  if (onRemove === "retain" || recorded.size === 0) return { warnings: [] };

  await assertNextCommunityExists(context, [...recorded.keys()]);
  const readAll = async () => undefinedIfNotFound((await context.topics()).readAllFresh(groupId));
  const live = onRemove === "unused" ? ((await readAll()) ?? new Map()) : undefined;
  const declarerOf = (topicId: string) => context.declarations.describeDeclarer(topicId);
  const steps = planSet({ declared: new Map(), recorded, live, adopt: "none", onRemove, declarerOf });
  // Nothing is destroyed while one of them must not be.
  const refused = steps.flatMap((step) =>
    step.kind === "refuse" ? [{ name: step.member.key, error: step.error }] : [],
  );
  assertNoFailure(`None of the ${recorded.size} topics of the set in ${groupId} was destroyed`, refused);
  const outcomes = await applyPlan(context, steps, state.__urn);
  const { failures, untried } = failuresIn(outcomes);
  const count = failures.length + untried.length;
  assertNoFailure(`${count} topics in ${groupId} were not destroyed, as far as is known`, failures, untried);
  return { warnings: warningsOf(outcomes) };
}

function assertNoFailure(summary: string, failures: readonly Failure[], untried: readonly string[] = []): void {
  const [only, ...others] = failures;
  if (only === undefined) return;
  if (others.length === 0 && untried.length === 0) throw only.error;
  throw new SeveralFailuresError(summary, failures, untried);
}
