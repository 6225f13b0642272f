/** `ChatTopicSet`: all topics of a community that belong together, as one resource. */
import * as pulumi from "@pulumi/pulumi";
import { CHAT_TOPIC_SET_SHIM } from "../dynamic/shim.js";
import type { AdoptPolicy, RemovePolicy } from "./chat-topic.js";
import { ownUrn } from "./hidden-inputs.js";

/** The type under which sets stand in the state; for `aliases` and import files. */
export const CHAT_TOPIC_SET_TYPE = "pulumi-nodejs:dynamic/tencent-chat:ChatTopicSet";

/**
 * A topic of a {@link ChatTopicSet}. Lengths are bytes of UTF-8: a Chinese character is 3, most emoji are 4.
 *
 * @example
 * ```ts
 * import type { ChatTopicSetTopic } from "pulumi-tencent-chat";
 *
 * export const topics: Record<string, ChatTopicSetTopic> = {
 *   general: { topicName: "General" },
 *   announcements: { topicName: "Announcements", muteAllMember: true },
 * };
 * ```
 */
export interface ChatTopicSetTopic {
  /** Name that users see. Required, 1 to 30 bytes. */
  topicName: pulumi.Input<string>;
  /** What the topic is about. At most 240 bytes. */
  introduction?: pulumi.Input<string>;
  /** An announcement to its members. At most 300 bytes. */
  notification?: pulumi.Input<string>;
  /** URL of its picture. At most 100 bytes. */
  faceUrl?: pulumi.Input<string>;
  /** Yours to use, opaque to the service. At most 3,000 bytes. */
  customString?: pulumi.Input<string>;
  /** The account that creates the topic, at most 32 bytes. Used at creation only; to change it, choose a new key. */
  fromAccount?: pulumi.Input<string>;
  /** When the topic was created, Unix seconds. Used at creation only; to change it, choose a new key. Default: now. */
  createTime?: pulumi.Input<number>;
  /** True stops all members from sending messages. Set by a modification after the import, which fires webhooks. */
  muteAllMember?: pulumi.Input<boolean>;
  /**
   * A full id of this community, such as one that the service assigned. The topic's key in the set is then only a label,
   * and renaming it makes no call.
   */
  topicId?: pulumi.Input<string>;
}

/**
 * The arguments of a {@link ChatTopicSet}.
 *
 * @example
 * ```ts
 * import { ChatTopicSet, type ChatTopicSetArgs } from "pulumi-tencent-chat";
 *
 * // Owns the community: topics that others make are drift, and go if they have no messages.
 * const args: ChatTopicSetArgs = {
 *   groupId: "@TGS#_players",
 *   topics: { general: { topicName: "General" } },
 *   exclusive: true,
 *   onRemove: "unused",
 * };
 * new ChatTopicSet("topics", args);
 * ```
 */
export interface ChatTopicSetArgs {
  /**
   * Id of the community that holds the topics. Starts with `@TGS#_`, at most 48 bytes of printable ASCII. Another value
   * is a replacement.
   */
  groupId: pulumi.Input<string>;
  /**
   * The topics by topic key, the last part of their ids: a topic's id is `<groupId>@TOPIC#_<topicKey>`, at most 96 bytes
   * of printable ASCII in all. May be empty. A community holds up to 200 topics.
   */
  topics: pulumi.Input<Record<string, pulumi.Input<ChatTopicSetTopic>>>;
  /** What happens when a topic's id exists already, at creation or when a key is added later. Default `unused`. */
  adopt?: pulumi.Input<AdoptPolicy>;
  /**
   * What happens to a topic in the app when its key leaves the set (by the value in the program), or when the set is
   * deleted or replaced (by the value of the last `pulumi up`). Default `unused`.
   */
  onRemove?: pulumi.Input<RemovePolicy>;
  /**
   * True makes the set own the whole community: a refresh shows topics that nobody declared as drift, and the next
   * `pulumi up` removes those that the refresh recorded, as `onRemove` says. Default false: they are left alone.
   * Other resources with topics in the community are refused at the check, unless `onRemove` is `retain`.
   */
  exclusive?: pulumi.Input<boolean>;
}

/** Outputs must be named at construction, or programs could not read them. */
const OUTPUTS = {
  groupId: undefined,
  topics: undefined,
  topicIds: undefined,
  fingerprint: undefined,
  adopt: undefined,
  onRemove: undefined,
  exclusive: undefined,
  sdkAppId: undefined,
};

