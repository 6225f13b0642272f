/**
 * The switches of the emulator. Where the vendor's pages disagree, or say nothing, the emulator cannot know what the
 * service does: each such point is a rule with a name, whose default is the reading that asks most of a client.
 * What each rule means, and where the doubt comes from, is in the table `RULES`.
 */

import type { Command } from "../chat/commands.js";
import type { ByteLimits } from "../chat/limits.js";

/** The emulator's rules, each with the values it can take. The table `RULES` says what they mean and why they exist. */
export interface Rules {
  /** The service that answers `import_topic`; the other one answers as for an unknown command. */
  readonly importService: "group_open_http_svc" | "million_group_open_http_svc" | "both";
  /** The code of a call to a service or command that does not exist. */
  readonly unknownCommandCode: 60009 | 10003;
  /** What becomes of a body field, or a name in `ResponseFilter`, that the command's page does not list. */
  readonly unknownFields: "refused" | "ignored";
  /** Whether `TopicName` may be left out of `import_topic` and `create_topic`. */
  readonly topicName: "required" | "optional";
  /** What becomes of an account that is a JSON number instead of a string. */
  readonly numericAccounts: "refused" | "accepted";
  /** What becomes of an account in a body that is neither an account nor an administrator of the app. */
  readonly unknownAccounts: "refused" | "accepted";
  /** Limits in bytes of UTF-8 that differ from the documented ones. */
  readonly byteLimits: Partial<ByteLimits>;
  /** The longest community id, in bytes. */
  readonly maxGroupIdBytes: number;
  /** The code for a topic id that breaks the id rules. */
  readonly invalidTopicIdCode: 10004 | 110013;
  /** The highest `CreateTime`, in Unix seconds. */
  readonly maxCreateTime: number;
  /** Words that the content check refuses, wherever they stand in a text. */
  readonly refusedWords: readonly string[];
  /** The code of `create_topic` and `create_group` for an id that is in use. */
  readonly createDuplicateCode: 10025 | 10021;
  /** Whether the id of a destroyed topic or community may be used again. */
  readonly reuseDestroyedIds: boolean;
  /** Whether an empty text in `modify_topic` or `modify_group_base_info` clears the field; otherwise it stays. */
  readonly emptyStringClears: boolean;
  /** How `get_topic` answers for a topic that is not there: with a code in its item, or without an item. */
  readonly missingTopic: "110003" | "10010" | "omitted";
  /** Whether an item of `get_topic` or `get_group_info` that carries a failure still names what it is about. */
  readonly failedItems: "identified" | "bare";
  /** The form of the mute flag in `get_topic`. */
  readonly muteField: "MuteAllMember" | "ShutUpAllFlag";
  /** Whether `get_topic` and `get_group_info` show texts that are empty. */
  readonly emptyTexts: "present" | "omitted";
  /** The order in which `get_topic` lists all topics of a community. */
  readonly topicOrder: "created" | "reversed";
  /** What an empty `TopicIdList` means to `get_topic`. */
  readonly emptyTopicIdList: "refused" | "all";
  /** Where `destroy_topic` reports a topic that is gone already. */
  readonly destroyFailures: "item" | "top";
  /** The most ids in one `TopicIdList`. */
  readonly maxTopicIdsPerCall: number;
  /** The most topics in one community. */
  readonly maxTopicsPerCommunity: number;
  /** What becomes of a `GroupId` in the form of assigned ones in `import_group` and `create_group`. */
  readonly assignedGroupIds: "refused" | "accepted";
  /** How `get_group_info` answers for a community that is not there: with a code in its item, or without an item. */
  readonly missingGroup: "10010" | "10015" | "omitted";
  /** What `destroy_group` does with a community that has topics. */
  readonly destroyWithTopics: "destroyed" | "refused";
  /** The code of `change_group_owner` for an account that is no member. */
  readonly nonMemberOwnerCode: 10007 | 10004;
  /** What becomes of a `change_group_owner` to the present owner. */
  readonly sameOwner: "refused" | "accepted";
  /** The most members of a community that is imported without `MaxMemberCount`. */
  readonly defaultMaxMemberCount: number;
  /** The highest `MaxMemberCount` and `MaxMemberNum`. */
  readonly maxMembersPerCommunity: number;
  /** The longest answer in bytes; a longer one becomes 10018. */
  readonly maxAnswerBytes: number;
  /** Whether the call frequency is limited at all. */
  readonly enforceFrequency: boolean;
  /** Calls in any one second, per app and command: one number for all commands, or one for each that differs. */
  readonly callsPerSecond: number | Partial<Readonly<Record<Command, number>>>;
  /** The code of a call over the frequency. */
  readonly throttleCode: number;
  /** What becomes of a UserSig whose `TLS.time` has not come yet. */
  readonly futureSignatures: "refused" | "accepted";
  /** How far the emulator's clock is ahead of this machine's (negative: behind), in seconds. */
  readonly clockOffsetSeconds: number;
  /** Whether answers carry a `RequestId`. */
  readonly requestId: boolean;
  /** How long every answer of the REST API takes, in milliseconds. */
  readonly latencyMs: number;
}
