/** What was measured: plain data, which the tables, the bars and the JSON file are made of. */
import type { CommandId } from "./commands.mts";
import type { ContenderId } from "./contenders.mts";
import type { CallCounts } from "./emulator-process.mts";
import type { Machine } from "./machine.mts";
import type { PeakMemory } from "./memory-watch.mts";
import type { Subject } from "./provider-start.mts";

/** One command of one contender at one size. */
export interface Cell {
  readonly contender: ContenderId;
  readonly topics: number;
  readonly command: CommandId;
  readonly result: Measured | Skipped | Failed;
}

export interface Measured {
  readonly kind: "measured";
  /** The median of the rounds. */
  readonly seconds: number;
  readonly rounds: readonly number[];
  /** Of the round with the most calls. */
  readonly calls: CallCounts;
  /** After the command. */
  readonly stateBytes: number;
  readonly peakMemory: PeakMemory;
}

export interface Skipped {
  readonly kind: "skipped";
  readonly reason: string;
}

export interface Failed {
  readonly kind: "failed";
  readonly reason: string;
}

export interface Results {
  readonly machine: Machine;
  readonly sizes: readonly number[];
  readonly cells: readonly Cell[];
  /** Milliseconds from the start of the provider process to its first answer, by round. */
  readonly starts: Readonly<Record<Subject, readonly number[]>> | undefined;
}

export function measuredCell(
  cells: readonly Cell[],
  contender: ContenderId,
  command: CommandId,
  topics: number,
): Measured | undefined {
  const cell = cells.find((one) => one.contender === contender && one.command === command && one.topics === topics);
  return cell?.result.kind === "measured" ? cell.result : undefined;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error("there is no median of nothing");
  return (low + high) / 2;
}
