/**
 * One contender's way through all commands, on a stack of its own and an emulator that starts empty. After each command
 * the app must hold what the program declares: only work that was done counts.
 */
import { join } from "node:path";
import { type BenchCommand, COMMANDS, type CommandId } from "./commands.mts";
import { type Contender, WITHOUT_CHECKPOINTS } from "./contenders.mts";
import type { CallCounts, EmulatorProcess } from "./emulator-process.mts";
import type { PeakMemory } from "./memory-watch.mts";
import type { Failed, Skipped } from "./results.mts";
import { type CommandRun, Stack } from "./stack.mts";
import { declare, type Load, seedOf } from "./workload.mts";

/** One round of a cell. */
export interface Observation {
  readonly kind: "observed";
  readonly seconds: number;
  readonly calls: CallCounts;
  readonly stateBytes: number;
  readonly peakMemory: PeakMemory;
}

export interface Surroundings {
  readonly engine: string;
  readonly emulator: EmulatorProcess;
  /** The longest that one command may take. */
  readonly limitSeconds: number;
  readonly signal: AbortSignal;
}

export async function runLifecycle(
  contender: Contender,
  load: Load,
  { engine, emulator, limitSeconds, signal }: Surroundings,
  /** Why a command is not to be measured. */
  whySkip: (command: CommandId) => string | undefined,
  take: (command: CommandId, outcome: Observation | Skipped | Failed) => void,
): Promise<void> {
  await emulator.reset(seedOf(load));
  await using stack = await Stack.create({
    program: join(import.meta.dirname, contender.program),
    environment: contender.environment,
    engine,
    endpoint: emulator.url,
    signal,
  });
  const limits = { milliseconds: limitSeconds * 1000, signal };

  const measure = async (command: BenchCommand): Promise<Observation | Skipped | Failed> => {
    await emulator.clearLog();
    const run = await stack.run(command.arguments, limits);
    if (run.outcome === "ended") return { kind: "skipped", reason: `ended by us after ${limitSeconds} s` };
    const reason = whyFailed(run) ?? (await whatIsMissing(command));
    if (reason !== undefined) return { kind: "failed", reason };
    const calls = await emulator.callCounts();
    const { seconds, peakMemory } = run;
    return { kind: "observed", seconds, peakMemory, calls, stateBytes: await stack.stateBytes() };
  };
  /** Does what later commands need, not measured and in the fastest way. */
  const prepare = async (command: BenchCommand): Promise<string | undefined> => {
    const run = await stack.run(command.arguments, limits, WITHOUT_CHECKPOINTS);
    return whyFailed(run) ?? (await whatIsMissing(command));
  };
  const whatIsMissing = async ({ title, leaves }: BenchCommand): Promise<string | undefined> => {
    const wanted = leaves === "nothing" ? [] : declare(load, leaves).flatMap(({ topics }) => Object.values(topics));
    const live = new Set(
      (await emulator.topics()).map(({ topicName, introduction }) => `${topicName}: ${introduction}`),
    );
    const missing = wanted.filter(({ topicName, introduction }) => !live.has(`${topicName}: ${introduction}`)).length;
    if (missing === 0 && live.size === wanted.length) return undefined;
    return `after ${title} the app holds ${live.size} topics, and ${missing} of ${wanted.length} are not as declared`;
  };

  /** Why the rest cannot be measured. */
  let stuck: string | undefined;
  for (const command of COMMANDS) {
    const reason = stuck ?? whySkip(command.id);
    if (reason === undefined) {
      await stack.declare(declare(load, command.declares));
      const outcome = await measure(command);
      take(command.id, outcome);
      // Also of a command that nothing depends on: one that was ended leaves the stack locked.
      if (outcome.kind !== "observed") stuck = `${command.title} did not come to its end`;
      continue;
    }
    take(command.id, { kind: "skipped", reason });
    if (stuck !== undefined || !command.isNeeded) continue;
    await stack.declare(declare(load, command.declares));
    if ((await prepare(command)) !== undefined) stuck = `${command.title} could not be prepared`;
  }
}

function whyFailed({ outcome, tail }: CommandRun): string | undefined {
  return outcome === "done" ? undefined : `${outcome}, saying:\n${tail}`;
}
