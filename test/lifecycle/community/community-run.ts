/**
 * One run of the engine as a community's lifecycle sees it. `up` does for one resource what the engine does: check, then
 * create, or diff and update.
 */

import type { SeedCommunity } from "../../../provider/emulator/index.js";
import { LIFECYCLES } from "../../../provider/pulumi/lifecycles.js";
import type { Properties, PropertiesWritten as WriteResult } from "../../../provider/pulumi/properties.js";
import type { TestApp } from "../../chat/test-app.js";
import { CHECKS, type CheckResult } from "../checks.js";
import { RunContext } from "../run-context.js";

/** The community of most of these tests; it is not there at the start. */
export const GUILD = "@TGS#_guild";

export function urnOf(name: string): string {
  return `urn:pulumi:dev::community::pulumi-nodejs:dynamic/tencent-chat:ChatCommunity::${name}`;
}

/** What the state has of a resource. */
export interface Resource {
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly warnings: readonly string[];
}

export class CommunityRun extends RunContext {
  /** `args` are those of the program; `name` may be left out. */
  check(resource: string, args: Properties, old: Properties = {}): CheckResult {
    return CHECKS.ChatCommunity(this, old, { name: "Guild", ...args, __urn: urnOf(resource) });
  }

  /** The inputs of a declaration that must be right. */
  inputs(resource: string, args: Properties, old: Properties = {}): Properties {
    const { inputs, failures } = this.check(resource, args, old);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return inputs;
  }

  async create(args: Properties = {}, name = "guild"): Promise<Resource> {
    const inputs = this.inputs(name, args);
    return resource(name, inputs, await LIFECYCLES.ChatCommunity.create(this, inputs));
  }

  async update(before: Resource, args: Properties): Promise<Resource> {
    const inputs = this.inputs(before.name, args, before.inputs);
    return resource(
      before.name,
      inputs,
      await LIFECYCLES.ChatCommunity.update(this, before.id, before.outputs, inputs),
    );
  }

  /** Whether the engine would do anything, and what it would replace. */
  diff(before: Resource, args: Properties): { readonly changes: boolean; readonly replaces: readonly string[] } {
    const inputs = this.inputs(before.name, args, before.inputs);
    const { changes, replaces } = LIFECYCLES.ChatCommunity.diff(this, before.id, before.outputs, inputs);
    return { changes, replaces };
  }

  async refresh(before: Resource): Promise<Resource | undefined> {
    const read = await LIFECYCLES.ChatCommunity.read(this, before.id, before.outputs);
    return read && { ...before, inputs: json(read.inputs), outputs: json(read.outputs), warnings: [] };
  }

  delete(before: Resource): Promise<{ readonly warnings: readonly string[] }> {
    return LIFECYCLES.ChatCommunity.delete(this, before.id, before.outputs);
  }
}

function resource(name: string, inputs: Properties, { id, outputs, warnings }: WriteResult): Resource {
  return { name, id, inputs, outputs: json(outputs), warnings };
}

/** As the adapter hands properties to the engine. */
export function json(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties));
}

/** Adds communities to the app as they are, past the REST API; the log stays empty. */
export async function seed(app: TestApp, ...more: SeedCommunity[]): Promise<void> {
  const { apps } = app.emulator.state();
  const added = new Set(more.map(({ groupId }) => groupId));
  await app.emulator.reset({
    apps: apps.map((seeded) => ({
      ...seeded,
      communities: [...(seeded.communities ?? []).filter(({ groupId }) => !added.has(groupId)), ...more],
    })),
  });
}

/** Changes a community as it is in the app, past the REST API; the log stays empty. */
export async function editOutside(app: TestApp, groupId: string, changes: Partial<SeedCommunity>): Promise<void> {
  const live = app.liveCommunity(groupId);
  if (live === undefined) throw new Error(`there is no ${groupId}`);
  await seed(app, { ...live, ...changes });
}
