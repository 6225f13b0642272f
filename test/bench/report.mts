/** The report of a run, in Markdown. */
import { BAR_TOPICS, barSize, evaluateBars, type Verdict } from "./bars.mts";
import type { Contender } from "./contenders.mts";
import { markdownTable, seconds, thousands } from "./format.mts";
import type { Machine } from "./machine.mts";
import { median, type Results } from "./results.mts";
import { CAPTION, sizeTable } from "./size-table.mts";
import { loadOf } from "./workload.mts";

export function report(results: Results, contenders: readonly Contender[], limitSeconds: number): string {
  const { machine, sizes, cells, starts } = results;
  const tables = sizes.flatMap((topics) => {
    const { communities } = loadOf(topics);
    const title = `### ${thousands(topics)} topics in ${communities} ${communities === 1 ? "community" : "communities"}`;
    return [title, sizeTable(cells, contenders, topics)];
  });
  return [
    "## Benchmark",
    describe(machine),
    `${CAPTION}\nCommands that would take over ${seconds(limitSeconds)} are skipped.`,
    ...tables,
    ...(starts ? ["### Start of the provider process, to its first answered check", startTable(starts)] : []),
    "### Bars",
    barsNote(sizes),
    barTable(evaluateBars(results)),
  ].join("\n\n");
}

function describe({ processor, cores, memoryBytes, system, node, pulumi, loadBefore, startedAt }: Machine): string {
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GB`;
  return [
    `Pulumi ${pulumi} on a file backend, Node.js ${node}; ${processor}, ${cores} cores, ${memory}, ${system},`,
    `${startedAt.slice(0, 10)}, load before the run ${loadBefore.toFixed(1)}. The emulator enforces 200 calls a second of each command and answers after 20 ms.`,
  ].join("\n");
}

function startTable(starts: NonNullable<Results["starts"]>): string {
  const empty = median(starts.empty);
  const rows = Object.entries(starts).map(([subject, rounds]) => [
    subject === "empty" ? "empty provider" : `\`${subject}\``,
    `${Math.round(median(rounds))} ms`,
    `${Math.round(Math.min(...rounds))} … ${Math.round(Math.max(...rounds))} ms`,
    (median(rounds) / empty).toFixed(2),
  ]);
  return markdownTable([["", "Median", "Range", "× empty"], ...rows]);
}

function barsNote(sizes: readonly number[]): string {
  const topics = barSize(sizes);
  if (topics === BAR_TOPICS) return `At ${thousands(topics)} topics.`;
  return `The bars are for ${thousands(BAR_TOPICS)} topics; these are hints, taken at ${thousands(topics)}.`;
}

function barTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ what, bar, measured, met, note = "" }) => [
    what,
    measured,
    bar,
    met === undefined ? "not measured" : met ? "met" : "**not met**",
    note,
  ]);
  return markdownTable([["What", "Measured", "Bar", "", "For comparison"], ...rows]);
}
