/** Diff of a community: what an update or a replacement would do, offline. */
import type { DiffResult, LifecycleContext } from "../lifecycle.js";
import { describeReplaced, isAnyChanged, recordRemoval } from "../objects/diff-object.js";
import { assertSameApp } from "../same-app.js";
import { ifKnown, isKnown, type Preview, UNKNOWN } from "../unknown.js";
import { COMMUNITY_KIND } from "./community-kind.js";
import { type CommunityResource, CREATE_ONLY_FIELDS, TEXT_FIELDS, UNTRACKED_WHEN_REMOVED } from "./community-spec.js";

/** A change of one of these is an update, even if only the state changes. A change of `adopt` alone is no update. */
const COMPARED = [
  ...TEXT_FIELDS,
  ...UNTRACKED_WHEN_REMOVED,
  ...CREATE_ONLY_FIELDS,
  "muteAllMember",
  "onRemove",
] as const;

export function diffCommunity(
  context: LifecycleContext,
  id: string,
  state: CommunityResource,
  inputs: Preview<CommunityResource>,
): DiffResult {
  const what = COMMUNITY_KIND.describe(id);
  assertSameApp(what, state.sdkAppId, context.settings());
  const { groupId } = inputs;
  // An unknown id may equal the present one: whether this is a replacement is decided at the update.
  if (isKnown(groupId) && groupId !== id) {
    const urn = ifKnown(inputs.__urn) ?? context.declarations.urnOf(groupId);
    if (state.onRemove !== "retain") recordRemoval(context, { id, what, urn });
    const fate = describeReplaced(id, state.onRemove, {
      retained: "with everything in it",
      destroyed: "all its topics, their messages and its members",
      used: "topics, or members beside its owner,",
    });
    const warning = `A community's id cannot be changed, so this is a replacement by ${groupId}: ${fate}.`;
    return { changes: true, replaces: ["groupId"], warnings: [warning] };
  }
  const changes = groupId === UNKNOWN || isAnyChanged(COMPARED, state, inputs);
  return { changes, replaces: [], warnings: [] };
}
