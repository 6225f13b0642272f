/**
 * What an emulator starts from, and what its state is shown as: apps with their communities and topics. A seed says
 * what exists, so quotas and text limits do not bind it (an app may have been granted more, or may once have had
 * more); the id rules do.
 */

/** A topic in a seed, in the vendor's field names. One of `topicId` and `topicKey` is needed. */
export interface SeedTopic {
  /** The full id, `<groupId>@TOPIC#_<topic key>`. */
  readonly topicId?: string;
  /** The custom part of the id alone. */
  readonly topicKey?: string;
  /** The topic's name. */
  readonly topicName: string;
  /** Default: empty. */
  readonly introduction?: string;
  /** Default: empty. */
  readonly notification?: string;
  /** Default: empty. */
  readonly faceUrl?: string;
  /** Default: empty. */
  readonly customString?: string;
  /** Default: false. */
  readonly muteAllMember?: boolean;
  /** Who created it; the API takes this and never shows it again. */
  readonly fromAccount?: string;
  /** Unix seconds. Default: the time of the start. */
  readonly createTime?: number;
  /** The number of the next message; above 1 the topic counts as used. Default: 1. */
  readonly nextMsgSeq?: number;
  /** Unix seconds of the last message, 0 when there was none. Default: 0. */
  readonly lastMsgTime?: number;
}

/** A community in a seed, in the vendor's field names. */
export interface SeedCommunity {
  /** Starts with `@TGS#_`. */
  readonly groupId: string;
  /** Default: empty. */
  readonly name?: string;
  /** Default: empty. */
  readonly introduction?: string;
  /** Default: empty. */
  readonly notification?: string;
  /** Default: empty. */
  readonly faceUrl?: string;
  /** The account that owns it, which is a member of it. Default: nobody. */
  readonly ownerAccount?: string;
  /** The accounts that are members and known by name, with or without the owner. Default: none. */
  readonly members?: readonly string[];
  /** How many members there are; those beyond `members` and the owner have no name here. Default: as many as these. */
  readonly memberNum?: number;
  /** The most members that it takes. Default: 2,000. */
  readonly maxMemberCount?: number;
  /** Default: false. */
  readonly muteAllMember?: boolean;
  /** Unix seconds. Default: the time of the start. */
  readonly createTime?: number;
  /** Unix seconds of the last change of its fields. Default: `createTime`. */
  readonly lastInfoTime?: number;
  /** Whether it was created with topics on; without, its topic commands answer 11000. Default: true. */
  readonly supportTopic?: boolean;
  /** Default: none. */
  readonly topics?: readonly SeedTopic[];
  /** Full ids of topics that were destroyed; they matter to the rule `reuseDestroyedIds`. Default: none. */
  readonly destroyedTopicIds?: readonly string[];
}

/** An app in a seed: one tenant of the emulator. */
export interface SeedApp {
  /** 1 … 4294967295. */
  readonly sdkAppId: number;
  /** The key that UserSigs of this app are verified with. Use one that opens nothing else. */
  readonly secretKey: string;
  /** Accounts that may call the REST API. Default: `["administrator"]`. */
  readonly admins?: readonly string[];
  /** Other accounts that exist, for `From_Account`, `Owner_Account` and the like. Default: none. */
  readonly accounts?: readonly string[];
  /** Default: none. */
  readonly communities?: readonly SeedCommunity[];
  /** Ids of communities that were destroyed; they matter to the rule `reuseDestroyedIds`. Default: none. */
  readonly destroyedGroupIds?: readonly string[];
}

/**
 * Everything an emulator holds. `GET /_emulator/state` answers in this shape, so a state can be a seed.
 *
 * @example
 * ```ts
 * import { Seed, startEmulator } from "pulumi-tencent-chat/emulator";
 *
 * const seed: Seed = {
 *   apps: [
 *     {
 *       sdkAppId: 1400000001,
 *       secretKey: "not-a-real-key",
 *       communities: [{ groupId: "@TGS#_players", topics: [{ topicKey: "general", topicName: "General" }] }],
 *     },
 *   ],
 * };
 *
 * async function main() {
 *   const emulator = await startEmulator({ seed });
 *   console.log(emulator.url);
 *   await emulator.close();
 * }
 * void main();
 * ```
 */
export interface Seed {
  /** The tenants, each with a key of its own. */
  readonly apps: readonly SeedApp[];
}
