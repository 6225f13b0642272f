/** Create and update of a set: read what has to be known, plan, apply, and keep what holds then. */
import type { LifecycleContext, WriteResult } from "../lifecycle.js";
import { expectsExisting } from "../objects/adoption.js";
import type { AdoptPolicy } from "../policies.js";
import { applyPlan, failuresIn, type TopicOutcome, warningsOf } from "./apply.js";
import { fingerprintOf } from "./fingerprint.js";
import { type PlanInput, planSet, type Step } from "./plan.js";
import { type Member, membersOf, stateOfTopics, type TopicSetResource } from "./topic-set-spec.js";

export async function reconcile(
  context: LifecycleContext,
  recorded: ReadonlyMap<string, Member>,
  inputs: TopicSetResource,
): Promise<WriteResult<TopicSetResource>> {
  const offline: PlanInput = {
    declared: membersOf(inputs),
    recorded,
    live: undefined,
    adopt: inputs.adopt ?? "unused",
    onRemove: inputs.onRemove ?? "unused",
    declarerOf: (topicId) => context.declarations.describeDeclarer(topicId),
  };
  const offlineSteps = planSet(offline);
  const steps = needsRead(offlineSteps, offline.adopt)
    ? planSet({ ...offline, live: await (await context.topics()).readAllFresh(inputs.groupId) })
    : offlineSteps;
  const outcomes = await applyPlan(context, steps, inputs.__urn);
  return resultOf(inputs, offline, outcomes);
}

/**
 * Has the community to be read first? One topic to import needs no read: the service answers that its id is in use. Several
 * do, or one that most likely exists: one read then takes the place of many answers, also where the community does not
 * exist. So does a removal that depends on whether the topic has messages.
 */
function needsRead(steps: readonly Step[], adopt: AdoptPolicy): boolean {
  const imports = steps.filter(({ kind }) => kind === "import");
  const fewest = expectsExisting(adopt) ? 1 : 2;
  return imports.length >= fewest || steps.some((step) => step.kind === "destroy" && !step.checked);
}

function resultOf(
  inputs: TopicSetResource,
  { declared, recorded }: PlanInput,
  outcomes: readonly TopicOutcome[],
): WriteResult<TopicSetResource> {
  const { groupId } = inputs;
  // Declared topics come first: they have their keys before a topic that should be gone can take one.
  const confirmed = outcomes
    .flatMap(({ step: { member }, state }) => (state ? [{ member, fields: state }] : []))
    .sort((one, other) => Number(declared.has(other.member.topicId)) - Number(declared.has(one.member.topicId)));
  const topics = stateOfTopics(confirmed);
  const state = { ...inputs, ...topics, fingerprint: fingerprintOf(topics.topics) };
  const result = { id: groupId, state, warnings: warningsOf(outcomes) };

  const { failures, untried } = failuresIn(outcomes);
  const [only, ...others] = failures;
  if (only === undefined) return result;
  if (recorded.size === 0 && confirmed.length === 0 && others.length === 0 && untried.length === 0) throw only.error;
  const count = failures.length + untried.length;
  const summary = `${count} of ${outcomes.length} topics in ${groupId} are not as they are declared`;
  return { ...result, failure: { summary, failures, untried } };
}
