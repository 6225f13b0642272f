/** Delete of a set: what `onRemove` says, for all topics or for none. */

import { ChatError } from "../../chat/errors/index.js";
import { orGone } from "../../chat/or-gone.js";
import type { DeleteResult, LifecycleContext, Properties } from "../lifecycle.js";
import { refuseOtherApp } from "../same-app.js";
import { refuseWithoutSuccessor } from "../successor.js";
import { applyPlan } from "./apply.js";
import { planSet, type Step } from "./plan.js";
import { asSet, membersOf, nameOfSet } from "./set-properties.js";

export async function deleteTopicSet(context: LifecycleContext, id: string, old: Properties): Promise<DeleteResult> {
  refuseOtherApp(nameOfSet(old), old, context.settings());
  const { onRemove = "unused" } = asSet(old);
  const owned = membersOf(old);
  if (onRemove === "retain" || owned.size === 0) return { warnings: [] };

  await refuseWithoutSuccessor(context, [...owned.keys()]);
  const live =
    onRemove === "unused" ? ((await orGone((await context.topics()).readAllFresh(id))) ?? new Map()) : undefined;
  const steps = planSet({
    declared: new Map(),
    owned,
    live,
    adopt: "none",
    onRemove,
    isTaken: (topicId) => context.declarations.urnOf(topicId) !== undefined,
  });
  // Nothing is destroyed while one of them may not be.
  failTogether(steps.flatMap((step: Step) => (step.kind === "refuse" ? [step.error] : [])));
  const outcomes = await applyPlan(context, steps, owned, (done, of, isLast) => {
    context.progress(`${done} of ${of} topics`, old.__urn, isLast);
  });
  failTogether(outcomes.flatMap(({ failure }) => (failure instanceof ChatError ? [failure] : [])));
  return { warnings: outcomes.flatMap(({ warnings }) => warnings) };
}

function failTogether(errors: readonly ChatError[]): void {
  const [first, ...others] = errors;
  if (first === undefined) return;
  if (others.length > 0)
    first.message += ` (And ${others.length} more: ${others.map(({ message }) => message).join(" ")})`;
  throw first;
}
