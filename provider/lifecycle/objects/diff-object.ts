/** What the diffs of all objects have in common: that a replacement may not destroy what another resource takes over. */
import { HandoverRefusedError } from "../errors/index.js";
import type { LifecycleContext } from "../lifecycle.js";
import type { RemovePolicy } from "../policies.js";
import { type Preview, UNKNOWN } from "../unknown.js";

/** Are these properties other ones, or may they turn out to be? */
export function isAnyChanged<Resource>(
  names: readonly (keyof Resource)[],
  state: Resource,
  inputs: Preview<Resource>,
): boolean {
  return names.some((name) => inputs[name] === UNKNOWN || state[name] !== inputs[name]);
}

export interface PlannedRemoval {
  readonly id: string;
  /** How the object is called at the start of a sentence. */
  readonly what: string;
  /** The resource that will destroy it. */
  readonly urn: string | undefined;
  /** The community in which the objects in its place are to be, where that is another one. */
  readonly nextGroupId?: string | undefined;
}

/**
 * Notes that a replacement or an update will destroy the object.
 *
 * @throws {HandoverRefusedError} when another resource declares it.
 */
export function recordRemoval(
  { declarations }: LifecycleContext,
  { id, what, urn, nextGroupId }: PlannedRemoval,
): void {
  const owner = declarations.urnOf(id);
  if (owner !== undefined && owner !== urn) throw new HandoverRefusedError(what, urn, owner);
  declarations.noteRemoval(id, urn, nextGroupId);
}

/** What becomes of an object whose place another one takes, as the rest of a sentence. */
export function describeReplaced(
  what: string,
  onRemove: RemovePolicy | undefined,
  words: { readonly retained: string; readonly destroyed: string; readonly used: string },
): string {
  if (onRemove === "retain")
    return `${what} stays in the app ${words.retained}, no longer managed (onRemove is "retain")`;
  if (onRemove === "destroy") return `${what} is destroyed together with ${words.destroyed} (onRemove is "destroy")`;
  return `${what} is destroyed, and should ${words.used} be in it the replacement fails before that (onRemove is "unused")`;
}
