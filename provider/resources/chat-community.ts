/** `ChatCommunity`: a community, which holds topics, as one resource. */
import * as pulumi from "@pulumi/pulumi";
import { CHAT_COMMUNITY_SHIM } from "../dynamic/shim.js";
import type { AdoptPolicy, RemovePolicy } from "./chat-topic.js";
import { ownUrn } from "./hidden-inputs.js";

/** The type under which communities stand in the state; for `aliases` and import files. */
export const CHAT_COMMUNITY_TYPE = "pulumi-nodejs:dynamic/tencent-chat:ChatCommunity";

/**
 * The arguments of a {@link ChatCommunity}. Lengths are bytes of UTF-8: a Chinese character is 3, most emoji are 4.
 *
 * For `onRemove` a community is used when it has topics, or members beside its owner; for `adopt` its topics count only
 * where they have messages.
 *
 * @example
 * ```ts
 * import { ChatCommunity, type ChatCommunityArgs } from "pulumi-tencent-chat";
 *
 * const args: ChatCommunityArgs = {
 *   groupId: "@TGS#_players",
 *   name: "Players",
 *   ownerAccount: "administrator",
 *   maxMemberCount: 5000,
 * };
 * new ChatCommunity("players", args);
 * ```
 */
export interface ChatCommunityArgs {
  /**
   * The community's id: starts with `@TGS#_`, at most 48 bytes of printable ASCII. Default: `@TGS#_<resource name>` by
   * the name at its creation, kept from then on. Another value is a replacement.
   */
  groupId?: pulumi.Input<string>;
  /** Name that users see. Required, 1 to 30 bytes. */
  name: pulumi.Input<string>;
  /** What the community is about. At most 240 bytes. */
  introduction?: pulumi.Input<string>;
  /** An announcement to its members. At most 300 bytes. */
  notification?: pulumi.Input<string>;
  /** URL of its picture. At most 100 bytes. */
  faceUrl?: pulumi.Input<string>;
  /**
   * The account that owns the community, at most 32 bytes; it has to be imported into the app. Default: nobody. Another
   * account becomes the owner only if it is a member already. An owner that is declared no longer stays.
   */
  ownerAccount?: pulumi.Input<string>;
  /**
   * The most members, 1 to 1,000,000; the service takes up to 100,000 unless your edition has more. Default: the service's
   * (2,000). A limit that is declared no longer stays.
   */
  maxMemberCount?: pulumi.Input<number>;
  /**
   * When the community was created, Unix seconds. Used at creation only; to change it, choose a new group id. Default:
   * now.
   */
  createTime?: pulumi.Input<number>;
  /** True stops all members from sending messages. Set by a modification after the import, which fires webhooks. */
  muteAllMember?: pulumi.Input<boolean>;
  /**
   * What happens when the group id exists already in the app. Default `unused`: takes the community over when every
   * declared field is equal and it is not used. `matching`: also when it is used. `any`: always, and changes what differs.
   * `none`: never. `muteAllMember` is never a difference.
   */
  adopt?: pulumi.Input<AdoptPolicy>;
  /**
   * What happens to the community in the app when its resource is deleted or replaced. Default `unused`: it is destroyed
   * unless it is used; then the run fails. `destroy`: it is destroyed with its topics, their messages and its members.
   * `retain`: it stays and is forgotten. The value that counts is the one of the last `pulumi up`.
   */
  onRemove?: pulumi.Input<RemovePolicy>;
}

/** Outputs must be named at construction, or programs could not read them. */
const OUTPUTS = {
  groupId: undefined,
  name: undefined,
  introduction: undefined,
  notification: undefined,
  faceUrl: undefined,
  ownerAccount: undefined,
  maxMemberCount: undefined,
  createTime: undefined,
  muteAllMember: undefined,
  adopt: undefined,
  onRemove: undefined,
  sdkAppId: undefined,
};

