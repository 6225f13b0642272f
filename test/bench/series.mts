/** All measurements, in an order in which contenders of one bar run close together, and the cells that come of them. */
import { COMMANDS, type CommandId } from "./commands.mts";
import { type Contender, type ContenderId, LEAST } from "./contenders.mts";
import { expectedSeconds, type Point } from "./expectation.mts";
import { seconds, thousands } from "./format.mts";
import { type Observation, runLifecycle, type Surroundings } from "./lifecycle-run.mts";
import { greater } from "./memory-watch.mts";
import { type Cell, type Failed, type Measured, median, type Skipped } from "./results.mts";
import { loadOf } from "./workload.mts";

type Outcome = Observation | Skipped | Failed;

/** The floor first; sizes ascending, since the smaller ones tell what to expect of the larger. */
export async function measureAll(
  contenders: readonly Contender[],
  sizes: readonly number[],
  surroundings: Surroundings,
  log: (line: string) => void,
): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const topics of sizes) {
    const outcomes = new Map<ContenderId, Map<CommandId, Outcome[]>>(
      contenders.map(({ id }) => [id, new Map(COMMANDS.map((command) => [command.id, []]))]),
    );
    const taking = contenders.filter(({ mostTopics }) => topics <= mostTopics);
    const mostRounds = Math.max(...taking.map(({ rounds }) => rounds));
    for (let round = 1; round <= mostRounds; round++) {
      for (const contender of taking.filter(({ rounds }) => rounds >= round)) {
        const load = loadOf(contender.declaresTopics ? topics : 0);
        await runLifecycle(
          contender,
          load,
          surroundings,
          (command) => whySkip(cells, contender, command, topics, surroundings.limitSeconds),
          (command, outcome) => {
            outcomes.get(contender.id)?.get(command)?.push(outcome);
            log(`${thousands(topics)} topics, ${contender.id}, round ${round}, ${command}: ${describe(outcome)}`);
          },
        );
      }
    }
    for (const { id, mostTopics } of contenders) {
      const tooMany: Skipped = { kind: "skipped", reason: `up to ${thousands(mostTopics)} topics only` };
      for (const [command, rounds] of outcomes.get(id) ?? []) {
        cells.push({ contender: id, command, topics, result: topics > mostTopics ? tooMany : summarize(rounds) });
      }
    }
  }
  return cells;
}

function whySkip(
  cells: readonly Cell[],
  { id, declaresTopics }: Contender,
  command: CommandId,
  topics: number,
  limitSeconds: number,
): string | undefined {
  if (!declaresTopics) return undefined;
  const base = pointsOf(cells, LEAST.id, command).map((point) => point.seconds);
  const expected = expectedSeconds(pointsOf(cells, id, command), base.length > 0 ? Math.min(...base) : 0, topics);
  if (expected === undefined || expected <= limitSeconds) return undefined;
  return `would take about ${seconds(expected)}, over the limit of ${seconds(limitSeconds)}`;
}

function pointsOf(cells: readonly Cell[], contender: ContenderId, command: CommandId): Point[] {
  const own = cells.filter((cell) => cell.contender === contender && cell.command === command);
  return own.flatMap(({ topics, result }) => (result.kind === "measured" ? [{ topics, seconds: result.seconds }] : []));
}

function describe(outcome: Outcome): string {
  if (outcome.kind !== "observed") return `${outcome.kind}: ${outcome.reason}`;
  return `${seconds(outcome.seconds)}, ${outcome.calls.total} calls`;
}

function summarize(rounds: readonly Outcome[]): Cell["result"] {
  const [other] = rounds.filter((outcome) => outcome.kind !== "observed");
  if (other !== undefined) return other;
  const observed = rounds.filter((outcome) => outcome.kind === "observed");
  const most = observed.reduce((one, next) => (next.calls.total > one.calls.total ? next : one));
  return {
    kind: "measured",
    seconds: median(observed.map((outcome) => outcome.seconds)),
    rounds: observed.map((outcome) => outcome.seconds),
    calls: most.calls,
    stateBytes: most.stateBytes,
    peakMemory: {
      cli: observed.map(({ peakMemory }) => peakMemory.cli).reduce(greater),
      provider: observed.map(({ peakMemory }) => peakMemory.provider).reduce(greater),
    },
  } satisfies Measured;
}
