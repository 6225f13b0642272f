/** Diff: what an update or a replacement would do, offline. */
import { type Declarations, describeResource } from "../declarations.js";
import { HandoverRefusedError } from "../errors/index.js";
import type { DiffResult, LifecycleContext, Properties } from "../lifecycle.js";
import { refuseOtherApp } from "../same-app.js";
import { isKnown, UNKNOWN } from "../unknown.js";
import { CREATE_ONLY_FIELDS, nameOfCommunity, TEXT_FIELDS, UNTRACKED_WHEN_REMOVED } from "./fields.js";

/** A change of these is an update, be it one that only changes the state. `adopt` alone is none. */
const COMPARED = [
  ...TEXT_FIELDS,
  ...UNTRACKED_WHEN_REMOVED,
  ...CREATE_ONLY_FIELDS,
  "muteAllMember",
  "onRemove",
] as const;

export function diffCommunity(context: LifecycleContext, id: string, old: Properties, inputs: Properties): DiffResult {
  refuseOtherApp(nameOfCommunity(id), old, context.settings());
  // An unknown id may turn out to be the present one: whether this is a replacement shows at the update.
  if (isKnown(inputs.groupId) && inputs.groupId !== id) {
    if (old.onRemove !== "retain") leave(context.declarations, id, inputs);
    return { changes: true, replaces: ["groupId"], warnings: [replacementWarning(id, old, String(inputs.groupId))] };
  }
  const changes = inputs.groupId === UNKNOWN || COMPARED.some((name) => old[name] !== inputs[name]);
  return { changes, replaces: [], warnings: [] };
}

/** @throws {HandoverRefusedError} when another resource declares the community that this replacement will destroy. */
function leave(declarations: Declarations, id: string, inputs: Properties): void {
  const ownUrn = declarations.urnOf(String(inputs.groupId));
  const taker = declarations.urnOf(id);
  if (taker !== undefined) {
    const own = ownUrn ? describeResource(ownUrn) : "its resource";
    throw new HandoverRefusedError(nameOfCommunity(id), own, describeResource(taker));
  }
  declarations.leave(id, ownUrn);
}

function replacementWarning(id: string, old: Properties, next: string): string {
  const fate =
    old.onRemove === "retain"
      ? `${id} stays in the app with everything in it, no longer managed (onRemove is "retain")`
      : old.onRemove === "destroy"
        ? `${id} is destroyed together with all its topics, their messages and its members (onRemove is "destroy")`
        : `${id} is destroyed, and should topics, or members beside its owner, be in it the replacement fails before ` +
          'that (onRemove is "unused")';
  return `A community's id cannot be changed, so this is a replacement by ${next}: ${fate}.`;
}
