/** Create and update of a set: observe what has to be known, plan, apply, and keep what was reached. */
import { ChatError } from "../../chat/errors/index.js";
import { expectsExisting } from "../adoption.js";
import { PartialFailureError } from "../errors/index.js";
import type { LifecycleContext, Properties, WriteResult } from "../lifecycle.js";
import { refuseOtherApp } from "../same-app.js";
import { applyPlan, type Outcome } from "./apply.js";
import { describeFailures, nameSome } from "./failures.js";
import { fingerprintOf } from "./fingerprint.js";
import { planSet, type Situation } from "./plan.js";
import { asSet, entryOf, type Member, membersOf, nameOfSet, stateOfTopics } from "./set-properties.js";

export function createTopicSet(context: LifecycleContext, inputs: Properties): Promise<WriteResult> {
  return reconcile(context, new Map(), inputs);
}

export async function updateTopicSet(
  context: LifecycleContext,
  _id: string,
  old: Properties,
  inputs: Properties,
): Promise<WriteResult> {
  refuseOtherApp(nameOfSet(old), old, context.settings());
  return reconcile(context, membersOf(old), inputs);
}

async function reconcile(
  context: LifecycleContext,
  owned: ReadonlyMap<string, Member>,
  inputs: Properties,
): Promise<WriteResult> {
  const set = asSet(inputs);
  const believed: Situation = {
    declared: membersOf(inputs),
    owned,
    live: undefined,
    adopt: set.adopt ?? "unused",
    onRemove: set.onRemove ?? "unused",
    isTaken: (topicId) => context.declarations.urnOf(topicId) !== undefined,
  };
  const live = mustLook(believed) ? await (await context.topics()).readAllFresh(set.groupId) : undefined;
  const steps = planSet({ ...believed, live });
  const outcomes = await applyPlan(context, steps, owned, (done, of, isLast) => {
    context.progress(`${done} of ${of} topics`, inputs.__urn, isLast);
  });
  return concluded(inputs, outcomes, owned.size > 0);
}

/**
 * Is a look at the community worth its call? One topic to import tells itself whether it is there already; several, or one
 * that most likely is, are answered by one look, also where the community does not exist. Whether a topic has messages is only told by looking.
 */
function mustLook(situation: Situation): boolean {
  const steps = planSet(situation);
  const imports = steps.filter(({ kind }) => kind === "import");
  const fewest = expectsExisting(situation.adopt) ? 1 : 2;
  return imports.length >= fewest || steps.some((step) => step.kind === "destroy" && !step.checked);
}

function concluded(inputs: Properties, outcomes: readonly Outcome[], exists: boolean): WriteResult {
  const { groupId } = asSet(inputs);
  // Declared topics first: their keys are theirs.
  const declared = new Set(membersOf(inputs).keys());
  const confirmed = outcomes
    .flatMap(({ step: { member }, reached }) => (reached ? [{ member, entry: entryOf(member, reached) }] : []))
    .sort((one, other) => Number(declared.has(other.member.topicId)) - Number(declared.has(one.member.topicId)));
  const { topics, topicIds } = stateOfTopics(confirmed);
  const outputs: Properties = { ...inputs, topics, topicIds, fingerprint: fingerprintOf(topics) };
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return { id: groupId, outputs, warnings: warningsOf(outcomes) };

  const [only] = failed;
  if (!exists && confirmed.length === 0 && failed.length === 1 && only?.failure instanceof ChatError)
    throw only.failure;
  throw new PartialFailureError(
    `${failed.length} of ${outcomes.length} topics in ${groupId} are not as they are declared`,
    groupId,
    outputs,
    describeFailures(outcomes),
    { warnings: warningsOf(outcomes) },
  );
}

/** What many topics share is said once, with the count. */
function warningsOf(outcomes: readonly Outcome[]): string[] {
  const adopted = outcomes.filter(({ step, warnings }) => step.kind === "adopt" && warnings.length > 0);
  const others = outcomes.filter(({ step }) => step.kind !== "adopt").flatMap(({ warnings }) => warnings);
  if (adopted.length === 0) return others;
  if (adopted.length === 1) return [...(adopted[0]?.warnings ?? []), ...others];
  const keys = adopted.map(({ step }) => step.member.key);
  return [`${adopted.length} topics existed already and were taken over: ${nameSome(keys)}.`, ...others];
}
