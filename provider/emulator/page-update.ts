/**
 * What the emulator tells its page, in the stream of events at `/_emulator/events`. No credential is in it.
 */

import type { ByteLimits } from "../chat/limits.js";
import type { Fault } from "./fault.js";
import type { Health } from "./health.js";
import type { RuleInput } from "./rule-kinds.js";
import type { Rules } from "./rules.js";
import type { SeedCommunity, SeedTopic } from "./seed.js";

/** One event. A part that is absent has not changed since the event before it. */
export interface PageUpdate {
  /** Only in the first event of a connection, which has all parts: the page forgets what it showed before. */
  readonly start?: PageStart;
  /** All apps, without their topics. */
  readonly apps?: readonly PageApp[];
  readonly topics?: {
    /** Those that are new, in the order of creation, and those that changed. */
    readonly put: readonly PageTopic[];
    /** The keys of those that are gone. */
    readonly gone: readonly string[];
  };
  readonly requests?: PageRequests;
  /** Of each app and command that was called within the last second. */
  readonly rates?: readonly PageRate[];
  readonly faults?: readonly Fault[];
  readonly rules?: Rules;
  /** The byte limits that these rules make. */
  readonly byteLimits?: ByteLimits;
  readonly health?: Health;
}

/** What stays the same while an emulator runs. */
export interface PageStart {
  readonly commands: readonly string[];
  readonly rules: readonly PageRule[];
}

export interface PageRule {
  readonly name: keyof Rules;
  readonly default: unknown;
  readonly meaning: string;
  readonly source: string;
  readonly input: RuleInput;
}

export interface PageApp {
  readonly sdkAppId: number;
  readonly admins: readonly string[];
  readonly communities: readonly PageCommunity[];
}

export type PageCommunity = Pick<
  Required<SeedCommunity>,
  | "groupId"
  | "name"
  | "introduction"
  | "notification"
  | "faceUrl"
  | "memberNum"
  | "maxMemberCount"
  | "muteAllMember"
  | "supportTopic"
> & { readonly ownerAccount: string | undefined };

/** A topic; `key` tells it from those of other apps. */
export type PageTopic = Omit<Required<SeedTopic>, "topicKey" | "fromAccount"> & {
  readonly key: string;
  readonly sdkAppId: number;
  readonly groupId: string;
};

export interface PageRequests {
  /** The number of the last call: calls are numbered from 1 on. */
  readonly total: number;
  /** Calls up to this number were forgotten: the log was cleared after it. */
  readonly cleared: number;
  /** New calls, oldest first; where there were too many for one event, the newest of them. */
  readonly latest: readonly PageRequest[];
}

export interface PageRequest {
  readonly number: number;
  /** Unix milliseconds. */
  readonly time: number;
  readonly app: number | null;
  readonly command: string;
  readonly about: string;
  readonly code: number | null;
  readonly status: number;
  readonly reason: string;
}

/** The calls of one command in the last second. */
export interface PageRate {
  readonly sdkAppId: number | null;
  readonly command: string;
  /** Those that were let through. */
  readonly calls: number;
  /** Those that were refused for their frequency. */
  readonly throttled: number;
  /** The most calls in a second; null when the frequency is not limited. */
  readonly limit: number | null;
}
