/** Create and update of a set: read what has to be known, plan, apply, and keep what holds then. */
import type { LifecycleContext, WriteResult } from "../lifecycle.js";
import { expectsExisting } from "../objects/adoption.js";
import { applyPlan, failuresIn, type TopicOutcome, warningsOf } from "./apply.js";
import { fingerprintOf } from "./fingerprint.js";
import { type PlanInput, planSet } from "./plan.js";
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
  const live = needsRead(offline) ? await (await context.topics()).readAllFresh(inputs.groupId) : undefined;
  const outcomes = await applyPlan(context, planSet({ ...offline, live }), (done, of, isLast) => {
    context.progress(`${done} of ${of} topics`, inputs.__urn, isLast);
  });
  return resultOf(inputs, outcomes, recorded.size > 0);
}

/**
 * Has the community to be read first? One topic to import needs no read: the service answers that its id is in use. Several
 * do, or one that most likely exists: one read then takes the place of many answers, also where the community does not
 * exist. So does a removal that depends on whether the topic has messages.
 */
function needsRead(input: PlanInput): boolean {
  const steps = planSet(input);
  const imports = steps.filter(({ kind }) => kind === "import");
  const fewest = expectsExisting(input.adopt) ? 1 : 2;
  return imports.length >= fewest || steps.some((step) => step.kind === "destroy" && !step.checked);
}

function resultOf(
  inputs: TopicSetResource,
  outcomes: readonly TopicOutcome[],
  exists: boolean,
): WriteResult<TopicSetResource> {
  const { groupId } = inputs;
  // Declared topics come first: they have their keys before a topic that should be gone can take one.
  const declared = membersOf(inputs);
  const confirmed = outcomes
    .flatMap(({ step: { member }, state }) => (state ? [{ member, fields: state }] : []))
    .sort((one, other) => Number(declared.has(other.member.topicId)) - Number(declared.has(one.member.topicId)));
  const topics = stateOfTopics(confirmed);
  const state = { ...inputs, ...topics, fingerprint: fingerprintOf(topics.topics) };
  const result = { id: groupId, state, warnings: warningsOf(outcomes) };

  const { failures, untried } = failuresIn(outcomes);
  const [only, ...others] = failures;
  if (only === undefined) return result;
  if (!exists && confirmed.length === 0 && others.length === 0 && untried.length === 0) throw only.error;
  const count = failures.length + untried.length;
  const summary = `${count} of ${outcomes.length} topics in ${groupId} are not as they are declared`;
  return { ...result, failure: { summary, failures, untried } };
}