/**
 * The topics of a community as one resource: fast (the engine's cost is that of one resource, whatever their number),
 * complete, and comparable between environments by its {@link ChatTopicSet.fingerprint}.
 *
 * A topic follows the same rules as a `ChatTopic`. When some topics fail, the others are made and kept, the error has a
 * reason for each, and the next `pulumi up` does the rest. Two sets may share a community where neither is exclusive.
 *
 * Sources: https://www.tencentcloud.com/document/product/1047/53448 (import), …/49468 (modify), …/49470 (destroy).
 *
 * @example
 * ```ts
 * import { ChatTopicSet } from "pulumi-tencent-chat";
 *
 * const topics = new ChatTopicSet("topics", {
 *   groupId: "@TGS#_players",
 *   topics: {
 *     general: { topicName: "General" },
 *     rules: { topicName: "Rules", introduction: "Be kind.", muteAllMember: true },
 *   },
 * });
 *
 * export const generalTopicId = topics.topicIds.apply((ids) => ids.general);
 * export const fingerprint = topics.fingerprint;
 * ```
 */
export class ChatTopicSet extends pulumi.CustomResource {
  /** Id of the community. */
  declare readonly groupId: pulumi.Output<string>;
  /** The topics that are confirmed, by topic key; after a refresh, as they are in the app. */
  declare readonly topics: pulumi.Output<Record<string, pulumi.Unwrap<ChatTopicSetTopic>>>;
  /** The topics' full ids, by topic key. Known at preview when `groupId` is. */
  declare readonly topicIds: pulumi.Output<Record<string, string>>;
  /**
   * SHA-256, in hexadecimal, of the keys and declared fields of the confirmed topics, without ids: equal fingerprints
   * mean equal sets in two environments.
   */
  declare readonly fingerprint: pulumi.Output<string>;
  /** As declared. */
  declare readonly adopt: pulumi.Output<AdoptPolicy | undefined>;
  /** As declared. */
  declare readonly onRemove: pulumi.Output<RemovePolicy | undefined>;
  /** As declared. */
  declare readonly exclusive: pulumi.Output<boolean | undefined>;
  /** The app that holds the topics. Runs whose settings name another app refuse. */
  declare readonly sdkAppId: pulumi.Output<number>;

  /**
   * @param name Name of the resource.
   * @param args What the topics are to be.
   * @param options Pulumi's resource options.
   */
  constructor(name: string, args: ChatTopicSetArgs, options?: pulumi.CustomResourceOptions) {
    const urn = ownUrn(name, CHAT_TOPIC_SET_TYPE, options);
    const given = { ...args, topics: carried(name, args.topics) };
    super(CHAT_TOPIC_SET_TYPE, name, { ...OUTPUTS, ...given, __urn: urn, __provider: CHAT_TOPIC_SET_SHIM }, options);
  }
}

/** The topics, once it is sure that none of them gets lost on the way. */
function carried(name: string, topics: ChatTopicSetArgs["topics"]): ChatTopicSetArgs["topics"] {
  if (topics instanceof Promise) return topics.then((value) => refuseUncarried(name, value));
  if (pulumi.Output.isInstance(topics)) return topics.apply((value) => refuseUncarried(name, value));
  return refuseUncarried(name, topics);
}

/**
 * Pulumi's SDK and its wire format (google-protobuf's `Struct`) drop a property called `__proto__` without a word; in an
 * object literal, and after `pulumi.output`, it has become the object's prototype. The SDK turns arguments into text for
 * its log, which a property called `toString` breaks. By the last one the engine knows values of kinds that JSON lacks, and
 * refuses any other object that has it.
 */
export const UNCARRIED_KEYS: ReadonlySet<string> = new Set([
  "__proto__",
  "toString",
  "4dabf18193072939515e22adb298388d",
]);

function refuseUncarried<T>(name: string, topics: T): T {
  if (typeof topics !== "object" || topics === null) return topics;
  const isLost = Object.keys(Object.getPrototypeOf(topics) ?? {}).length > 0;
  const key = isLost ? "__proto__" : [...UNCARRIED_KEYS].find((candidate) => Object.hasOwn(topics, candidate));
  if (key === undefined) return topics;
  throw new pulumi.RunError(
    `ChatTopicSet "${name}": Pulumi cannot carry \`topics[${JSON.stringify(key)}]\`. What to do: give the topic another ` +
      `key, and as \`topicId\` its full id, <groupId>@TOPIC#_${key}.`,
  );
}
