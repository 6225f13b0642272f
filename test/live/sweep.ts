/**
 * Removes the communities that earlier runs of the live suite left in the app: those that the record knows and those that
 * the app lists under a name of this suite. Nothing else is touched.
 */
import { Caller } from "../../provider/chat/caller.js";
import { openApp } from "../../provider/chat/open-app.js";
import type { Settings } from "../../provider/settings/settings.js";
import { listCommunities } from "./group-list.js";
import { type Leftover, removeCommunities } from "./live-app.js";
import { isOurs, startOf } from "./names.js";
import { CommunityRecord } from "./record.js";

/** A run younger than this may still be going on, in milliseconds. */
const RUNNING_MS = 60 * 60_000;

export interface Swept {
  readonly removed: readonly string[];
  /** Too young, see `all`. */
  readonly kept: readonly string[];
  readonly failed: readonly Leftover[];
  /** Why the app's own list could not be read, so that only the record was used. */
  readonly unlisted?: string;
}

export interface SweepOptions {
  readonly folder: string;
  /** Also those of runs that may still be going on. */
  readonly all?: boolean;
  readonly now?: number;
  readonly pageSize?: number;
}

export async function sweep(settings: Settings, options: SweepOptions): Promise<Swept> {
  const record = new CommunityRecord(options.folder, settings);
  const caller = new Caller(settings);
  const app = openApp(settings);
  try {
    const { listed, unlisted } = await listCommunities(caller, options.pageSize).then(
      (groupIds) => ({ listed: groupIds, unlisted: undefined }),
      (error: Error) => ({ listed: [], unlisted: error.message }),
    );
    const ours = [...new Set([...record.left(), ...listed])].filter(isOurs);
    const { now = Date.now() } = options;
    const isOld = (groupId: string) => options.all === true || now - startOf(groupId) > RUNNING_MS;
    const failed = await removeCommunities(app, record, ours.filter(isOld));
    const failedIds = new Set(failed.map(({ groupId }) => groupId));
    return {
      removed: ours.filter((groupId) => isOld(groupId) && !failedIds.has(groupId)),
      kept: ours.filter((groupId) => !isOld(groupId)),
      failed,
      ...(unlisted === undefined ? {} : { unlisted }),
    };
  } finally {
    await caller.close();
    await app.close();
  }
}
