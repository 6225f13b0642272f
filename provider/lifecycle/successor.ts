/**
 * A replacement destroys first and creates then. Where it goes to another community, which may be mistyped, that one has
 * to be there before anything is destroyed.
 */
import { orGone } from "../chat/or-gone.js";
import { MissingCommunityError } from "./errors/index.js";
import type { LifecycleContext, Properties } from "./lifecycle.js";
import { isKnown } from "./unknown.js";

/** The community that `inputs` name, where that is known to be another one. */
export function nextGroupId(inputs: Properties, groupId: string): string | undefined {
  const next = inputs.groupId;
  return typeof next === "string" && isKnown(next) && next !== groupId ? next : undefined;
}

/** @throws {MissingCommunityError} when these topics are being replaced by others in a community that does not exist. */
export async function refuseWithoutSuccessor(context: LifecycleContext, topicIds: readonly string[]): Promise<void> {
  const next = topicIds.map((id) => context.declarations.nextGroupOf(id)).find((groupId) => groupId !== undefined);
  if (next === undefined) return;
  const topics = await context.topics();
  if ((await orGone(topics.readAllShared(next))) !== undefined) return;
  throw new MissingCommunityError(
    next,
    context.settings().sdkAppId,
    "check `groupId`. Nothing was destroyed: the replacement would have destroyed first, and had no place for the new",
  );
}
