/**
 * Every way in which a call can go wrong. Two classes of codes are left out, since they are answers and no faults: what
 * is gone is believed to be gone, and an id that is taken is an `adopt`.
 */
import type { Command } from "../../../provider/chat/commands.js";
import type { Fault } from "../../../provider/emulator/index.js";

export interface FaultRow {
  readonly fault: Omit<Fault, "command">;
  /** The run itself gets over it, and succeeds. */
  readonly riddenOut?: boolean;
  /** The commands that can meet it. Default: all. */
  readonly commands?: readonly Command[];
}

const LASTING = 9_999;

/** Their answers have a verdict for each item. */
const WITH_ITEMS: readonly Command[] = ["get_topic", "destroy_topic", "get_group_info"];
const IMPORTS: readonly Command[] = ["import_topic", "import_group"];

export const FAULTS = {
  "a throttled answer, ridden out": { fault: { kind: "throttle", times: 2 }, riddenOut: true },
  "throttling that lasts": { fault: { kind: "throttle", times: LASTING } },
  "an accident of the service, ridden out": { fault: { kind: "error", code: 10002, times: 2 }, riddenOut: true },
  "an accident of the service that lasts": { fault: { kind: "error", code: 10002, times: LASTING } },
  "an accident that is repeated a few times only": { fault: { kind: "error", code: 60008, times: LASTING } },
  "an accident of each item, ridden out": {
    fault: { kind: "error", code: 10002, perItem: true, times: 2 },
    riddenOut: true,
    commands: WITH_ITEMS,
  },
  "an accident of each item that lasts": {
    fault: { kind: "error", code: 10002, perItem: true, times: LASTING },
    commands: WITH_ITEMS,
  },
  "an expired signature, renewed": { fault: { kind: "error", code: 70001, times: 1 }, riddenOut: true },
  "a signature that is never accepted": { fault: { kind: "error", code: 70001, times: LASTING } },
  "a refusal for good": { fault: { kind: "error", code: 10007, times: LASTING } },
  "a refused parameter": { fault: { kind: "error", code: 10004, times: LASTING } },
  "missing rights": { fault: { kind: "error", code: 60010, times: LASTING } },
  "a refusal of each item": {
    fault: { kind: "error", code: 10007, perItem: true, times: LASTING },
    commands: WITH_ITEMS,
  },
  "an answer over the service's own limit": {
    fault: { kind: "error", code: 10018, times: LASTING },
    commands: ["get_topic", "get_group_info"],
  },
  "status 502": { fault: { kind: "http", status: 502, times: LASTING } },
  "status 502 once, and yet done": { fault: { kind: "http", status: 502, done: true, times: 1 }, riddenOut: true },
  "a connection dropped before": { fault: { kind: "drop-before", times: LASTING } },
  "an answer lost after, once": { fault: { kind: "drop-after", times: 1 }, riddenOut: true },
  "answers lost after, always": { fault: { kind: "drop-after", times: LASTING } },
  "an answer that comes too late": { fault: { kind: "delay", delayMs: 3_000, times: LASTING } },
  "a truncated answer": { fault: { kind: "garbage", truncated: true, times: LASTING } },
  "an answer that is not JSON": { fault: { kind: "garbage", times: LASTING } },
  "an answer of the wrong shape": { fault: { kind: "garbage", body: '{"ActionStatus":"OK"}', times: LASTING } },
  // To the other commands this is success, and what they have in it is all there is.
  "an answer without what was asked for": {
    fault: { kind: "garbage", body: '{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}', times: LASTING },
    commands: [...IMPORTS, ...WITH_ITEMS],
  },
} satisfies Readonly<Record<string, FaultRow>>;

/** The faults that a call of `command` can meet; without items in its answer, none of an item. */
export function faultsOf(command: Command, hasItems: boolean): (keyof typeof FAULTS)[] {
  return keysOf(FAULTS).filter((name) => {
    const { fault, commands = [command] }: FaultRow = FAULTS[name];
    return commands.includes(command) && (hasItems || !fault.perItem);
  });
}

export function keysOf<T extends object>(table: T): (keyof T)[] {
  return Object.keys(table) as (keyof T)[];
}
