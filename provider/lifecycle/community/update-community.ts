/**
 * Update: one `modify_group_base_info` with what differs between the state and the program, and a `change_group_owner`
 * for another owner. A text that the program no longer declares is cleared, and that is confirmed by reading back.
 */
import { NotFoundError } from "../../chat/errors/index.js";
import type { LifecycleContext, Properties, WriteResult } from "../lifecycle.js";
import { confirmCleared, emptied } from "../partly.js";
import { planChanges } from "../planned-changes.js";
import { refuseOtherApp } from "../same-app.js";
import { type Convergence, converge, isConverged } from "./converge-community.js";
import { createCommunity } from "./create-community.js";
import { asCommunity, type CommunityProperties, nameOfCommunity, TEXT_FIELDS } from "./fields.js";

export async function updateCommunity(
  context: LifecycleContext,
  id: string,
  old: Properties,
  inputs: Properties,
): Promise<WriteResult> {
  const what = nameOfCommunity(id);
  refuseOtherApp(what, old, context.settings());
  const { convergence, cleared } = planUpdate(asCommunity(old), asCommunity(inputs));
  if (isConverged(convergence)) return { id, outputs: inputs, warnings: [] };

  const communities = await context.communities();
  const { ownerAccount } = asCommunity(old);
  const reached = { ...inputs, ...emptied(cleared), ownerAccount };
  try {
    await converge(communities, id, convergence, `${what} was changed, but not its owner`, reached);
  } catch (error) {
    if (error instanceof NotFoundError) return bringBack(context, id, inputs);
    throw error;
  }
  return { id, outputs: inputs, warnings: await confirmCleared(what, id, inputs, cleared, () => communities.read(id)) };
}

function planUpdate(
  old: CommunityProperties,
  community: CommunityProperties,
): { readonly convergence: Convergence; readonly cleared: readonly (typeof TEXT_FIELDS)[number][] } {
  const { changes, cleared } = planChanges(TEXT_FIELDS, old, community);
  const { maxMemberCount, ownerAccount } = community;
  const limit = maxMemberCount !== undefined && maxMemberCount !== old.maxMemberCount ? { maxMemberCount } : {};
  const owner = ownerAccount === old.ownerAccount ? undefined : ownerAccount;
  return { convergence: { changes: { ...changes, ...limit } as Convergence["changes"], ownerAccount: owner }, cleared };
}

/** Somebody destroyed the community since the last refresh. It comes back as it is declared; what was in it does not. */
async function bringBack(context: LifecycleContext, id: string, inputs: Properties): Promise<WriteResult> {
  const result = await createCommunity(context, inputs);
  const warning =
    `${nameOfCommunity(id)} had been destroyed outside of Pulumi and was imported anew, without its topics and members. ` +
    "Run `pulumi refresh` and `pulumi up` for the topics that the program declares.";
  return { ...result, warnings: [warning, ...result.warnings] };
}
