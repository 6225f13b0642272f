/**
 * What is measured, in the order in which one stack goes through it, and the fewest API calls that each command can do
 * its work with.
 */
import type { Load, Revision } from "./workload.mts";

export type CommandId = "preview" | "up" | "no-change" | "change-all" | "refresh" | "destroy";

export interface Calls {
  readonly command: string;
  readonly calls: number;
}

export interface BenchCommand {
  readonly id: CommandId;
  readonly title: string;
  /** Of the Pulumi CLI. */
  readonly arguments: readonly string[];
  /** What the program declares. */
  readonly declares: Revision;
  /** What the app must hold afterwards. */
  readonly leaves: Revision | "nothing";
  /** Do later commands need what this one does? */
  readonly isNeeded: boolean;
  readonly fewestCalls: (load: Load) => readonly Calls[];
}

/** The package's default pace in calls a second: the API's limit for imports, and half of it for the others. */
export const CALLS_PER_SECOND: Readonly<Record<string, number>> = { import_topic: 200 };
export const OTHER_CALLS_PER_SECOND = 100;

/** The most ids that one `destroy_topic` is given. */
const IDS_PER_CALL = 50;

const UNATTENDED = ["--yes", "--skip-preview"];

export const COMMANDS: readonly BenchCommand[] = [
  {
    id: "preview",
    title: "preview",
    arguments: ["preview"],
    declares: 1,
    leaves: "nothing",
    isNeeded: false,
    fewestCalls: () => [],
  },
  {
    id: "up",
    title: "up",
    arguments: ["up", ...UNATTENDED],
    declares: 1,
    leaves: 1,
    isNeeded: true,
    fewestCalls: ({ topics }) => [{ command: "import_topic", calls: topics }],
  },
  {
    id: "no-change",
    title: "no-change up",
    arguments: ["up", ...UNATTENDED, "--expect-no-changes"],
    declares: 1,
    leaves: 1,
    isNeeded: false,
    fewestCalls: () => [],
  },
  {
    id: "change-all",
    title: "change-all up",
    arguments: ["up", ...UNATTENDED],
    declares: 2,
    leaves: 2,
    isNeeded: true,
    fewestCalls: ({ topics }) => [{ command: "modify_topic", calls: topics }],
  },
  {
    id: "refresh",
    title: "refresh",
    arguments: ["refresh", ...UNATTENDED, "--expect-no-changes"],
    declares: 2,
    leaves: 2,
    isNeeded: false,
    fewestCalls: ({ communities }) => [{ command: "get_topic", calls: communities }],
  },
  {
    id: "destroy",
    title: "destroy",
    arguments: ["destroy", ...UNATTENDED],
    declares: 2,
    leaves: "nothing",
    isNeeded: false,
    // A community is read once, since only topics without messages are destroyed.
    fewestCalls: ({ topics, communities }) => [
      { command: "get_topic", calls: communities },
      { command: "destroy_topic", calls: Math.ceil(topics / IDS_PER_CALL) },
    ],
  },
];

/** Seconds that the calls take at the pace of their commands. */
export function secondsOf(calls: readonly Calls[]): number {
  return calls.reduce((sum, call) => sum + call.calls / (CALLS_PER_SECOND[call.command] ?? OTHER_CALLS_PER_SECOND), 0);
}
