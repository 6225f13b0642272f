/**
 * The applier: carries out a plan, many topics at a time at the client's rate, and gives one outcome for each topic. After
 * a failure that other topics would share, no further step that would meet it is started.
 */
import { MAX_TOPIC_IDS_PER_CALL } from "../../chat/commands.js";
import { CallError, ChatError, ServiceError } from "../../chat/errors/index.js";
import type { Failure } from "../failure.js";
import type { LifecycleContext } from "../lifecycle.js";
import { ObjectOperations, type ObjectResult, type ObjectWarning } from "../objects/object-operations.js";
import { TOPIC_KIND } from "../topic/topic-kind.js";
import type { TopicSpec } from "../topic/topic-spec.js";
import type { Step } from "./plan.js";

/** What became of one topic. */
export interface TopicOutcome {
  readonly step: Step;
  /** The topic as it is now; undefined when it is not ours, or not there. */
  readonly state: TopicSpec | undefined;
  readonly warnings: readonly ObjectWarning[];
  readonly failure?: Failure | "not tried" | undefined;
}

/** Imports and changes under way at a time. Enough for 200 calls a second at 300 ms each. */
const MAX_CONCURRENT_STEPS = 64;
/** Removals under way at a time: they share calls, and two calls can be under way. */
const MAX_CONCURRENT_REMOVALS = 2 * MAX_TOPIC_IDS_PER_CALL;

/** @param urn The row on which the progress is shown. */
export async function applyPlan(
  context: LifecycleContext,
  steps: readonly Step[],
  urn: string | undefined,
): Promise<TopicOutcome[]> {
  // What stays as it is takes no time and is not counted.
  const count = steps.filter(({ kind }) => kind !== "keep").length;
  let tried = 0;
  let done = 0;
  let isStopped = false;
  const showProgress = (isLast: boolean) => context.progress(`${done} of ${count} topics`, urn, isLast);
  const run = async (step: Step, isCommandStopped: boolean): Promise<TopicOutcome> => {
    if ((isStopped || isCommandStopped) && makesCalls(step)) {
      return { step, state: step.former, warnings: [], failure: "not tried" };
    }
    const outcome = await runStep(context, step);
    if (reachOf(outcome.failure) === "everything") isStopped = true;
    if (step.kind === "keep") return outcome;
    if (outcome.failure === undefined) done++;
    showProgress(++tried === count);
    return outcome;
  };
  // Removals come first: they make room under the quota. Imports come last: a quota stops nothing but them.
  const removals = steps.filter(isRemoval);
  const imports = steps.filter(({ kind }) => kind === "import");
  const others = steps.filter((step) => !isRemoval(step) && step.kind !== "import");
  const outcomes = [
    ...(await inTurn(removals, MAX_CONCURRENT_REMOVALS, run)),
    ...(await inTurn([...others, ...imports], MAX_CONCURRENT_STEPS, run)),
  ];
  // Where some were not tried, nobody has told yet that it is over.
  if (tried < count) showProgress(true);
  const byStep = new Map(outcomes.map((outcome) => [outcome.step, outcome]));
  return steps.flatMap((step) => byStep.get(step) ?? []);
}

/** What there is to tell, once for all topics that share it. */
export function warningsOf(outcomes: readonly TopicOutcome[]): string[] {
  const told = outcomes.flatMap(({ step, warnings }) => warnings.map((warning) => ({ key: step.member.key, warning })));
  return [...Map.groupBy(told, ({ warning }) => warning.ofSeveral)].map(([ofSeveral, group]) => {
    const [first, ...others] = group;
    if (first !== undefined && others.length === 0) return first.warning.text;
    return `${group.length} ${ofSeveral}: ${group.map(({ key }) => key).join(", ")}.`;
  });
}

/** What failed, and the keys of the topics that were not tried after that. */
export function failuresIn(outcomes: readonly TopicOutcome[]): { failures: Failure[]; untried: string[] } {
  return {
    failures: outcomes.flatMap(({ failure }) => (failure === undefined || failure === "not tried" ? [] : [failure])),
    untried: outcomes.flatMap(({ step, failure }) => (failure === "not tried" ? [step.member.key] : [])),
  };
}

function isRemoval({ kind }: Step): boolean {
  return kind === "destroy" || kind === "forget";
}

function makesCalls({ kind }: Step): boolean {
  return kind !== "keep" && kind !== "refuse" && kind !== "forget";
}

async function inTurn(
  steps: readonly Step[],
  maxConcurrent: number,
  run: (step: Step, isCommandStopped: boolean) => Promise<TopicOutcome>,
): Promise<TopicOutcome[]> {
  const outcomes: TopicOutcome[] = [];
  let next = 0;
  let isCommandStopped = false;
  const work = async (): Promise<void> => {
    for (let step = steps[next++]; step !== undefined; step = steps[next++]) {
      const outcome = await run(step, isCommandStopped);
      if (reachOf(outcome.failure) !== "topic") isCommandStopped = true;
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: maxConcurrent }, work));
  return outcomes;
}

/** Who else would meet the same failure: no other topic, the other topics of the command, or all that is still to do. */
function reachOf(failure: TopicOutcome["failure"]): "topic" | "command" | "everything" {
  if (failure === undefined || failure === "not tried" || !(failure.error instanceof CallError)) return "topic";
  if (!(failure.error instanceof ServiceError)) return "everything";
  const { scope } = failure.error.codeFacts;
  if (scope === "item" || scope === "content") return "topic";
  return scope === "call" ? "command" : "everything";
}

async function runStep(context: LifecycleContext, step: Step): Promise<TopicOutcome> {
  const { key } = step.member;
  try {
    const { state, warnings, failure } = await performStep(context, step);
    return { step, state, warnings, failure: failure && { name: key, ...failure } };
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    return { step, state: step.former, warnings: [], failure: { name: key, error } };
  }
}

type StepResult = Pick<ObjectResult<TopicSpec | undefined>, "state" | "warnings" | "failure">;

async function performStep(context: LifecycleContext, step: Step): Promise<StepResult> {
  const { topicId, spec } = step.member;
  const ref = { groupId: spec.groupId, id: topicId };
  const topics = new ObjectOperations(context, TOPIC_KIND);
  switch (step.kind) {
    case "keep":
      return { state: spec, warnings: [] };
    case "refuse":
      throw step.error;
    case "import":
      return step.isReimport ? topics.reimport(topicId, spec) : topics.importOrAdopt(spec);
    case "adopt":
      return topics.adopt(topicId, spec, step.live);
    case "modify":
      return topics.modify(ref, step.from, spec);
    case "destroy": {
      const { warnings } = await topics.destroy(ref, step.checked ? "destroy" : "unused");
      return { state: undefined, warnings };
    }
    case "forget": {
      const { declarer } = step;
      return { state: undefined, warnings: declarer === undefined ? [] : [topics.handoverWarning(topicId, declarer)] };
    }
  }
}
