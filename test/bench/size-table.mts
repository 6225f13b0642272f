/** The table of one size: a row for each command and contender, the floor of the command first. */
import { type BenchCommand, COMMANDS, secondsOf } from "./commands.mts";
import { type Contender, FLOOR, LEAST } from "./contenders.mts";
import { markdownTable, megabytes, seconds, thousands, times } from "./format.mts";
import { type Cell, type Measured, measuredCell } from "./results.mts";
import { type Load, loadOf } from "./workload.mts";

const HEAD = ["Command", "", "Time", "× floor", "Calls", "Throttled", "State a topic", "Provider", "CLI"];

export const CAPTION = [
  "Floor: the same command on an empty program, measured in the same run, plus the fewest API calls that do the work at",
  "the package's default pace: imports at 200 a second, others at 100. A topic is imported and modified by one call, a",
  "community is read by one, and up to 50 topics of a community are destroyed by one.",
  `${capitalized(LEAST.title)}: the least that a dynamic provider costs, whatever it does; its floor has no calls.`,
  `Times of the floor, of it and of the sets are medians of ${FLOOR.rounds} rounds.`,
  "State: bytes of the state file after the command, for each topic.",
  "Provider, CLI: the most memory (RSS) that the process held.",
].join("\n");

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Seconds of the floor, as a whole and in its parts; undefined where the empty program was not measured. */
function floorOf(cells: readonly Cell[], command: BenchCommand, topics: number, load: Load) {
  const engine = measuredCell(cells, FLOOR.id, command.id, topics);
  if (engine === undefined) return undefined;
  const calls = command.fewestCalls(load);
  const callSeconds = secondsOf(calls);
  return { seconds: engine.seconds + callSeconds, engine, calls, callSeconds };
}

export function sizeTable(cells: readonly Cell[], contenders: readonly Contender[], topics: number): string {
  const rows = COMMANDS.flatMap((command) => [
    floorRow(cells, command, topics),
    ...contenders.map((contender) => contenderRow(cells, command, contender, topics)),
  ]);
  return markdownTable([HEAD, ...rows]);
}

function floorRow(cells: readonly Cell[], command: BenchCommand, topics: number): string[] {
  const floor = floorOf(cells, command, topics, loadOf(topics));
  if (floor === undefined) return [command.title, "floor", "not measured", "", "", "", "", "", ""];
  const { engine, calls, callSeconds } = floor;
  const total = calls.reduce((sum, one) => sum + one.calls, 0);
  const parts = total === 0 ? "" : ` (${seconds(engine.seconds)} + ${seconds(callSeconds)})`;
  const time = `${seconds(floor.seconds)}${parts}`;
  return [command.title, "floor", time, "1", thousands(total), "", "", "", megabytes(engine.peakMemory.cli)];
}

function contenderRow(cells: readonly Cell[], command: BenchCommand, contender: Contender, topics: number): string[] {
  const { id, title, declaresTopics } = contender;
  const cell = cells.find((one) => one.contender === id && one.command === command.id && one.topics === topics);
  const start = [command.title, title];
  if (cell === undefined) return [...start, "not measured", "", "", "", "", "", ""];
  const { result } = cell;
  if (result.kind !== "measured")
    return [...start, `${result.kind}: ${firstLine(result.reason)}`, "", "", "", "", "", ""];
  const floor = floorOf(cells, command, topics, loadOf(declaresTopics ? topics : 0));
  return [
    ...start,
    seconds(result.seconds),
    floor ? times(result.seconds / floor.seconds) : "",
    `${result.calls.isComplete ? "" : "over "}${thousands(result.calls.total)}`,
    thousands(result.calls.throttled),
    declaresTopics ? stateOf(command, result, topics) : "",
    megabytes(result.peakMemory.provider),
    megabytes(result.peakMemory.cli),
  ];
}

function stateOf({ leaves }: BenchCommand, { stateBytes }: Measured, topics: number): string {
  return leaves === "nothing" ? "" : thousands(stateBytes / topics);
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
