/** The calls that bring a community that exists to what is declared: its fields by one, its owner by another. */
import type { Communities } from "../../chat/communities.js";
import type { Properties } from "../lifecycle.js";
import { partly } from "../partly.js";
import type { DeclaredFields } from "./fields.js";

export interface Convergence {
  /** What `modify_group_base_info` has to change. */
  readonly changes: Omit<DeclaredFields, "ownerAccount">;
  /** Who has to become the owner, where that is somebody else. */
  readonly ownerAccount: string | undefined;
}

/** Where nothing differs. */
export function isConverged({ changes, ownerAccount }: Convergence): boolean {
  return Object.keys(changes).length === 0 && ownerAccount === undefined;
}

/**
 * @param what How far the write is when the owner could not be changed after the fields were.
 * @param reached The outputs that hold then.
 */
export async function converge(
  communities: Communities,
  groupId: string,
  { changes, ownerAccount }: Convergence,
  what: string,
  reached: Properties,
): Promise<void> {
  const isChanged = Object.keys(changes).length > 0;
  if (isChanged) await communities.modify(groupId, changes);
  if (ownerAccount === undefined) return;
  const changeOwner = () => communities.changeOwner(groupId, ownerAccount);
  await (isChanged ? partly(what, groupId, reached, changeOwner) : changeOwner());
}
