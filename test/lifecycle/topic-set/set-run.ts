/**
 * One run of the engine as a set's lifecycle sees it: a context with real settings and the emulator behind it. `up` does
 * for one set what the engine does, also with what a partial failure leaves behind.
 */

import type { DeleteResult } from "../../../provider/lifecycle/lifecycle.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import { PartialFailureError } from "../../../provider/pulumi/partial-failure-error.js";
import type { Properties } from "../../../provider/pulumi/properties.js";
import { GROUP, idOf } from "../../chat/test-app.js";
import { CHECKS, type CheckResult } from "../checks.js";
import { RunContext } from "../run-context.js";

export function urnOfSet(name: string): string {
  return `urn:pulumi:dev::community::pulumi-nodejs:dynamic/tencent-chat:ChatTopicSet::${name}`;
}

/** What a program gives for the topics of a set. */
export type Topics = Readonly<Record<string, unknown>>;

/** `topic-0` to `topic-<count - 1>`. */
export function many(count: number, fields: Properties = {}): Record<string, Properties> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`topic-${index}`, { topicName: `Topic ${index}`, ...fields }]),
  );
}

/** The ids that natural keys stand for. */
export function idsOf(...keys: string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, idOf(key)]));
}

/** What the state has of a set. */
export interface StoredSet {
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly warnings: readonly string[];
  /** What the last write left undone; the engine then updates again, whatever a diff says. */
  readonly failure?: PartialFailureError | undefined;
}

export class SetRun extends RunContext {
  /** The progress lines, each with its row. */
  readonly lines: { readonly text: string; readonly urn: unknown; readonly isLast: boolean }[] = [];
  override readonly progress = (text: string, urn: unknown, isLast = false): void => {
    this.lines.push({ text, urn, isLast });
  };

  check(topics: unknown, more: Properties = {}, old: Properties = {}, name = "topics"): CheckResult {
    const declared = { groupId: GROUP, topics, ...more, __urn: urnOfSet(name) };
    return CHECKS.ChatTopicSet(this, old, overTheWire(declared));
  }

  /** The inputs of a declaration that must be right. */
  inputs(topics: unknown, more: Properties = {}, old: Properties = {}, name = "topics"): Properties {
    const { inputs, failures } = this.check(topics, more, old, name);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return overTheWire(inputs);
  }

  /** Declares these topics, and makes it so. A failure that keeps nothing is thrown. */
  async up(before: StoredSet | undefined, topics: Topics, more: Properties = {}): Promise<StoredSet> {
    const name = before?.name ?? "topics";
    const inputs = this.inputs(topics, more, before?.inputs, name);
    if (before === undefined) return stored(name, inputs, () => LIFECYCLES.ChatTopicSet.create(this, inputs));
    const { changes, replaces } = LIFECYCLES.ChatTopicSet.diff(this, before.id, before.outputs, inputs);
    if (replaces.length > 0) throw new Error("a replacement is two operations: test them one by one");
    if (!changes && before.failure === undefined) return { ...before, inputs, warnings: [] };
    return stored(name, inputs, () => LIFECYCLES.ChatTopicSet.update(this, before.id, before.outputs, inputs));
  }

  /** Whether the engine would do anything, what it would replace, and what it would say. */
  diff(before: StoredSet, topics: unknown, more: Properties = {}) {
    const inputs = this.inputs(topics, more, before.inputs, before.name);
    return LIFECYCLES.ChatTopicSet.diff(this, before.id, before.outputs, inputs);
  }

  async refresh(before: StoredSet): Promise<StoredSet | undefined> {
    const read = await LIFECYCLES.ChatTopicSet.read(this, before.id, before.outputs);
    if (read === undefined) return undefined;
    return { ...before, inputs: overTheWire(read.inputs), outputs: overTheWire(read.outputs), warnings: [] };
  }

  delete(before: StoredSet): Promise<DeleteResult> {
    return LIFECYCLES.ChatTopicSet.delete(this, before.id, before.outputs);
  }
}

/** The topics in the outputs, by key. */
export function topicsOf(set: StoredSet | undefined): Readonly<Record<string, Properties>> {
  return (set?.outputs.topics ?? {}) as Record<string, Properties>;
}

/** What failed, as a partial failure says it: the summary, then a line for each cause. */
export function reasonsOf(set: StoredSet): readonly string[] {
  if (set.failure === undefined) throw new Error("nothing failed");
  return set.failure.reasons;
}

async function stored(
  name: string,
  inputs: Properties,
  write: () => ReturnType<typeof LIFECYCLES.ChatTopicSet.create>,
): Promise<StoredSet> {
  try {
    const { id, outputs, warnings } = await write();
    return { name, id, inputs, outputs: overTheWire(outputs), warnings };
  } catch (error) {
    if (!(error instanceof PartialFailureError)) throw error;
    return {
      name,
      id: error.id,
      inputs,
      outputs: overTheWire(error.outputs),
      warnings: error.warnings,
      failure: error,
    };
  }
}

/** Properties travel as JSON, without `undefined`. */
function overTheWire(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties));
}
