/**
 * Faults that a test asks for: the next calls go wrong in the way that it names, and those after them do not. Faults
 * wait in the order in which they were asked for; a call takes the first one that is for its command.
 */

import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { COMMANDS, type Command } from "../chat/commands.js";
import type { Fault } from "./fault.js";
import { readInput } from "./issues.js";

/** The field that a kind cannot be without. */
const REQUIRED_FIELDS: ReadonlyMap<string, keyof Fault> = new Map([
  ["error", "code"],
  ["http", "status"],
  ["delay", "delayMs"],
]);

/** The kinds that each field belongs to. */
const FIELD_KINDS: ReadonlyMap<keyof Fault, readonly Fault["kind"][]> = new Map([
  ["code", ["throttle", "error"]],
  ["status", ["http"]],
  ["delayMs", ["delay"]],
  ["perItem", ["error"]],
  ["body", ["http", "garbage"]],
  ["truncated", ["garbage"]],
  ["done", ["http", "garbage"]],
]);

const PER_ITEM_COMMANDS: readonly unknown[] = ["get_topic", "destroy_topic", "get_group_info"];

const faultSchema = z
  .strictObject({
    kind: z.enum(["throttle", "error", "http", "drop-before", "drop-after", "delay", "garbage"]),
    command: z.enum(Object.keys(COMMANDS) as Command[]).optional(),
    times: z.int().positive().default(1),
    code: z.int().positive().optional(),
    status: z.int().min(300).max(599).optional(),
    delayMs: z.number().min(0).max(600_000).optional(),
    perItem: z.boolean().optional(),
    body: z.string().optional(),
    truncated: z.boolean().optional(),
    done: z.boolean().optional(),
  })
  .superRefine((fault, context) => {
    const add = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
    const required = REQUIRED_FIELDS.get(fault.kind);
    if (required !== undefined && fault[required] === undefined)
      add(required, `is required for the kind ${fault.kind}`);
    for (const [field, kinds] of FIELD_KINDS) {
      if (fault[field] !== undefined && !kinds.includes(fault.kind)) add(field, `is only for ${kinds.join(" and ")}`);
    }
    if (fault.perItem && !PER_ITEM_COMMANDS.includes(fault.command)) {
      add("perItem", `needs a command with items: ${PER_ITEM_COMMANDS.join(" or ")}`);
    }
    if (fault.truncated && fault.body !== undefined) add("body", "has no use in an answer that is cut off");
  });

/** The faults that are still to come. */
export class Faults {
  private pending: { fault: Fault; left: number }[] = [];

  /** Adds a fault at the end; throws an Error that lists what is wrong with it. */
  add(value: unknown): void {
    const fault = readFault(value);
    this.pending.push({ fault, left: fault.times });
  }

  /** The fault for a call of this command, if there is one; it counts as used once more. */
  take(command: string): Fault | undefined {
    const found = this.pending.find(({ fault }) => fault.command === undefined || fault.command === command);
    if (found === undefined) return undefined;
    found.left -= 1;
    if (found.left === 0) this.pending = this.pending.filter((entry) => entry !== found);
    return found.fault;
  }

  /** Those still to come, `times` being what is left of each. */
  list(): Fault[] {
    return this.pending.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** Forgets all, or with a fault those that differ from it in `times` alone. */
  clear(value?: unknown): void {
    const like = value === undefined ? undefined : readFault(value);
    this.pending = this.pending.filter(({ fault }) => like !== undefined && !isSame(fault, like));
  }
}

function readFault(value: unknown): Fault & { readonly times: number } {
  return readInput(faultSchema, value, "fault") as Fault & { readonly times: number };
}

function isSame(one: Fault, other: Fault): boolean {
  return isDeepStrictEqual({ ...one, times: 1 }, { ...other, times: 1 });
}
