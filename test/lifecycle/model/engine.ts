/**
 * A miniature of Pulumi's engine: what it does with a dynamic provider, and no more. A preview checks and diffs; a run
 * checks, diffs, creates, updates, replaces (the old object first), and in the end deletes what the program no longer
 * declares, dependents first. A refresh reads and diffs. What a failed run reached is kept. Written after the engine's own
 * step_generator.go and step.go (https://github.com/pulumi/pulumi/tree/master/pkg/resource/deploy).
 */
import { ChatError } from "../../../provider/chat/errors/index.js";
import type { LifecycleContext } from "../../../provider/lifecycle/lifecycle.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import { PartialFailureError } from "../../../provider/pulumi/partial-failure-error.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { Killed, type ProviderProcess } from "./provider-process.js";
import type { Kind, State, Stored } from "./state.js";

/** What a program says of a resource. */
export interface Registration {
  readonly urn: string;
  readonly kind: Kind;
  readonly args: Properties;
  /** The URN of the community whose output it uses. */
  readonly dependsOn?: string | undefined;
}

export interface Step {
  readonly do: "same" | "create" | "update" | "replace" | "delete" | "forget";
  readonly urn: string;
}

export interface Failure {
  readonly urn: string;
  readonly messages: readonly string[];
}

/** What a command of the engine came to. */
export interface Report {
  readonly state: State;
  readonly steps: readonly Step[];
  readonly failures: readonly Failure[];
}

/** What a run would do, as long as nothing fails. `context` makes no calls. */
export function preview(context: LifecycleContext, program: readonly Registration[], state: State): Report {
  const steps: Step[] = [];
  const failures: Failure[] = [];
  for (const registration of program) {
    const plan = failing(failures, registration.urn, () => decide(context, registration, state.get(registration.urn)));
    if (plan !== undefined) steps.push({ do: plan.do, urn: registration.urn });
  }
  return { state, steps: [...steps, ...removalsOf(program, state).flat().map(removal)], failures };
}

/** A run of the program. `parallel` is the most operations at a time. */
export async function update(
  process: ProviderProcess,
  program: readonly Registration[],
  state: State,
  parallel: number,
): Promise<Report> {
  const run = new Run(process, state, parallel);
  for (const registration of program) {
    const { urn, dependsOn } = registration;
    if (dependsOn !== undefined) await run.ended(dependsOn);
    if (run.isOver) break;
    const plan = failing(run.failures, urn, () => decide(process, registration, state.get(urn)));
    if (plan !== undefined) run.start({ do: plan.do, urn }, () => run.write(registration, plan));
    if (parallel === 1) await run.ended(urn);
  }
  await run.allEnded();
  return run.remove(removalsOf(program, state));
}

/** Deletes everything in the state. */
export function destroy(process: ProviderProcess, state: State, parallel: number): Promise<Report> {
  return new Run(process, state, parallel).remove(removalsOf([], state));
}

/** Brings the state up to what is live. */
export async function refresh(process: ProviderProcess, state: State): Promise<Report> {
  const refreshed = new Map(state);
  const steps: Step[] = [];
  const failures: Failure[] = [];
  await Promise.all(
    [...state.values()].map(async (stored) => {
      if (stored.isPendingReplacement) return;
      const { urn, kind, id, inputs, outputs } = stored;
      await failingLater(failures, urn, async () => {
        const read = await LIFECYCLES[kind].read(process, id, outputs);
        if (read === undefined) {
          steps.push({ do: "delete", urn });
          refreshed.delete(urn);
          return;
        }
        const found = { inputs: overTheWire(read.inputs), outputs: overTheWire(read.outputs) };
        // The engine shows, turned round, what an `up` of the former program would change back.
        const { changes } = LIFECYCLES[kind].diff(process, id, found.outputs, inputs);
        steps.push({ do: changes ? "update" : "same", urn });
        refreshed.set(urn, { ...stored, ...found, isUnfinished: false });
      });
    }),
  );
  return { state: refreshed, steps, failures };
}

interface Decision {
  readonly do: "same" | "create" | "update" | "replace";
  readonly inputs: Properties;
  readonly old: Stored | undefined;
}

function decide(context: LifecycleContext, registration: Registration, old: Stored | undefined): Decision {
  const inputs = check(context, registration, old?.inputs ?? {});
  if (old === undefined) return { do: "create", inputs, old };
  const { changes, replaces } = LIFECYCLES[old.kind].diff(context, old.id, old.outputs, inputs);
  if (replaces.length > 0 || old.isPendingReplacement) {
    return { do: "replace", inputs: check(context, registration, {}), old };
  }
  return { do: changes || old.isUnfinished ? "update" : "same", inputs, old };
}

