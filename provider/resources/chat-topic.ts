/** `ChatTopic`: one topic of a community, one resource. */
import * as pulumi from "@pulumi/pulumi";
import { CHAT_TOPIC_SHIM } from "../dynamic/shim.js";
import { ownUrn } from "./hidden-inputs.js";

/** The type under which topics stand in the state; for `aliases` and import files. */
export const CHAT_TOPIC_TYPE = "pulumi-nodejs:dynamic/tencent-chat:ChatTopic";

/**
 * What happens when a topic or a community is created whose id exists already in the app.
 *
 * - `unused` (default): takes it over when every declared field is equal and it is not used, which is what an
 *   interrupted run leaves behind. A topic is used when a message was sent in it, a community when one of its topics is, or
 *   when it has members beside its owner.
 * - `matching`: takes it over when every declared field is equal, also when it is used.
 * - `any`: takes it over, also when it is used, and changes what differs.
 * - `none`: fails.
 *
 * `muteAllMember` is never a difference: an import cannot set it, so it is set afterwards.
 *
 * @example
 * ```ts
 * import { ChatTopic } from "pulumi-tencent-chat";
 *
 * // Was made by hand and is in use: from now on it is managed here. A field that differs is an error that names it.
 * new ChatTopic("general", { groupId: "@TGS#_players", topicName: "General", adopt: "matching" });
 * ```
 */
export type AdoptPolicy = "unused" | "matching" | "any" | "none";

/**
 * What happens to the topic or the community in the app when its resource is deleted or replaced.
 *
 * - `unused` (default): destroys a topic without messages, or a community without topics and without members beside its
 *   owner; fails for one that has any, since nothing brings them back.
 * - `destroy`: destroys it with its messages; a community with its topics and members as well.
 * - `retain`: leaves it in the app and forgets it.
 *
 * The value that counts is the one of the last `pulumi up`.
 *
 * @example
 * ```ts
 * import { ChatTopic } from "pulumi-tencent-chat";
 *
 * // Outlives this stack: a `pulumi destroy` leaves the topic and its messages in the app.
 * new ChatTopic("archive", { groupId: "@TGS#_players", topicName: "Archive", onRemove: "retain" });
 * ```
 */
export type RemovePolicy = "unused" | "destroy" | "retain";

/**
 * The arguments of a {@link ChatTopic}. Lengths are bytes of UTF-8: a Chinese character is 3, most emoji are 4.
 *
 * @example
 * ```ts
 * import { ChatTopic, type ChatTopicArgs } from "pulumi-tencent-chat";
 *
 * const args: ChatTopicArgs = {
 *   groupId: "@TGS#_players",
 *   topicName: "新手入门", // 4 characters, 12 bytes
 *   topicKey: "beginners",
 *   customString: JSON.stringify({ category: "help" }),
 * };
 * new ChatTopic("beginners", args);
 * ```
 */
export interface ChatTopicArgs {
  /**
   * Id of the community that holds the topic. Starts with `@TGS#_`, at most 48 bytes of printable ASCII. Another value
   * is a replacement.
   */
  groupId: pulumi.Input<string>;
  /** Name that users see. Required, 1 to 30 bytes. */
  topicName: pulumi.Input<string>;
  /**
   * The part of the topic's id that you choose: the id becomes `<groupId>@TOPIC#_<topicKey>`, at most 96 bytes of
   * printable ASCII in all. Default: the name of the resource at its creation, kept from then on. Must not contain
   * `@TGS#_` or `@TOPIC#_`, nor start with `@TOPIC#`. Another value is a replacement.
   */
  topicKey?: pulumi.Input<string>;
  /** In place of `topicKey`: a full id, such as one that the service assigned to a topic made elsewhere. */
  topicId?: pulumi.Input<string>;
  /**
   * In place of `topicKey`: true lets the service choose the id. Such a topic has another id in each environment, and
   * its creation cannot be repeated safely; prefer a key.
   */
  serverAssignedId?: pulumi.Input<boolean>;
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
  /** What happens when the id exists already in the app. Default `unused`. */
  adopt?: pulumi.Input<AdoptPolicy>;
  /** What happens to the topic in the app when its resource is deleted or replaced. Default `unused`. */
  onRemove?: pulumi.Input<RemovePolicy>;
}