/**
 * A community with topics on, made by `import_group` (no webhook, no notification). Its group id is known at preview, and
 * with it the ids of the topics in it. The resource's Pulumi id is the group id.
 *
 * The fields that you declare are yours: a refresh shows outside edits of them, the next `pulumi up` puts them right, and
 * a text that you no longer declare is cleared. Fields that you never declared are left alone.
 *
 * Destroying a community takes everything in it along. Topics may be given `deletedWith: community`: then Pulumi leaves
 * their removal to the community, which needs `onRemove: "destroy"`.
 *
 * Every rule that needs no network is checked at preview. Errors are listed in the README under "Errors".
 *
 * Sources: https://www.tencentcloud.com/document/product/1047/34967 (import), …/34962 (modify), …/34966 (owner),
 * …/34896 (destroy), …/33529 (ids).
 *
 * @example
 * ```ts
 * import { ChatCommunity, ChatTopic } from "pulumi-tencent-chat";
 *
 * const players = new ChatCommunity("players", {
 *   name: "Players",
 *   introduction: "Everybody who plays",
 * });
 * const general = new ChatTopic("general", { groupId: players.groupId, topicName: "General" });
 *
 * export const groupId = players.groupId; // "@TGS#_players", known at preview
 * export const generalTopicId = general.topicId; // "@TGS#_players@TOPIC#_general", too
 * ```
 */
export class ChatCommunity extends pulumi.CustomResource {
  /** The community's id. Known at preview, unless it is declared as a value that is not. */
  declare readonly groupId: pulumi.Output<string>;
  /** Name that users see. */
  declare readonly name: pulumi.Output<string>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly introduction: pulumi.Output<string | undefined>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly notification: pulumi.Output<string | undefined>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly faceUrl: pulumi.Output<string | undefined>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly ownerAccount: pulumi.Output<string | undefined>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly maxMemberCount: pulumi.Output<number | undefined>;
  /** As declared, Unix seconds. */
  declare readonly createTime: pulumi.Output<number | undefined>;
  /** As declared; after a refresh, as it is in the app. */
  declare readonly muteAllMember: pulumi.Output<boolean | undefined>;
  /** As declared. */
  declare readonly adopt: pulumi.Output<AdoptPolicy | undefined>;
  /** As declared. */
  declare readonly onRemove: pulumi.Output<RemovePolicy | undefined>;
  /** The app that holds the community. Runs whose settings name another app refuse. */
  declare readonly sdkAppId: pulumi.Output<number>;

  /**
   * @param name Name of the resource, and the last part of the group id where none is given.
   * @param args What the community is to be.
   * @param options Pulumi's resource options; `protect`, `retainOnDelete`, `aliases` and the others work.
   */
  constructor(name: string, args: ChatCommunityArgs, options?: pulumi.CustomResourceOptions) {
    const urn = options?.id === undefined ? ownUrn(name, CHAT_COMMUNITY_TYPE, options) : undefined;
    super(CHAT_COMMUNITY_TYPE, name, { ...OUTPUTS, ...args, __urn: urn, __provider: CHAT_COMMUNITY_SHIM }, options);
  }

  /**
   * Looks up a community that is managed elsewhere. It is read, with all its fields, and never changed or destroyed.
   *
   * @param name Name of the resource in this program.
   * @param groupId The community's id.
   * @param options Pulumi's resource options.
   * @throws At preview, when the app holds no such community.
   *
   * @example
   * ```ts
   * import { ChatCommunity, ChatTopic } from "pulumi-tencent-chat";
   *
   * const players = ChatCommunity.get("players", "@TGS#_players");
   * export const lobby = new ChatTopic("lobby", { groupId: players.groupId, topicName: "Lobby" });
   * ```
   */
  static get(name: string, groupId: pulumi.Input<pulumi.ID>, options?: pulumi.CustomResourceOptions): ChatCommunity {
    return new ChatCommunity(name, {} as ChatCommunityArgs, { ...options, id: groupId });
  }
}