class CheckFailed extends ChatError {
  readonly code = "CHECK_FAILED";
}

function check(context: LifecycleContext, { urn, kind, args }: Registration, old: Properties): Properties {
  const declared = overTheWire({ ...args, __urn: urn });
  const { inputs, failures } = LIFECYCLES[kind].check(context, old, declared);
  if (failures.length > 0)
    throw new CheckFailed({ subject: failures.map(({ reason }) => reason).join("; "), problem: "" });
  return overTheWire(inputs);
}

/** What the program no longer declares, in the groups in which it is deleted. */
function removalsOf(program: readonly Registration[], state: State): Stored[][] {
  const declared = new Set(program.map(({ urn }) => urn));
  const condemned = [...state.values()].filter(({ urn }) => !declared.has(urn));
  const isNeeded = ({ urn }: Stored) => condemned.some(({ dependsOn }) => dependsOn === urn);
  return [condemned.filter((stored) => !isNeeded(stored)), condemned.filter(isNeeded)];
}

function removal({ urn, isPendingReplacement }: Stored): Step {
  return { do: isPendingReplacement ? "forget" : "delete", urn };
}

/** The writing part of a run. After a failure nothing more is started, and what is under way ends. */
class Run {
  readonly failures: Failure[] = [];
  readonly #state: Map<string, Stored>;
  readonly #steps: Step[] = [];
  readonly #underWay = new Map<string, Promise<void>>();
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly process: ProviderProcess,
    state: State,
    parallel: number,
  ) {
    this.#state = new Map(state);
    this.#free = parallel;
  }

  get isOver(): boolean {
    return this.failures.length > 0 || this.process.isDead;
  }

  start(step: Step, operation: () => Promise<void>): void {
    const inTurn = async () => {
      if (this.#free > 0) this.#free--;
      else await new Promise<void>((resolve) => this.#waiting.push(resolve));
      if (!this.isOver) {
        this.#steps.push(step);
        await failingLater(this.failures, step.urn, operation);
      }
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    };
    this.#underWay.set(step.urn, inTurn());
  }

  async ended(urn: string): Promise<void> {
    await this.#underWay.get(urn);
  }

  async allEnded(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  async write({ urn, kind, dependsOn }: Registration, { do: what, inputs, old }: Decision): Promise<void> {
    const keep = (id: string, outputs: Properties, isUnfinished: boolean) => {
      const stored = { urn, kind, id, inputs, outputs: overTheWire(outputs), dependsOn, isUnfinished };
      this.#save({ ...stored, isPendingReplacement: false });
    };
    if (what === "same" && old !== undefined) return keep(old.id, old.outputs, false);
    if (what === "replace" && old !== undefined && !old.isPendingReplacement) {
      await LIFECYCLES[old.kind].delete(this.process, old.id, old.outputs);
      this.#save({ ...old, isPendingReplacement: true });
    }
    const { create, update } = LIFECYCLES[kind];
    try {
      const { id, outputs } =
        what === "update" && old !== undefined
          ? await update(this.process, old.id, old.outputs, inputs)
          : await create(this.process, inputs);
      keep(id, outputs, false);
    } catch (error) {
      if (error instanceof PartialFailureError) keep(error.id, error.outputs, true);
      throw error;
    }
  }

  async remove(groups: readonly (readonly Stored[])[]): Promise<Report> {
    for (const group of groups) {
      if (this.isOver) break;
      for (const stored of group) {
        this.start(removal(stored), async () => {
          if (!stored.isPendingReplacement) {
            await LIFECYCLES[stored.kind].delete(this.process, stored.id, stored.outputs);
          }
          if (!this.process.isDead) this.#state.delete(stored.urn);
        });
      }
      await this.allEnded();
    }
    return { state: this.#state, steps: this.#steps, failures: this.failures };
  }

  /** A dead process has told the engine nothing. */
  #save(stored: Stored): void {
    if (!this.process.isDead) this.#state.set(stored.urn, stored);
  }
}

function failing<T>(failures: Failure[], urn: string, attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch (error) {
    failures.push(failureOf(urn, error));
    return undefined;
  }
}

async function failingLater(failures: Failure[], urn: string, attempt: () => Promise<unknown>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    failures.push(failureOf(urn, error));
  }
}

/** Whatever is not one of the provider's own errors is a fault of the provider. */
function failureOf(urn: string, error: unknown): Failure {
  if (error instanceof Killed) return { urn, messages: ["killed"] };
  if (!(error instanceof ChatError)) throw error;
  return { urn, messages: error instanceof PartialFailureError ? error.reasons : [error.message] };
}

/** Properties travel as JSON, without `undefined`. */
function overTheWire(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties));
}
