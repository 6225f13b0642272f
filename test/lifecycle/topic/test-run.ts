/**
 * One run of the engine as a topic's lifecycle sees it: a context with real settings, real topics and the emulator
 * behind them. `up` does for one resource what the engine does: check, then create, or diff and update.
 */

import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { Properties, PropertiesWritten as WriteResult } from "../../../provider/pulumi/properties.js";
import { GROUP } from "../../chat/test-app.js";
import { CHECKS, type CheckResult } from "../checks.js";
import { RunContext } from "../run-context.js";

export function urnOf(name: string): string {
  return `urn:pulumi:dev::community::pulumi-nodejs:dynamic/tencent-chat:ChatTopic::${name}`;
}

/** What the state has of a resource. */
export interface Resource {
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly warnings: readonly string[];
}

export class TestRun extends RunContext {
  /** `args` are those of the program; `groupId` and `topicName` may be left out. */
  check(name: string, args: Properties, old: Properties = {}): CheckResult {
    return CHECKS.ChatTopic(this, old, { groupId: GROUP, topicName: "Name", ...args, __urn: urnOf(name) });
  }

  /** The inputs of a declaration that must be right. */
  inputs(name: string, args: Properties, old: Properties = {}): Properties {
    const { inputs, failures } = this.check(name, args, old);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return inputs;
  }

  async create(name: string, args: Properties = {}): Promise<Resource> {
    const inputs = this.inputs(name, args);
    return resource(name, inputs, await LIFECYCLES.ChatTopic.create(this, inputs));
  }

  async update(before: Resource, args: Properties): Promise<Resource> {
    const inputs = this.inputs(before.name, args, before.inputs);
    return resource(before.name, inputs, await LIFECYCLES.ChatTopic.update(this, before.id, before.outputs, inputs));
  }

  /** Whether the engine would do anything, and what it would replace. */
  diff(before: Resource, args: Properties): { readonly changes: boolean; readonly replaces: readonly string[] } {
    const inputs = this.inputs(before.name, args, before.inputs);
    const { changes, replaces } = LIFECYCLES.ChatTopic.diff(this, before.id, before.outputs, inputs);
    return { changes, replaces };
  }

  async refresh(before: Resource): Promise<Resource | undefined> {
    const read = await LIFECYCLES.ChatTopic.read(this, before.id, before.outputs);
    return read && { ...before, inputs: read.inputs, outputs: read.outputs, warnings: [] };
  }

  delete(before: Resource): Promise<{ readonly warnings: readonly string[] }> {
    return LIFECYCLES.ChatTopic.delete(this, before.id, before.outputs);
  }
}

function resource(name: string, inputs: Properties, { id, outputs, warnings }: WriteResult): Resource {
  return { name, id, inputs, outputs, warnings };
}
