/**
 * The applier: carries out a plan, many topics at a time at the client's pace, and gives one outcome for each topic. It
 * stops starting new ones after a failure that the others would share.
 */
import { ChatError, ConnectionError, ServiceError, UnexpectedAnswerError } from "../../chat/errors/index.js";
import { describeTopic } from "../../chat/topic-id.js";
import { PartialFailureError } from "../errors/index.js";
import type { LifecycleContext, Properties } from "../lifecycle.js";
import { adoptTopic, createTopic } from "../topic/create-topic.js";
import { deleteTopic } from "../topic/delete-topic.js";
import { broughtBackWarning, updateTopic } from "../topic/update-topic.js";
import type { Step } from "./plan.js";
import type { Member } from "./set-properties.js";

export interface Outcome {
  readonly step: Step;
  /** The topic's properties as they are now; undefined when it is not ours, or not there. */
  readonly reached: Properties | undefined;
  readonly warnings: readonly string[];
  readonly failure?: ChatError | "not tried";
}

/** Topics under way at a time. Enough for 200 calls a second at 300 ms each. */
const IN_FLIGHT = 64;

/** Verdicts about a topic's own texts, id or `fromAccount`; all others would meet the next topic as well. */
const ABOUT_ONE_TOPIC: ReadonlySet<number> = new Set([
  10004, 10016, 10019, 10021, 10025, 80001, 80005, 110002, 110003, 110013,
]);

export async function applyPlan(
  context: LifecycleContext,
  steps: readonly Step[],
  owned: ReadonlyMap<string, Member>,
  progress: (done: number, of: number, isLast: boolean) => void,
): Promise<Outcome[]> {
  // What stays as it is takes no time and is not counted.
  const count = steps.filter(({ kind }) => kind !== "keep").length;
  let tried = 0;
  let done = 0;
  const carryOut = async (step: Step): Promise<Outcome> => {
    const outcome = await outcomeOf(step, owned, () => take(context, step));
    if (step.kind === "keep") return outcome;
    if (outcome.failure === undefined) done++;
    progress(done, count, ++tried === count);
    return outcome;
  };
  // Removals go out together, since up to 50 of them share a call. Imports come last: a quota stops nothing but them.
  const removals = steps.filter(isRemoval);
  const imports = steps.filter(({ kind }) => kind === "import");
  const others = steps.filter((step) => !isRemoval(step) && step.kind !== "import");
  return [...(await Promise.all(removals.map(carryOut))), ...(await inTurn([...others, ...imports], owned, carryOut))];
}

function isRemoval({ kind }: Step): boolean {
  return kind === "destroy" || kind === "leave";
}

function makesCalls({ kind }: Step): boolean {
  return kind !== "keep" && kind !== "refuse";
}

async function inTurn(
  steps: readonly Step[],
  owned: ReadonlyMap<string, Member>,
  carryOut: (step: Step) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let next = 0;
  let stopped = false;
  const work = async (): Promise<void> => {
    for (let step = steps[next++]; step !== undefined; step = steps[next++]) {
      const outcome = stopped && makesCalls(step) ? notTried(step, owned) : await carryOut(step);
      if (outcome.failure !== undefined && outcome.failure !== "not tried" && concernsAll(outcome.failure))
        stopped = true;
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return outcomes;
}

function concernsAll(error: ChatError): boolean {
  if (error instanceof ServiceError) return !ABOUT_ONE_TOPIC.has(error.serviceCode);
  return error instanceof ConnectionError || error instanceof UnexpectedAnswerError;
}

function notTried(step: Step, owned: ReadonlyMap<string, Member>): Outcome {
  return { step, reached: asBefore(step, owned), warnings: [], failure: "not tried" };
}

/** What is to be imported is not there, whatever the state says. */
function asBefore(step: Step, owned: ReadonlyMap<string, Member>): Properties | undefined {
  return step.kind === "import" ? undefined : owned.get(step.member.topicId)?.properties;
}

async function outcomeOf(
  step: Step,
  owned: ReadonlyMap<string, Member>,
  attempt: () => Promise<{ reached: Properties | undefined; warnings: readonly string[] }>,
): Promise<Outcome> {
  try {
    return { step, ...(await attempt()) };
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    // What failed half-way is ours as far as it got; what failed whole is as it was.
    const reached = error instanceof PartialFailureError ? error.outputs : asBefore(step, owned);
    return { step, reached, warnings: [], failure: error };
  }
}

async function take(
  context: LifecycleContext,
  step: Step,
): Promise<{ reached: Properties | undefined; warnings: readonly string[] }> {
  const { topicId, properties } = step.member;
  switch (step.kind) {
    case "keep":
      return { reached: properties, warnings: [] };
    case "refuse":
      throw step.error;
    case "import": {
      const { outputs, warnings } = await createTopic(context, properties);
      return { reached: outputs, warnings: step.again ? [broughtBackWarning(topicId), ...warnings] : warnings };
    }
    case "adopt": {
      const { outputs, warnings } = await adoptTopic(await context.topics(), topicId, properties, step.live);
      return { reached: outputs, warnings };
    }
    case "modify": {
      const { outputs, warnings } = await updateTopic(context, topicId, step.from, properties);
      return { reached: outputs, warnings };
    }
    case "destroy": {
      const onRemove = step.checked ? "destroy" : properties.onRemove;
      const { warnings } = await deleteTopic(context, topicId, { ...properties, onRemove });
      return { reached: undefined, warnings };
    }
    case "leave": {
      const taken = `Topic ${describeTopic(topicId)} was not destroyed: another resource declares it now.`;
      return { reached: undefined, warnings: step.taken ? [taken] : [] };
    }
  }
}