/** Outputs must be named at construction, or programs could not read them. */
const OUTPUTS = {
  groupId: undefined,
  topicName: undefined,
  topicKey: undefined,
  topicId: undefined,
  serverAssignedId: undefined,
  introduction: undefined,
  notification: undefined,
  faceUrl: undefined,
  customString: undefined,
  fromAccount: undefined,
  createTime: undefined,
  muteAllMember: undefined,
  adopt: undefined,
  onRemove: undefined,
  sdkAppId: undefined,
};

/**
 * A topic of a community, made by `import_topic` (no webhook, no notification).
 *
 * The fields that you declare are yours: a refresh shows outside edits of them, the next `pulumi up` puts them right, and
 * a text that you no longer declare is cleared. Fields that you never declared are left alone. The resource's Pulumi id
 * is the topic's id.
 *
 * Every rule that needs no network is checked at preview. Errors are listed in the README under "Errors".
 *
 * Sources: https://www.tencentcloud.com/document/product/1047/53448 (import), …/49468 (modify), …/49470 (destroy).
 *
 * @example
 * ```ts
 * import { ChatTopic } from "pulumi-tencent-chat";
 *
 * const general = new ChatTopic("general", {
 *   groupId: "@TGS#_players",
 *   topicName: "General",
 *   introduction: "Everything that fits nowhere else",
 * });
 *
 * export const generalTopicId = general.topicId; // "@TGS#_players@TOPIC#_general", known at preview
 * ```
 */
export class ChatTopic extends pulumi.CustomResource {
  /** Id of the community. */
  declare readonly groupId: pulumi.Output<string>;
  /** Name that users see. */
  declare readonly topicName: pulumi.Output<string>;
  /** The last part of the topic's id; undefined where the service assigned it. */
  declare readonly topicKey: pulumi.Output<string | undefined>;
  /** The topic's full id. Known at preview when `groupId` is, unless the service assigns it. */
  declare readonly topicId: pulumi.Output<string>;
  /** Whether the service chose the id. */
  declare readonly serverAssignedId: pulumi.Output<boolean | undefined>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly introduction: pulumi.Output<string | undefined>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly notification: pulumi.Output<string | undefined>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly faceUrl: pulumi.Output<string | undefined>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly customString: pulumi.Output<string | undefined>;
  /** As declared; the service does not tell it. */
  declare readonly fromAccount: pulumi.Output<string | undefined>;
  /** As declared, Unix seconds. */
  declare readonly createTime: pulumi.Output<number | undefined>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly muteAllMember: pulumi.Output<boolean | undefined>;
  /** As declared. */
  declare readonly adopt: pulumi.Output<AdoptPolicy | undefined>;
  /** As declared. */
  declare readonly onRemove: pulumi.Output<RemovePolicy | undefined>;
  /** The app that holds the topic. Runs whose settings name another app refuse. */
  declare readonly sdkAppId: pulumi.Output<number>;

  /**
   * @param name Name of the resource, and the topic key where none is given.
   * @param args What the topic is to be.
   * @param options Pulumi's resource options; `protect`, `retainOnDelete`, `aliases`, `deletedWith` and the others work.
   */
  constructor(name: string, args: ChatTopicArgs, options?: pulumi.CustomResourceOptions) {
    const urn = options?.id === undefined ? ownUrn(name, CHAT_TOPIC_TYPE, options) : undefined;
    super(CHAT_TOPIC_TYPE, name, { ...OUTPUTS, ...args, __urn: urn, __provider: CHAT_TOPIC_SHIM }, options);
  }

  /**
   * Looks up a topic that is managed elsewhere. It is read, with all its fields, and never changed or destroyed.
   *
   * @param name Name of the resource in this program.
   * @param topicId The topic's full id.
   * @param options Pulumi's resource options.
   * @throws At preview, when the app holds no such topic.
   *
   * @example
   * ```ts
   * import { ChatTopic } from "pulumi-tencent-chat";
   *
   * const lobby = ChatTopic.get("lobby", "@TGS#_players@TOPIC#_lobby");
   * export const lobbyName = lobby.topicName;
   * ```
   */
  static get(name: string, topicId: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): ChatTopic {
    return new ChatTopic(name, {} as ChatTopicArgs, { ...options, id: topicId });
  }
}
