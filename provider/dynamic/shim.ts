/**
 * What goes into the state as `__provider`: a constant text, evaluated by Pulumi's dynamic provider process, that loads
 * the package installed in the project. The logic is never serialized, so a new version of the package takes effect at
 * once, for `refresh` and `destroy` too, and no update is ever shown because code changed.
 *
 * These bytes stand twice in the state of every resource: they are few, and they never change. A test holds them.
 */

/**
 * The shim of a `ChatTopic`: the property `__provider` that an import file needs in `inputs` and in `outputs`, since
 * Pulumi tells a dynamic provider nothing but the id.
 *
 * @example
 * ```ts
 * import { CHAT_TOPIC_SHIM, CHAT_TOPIC_TYPE } from "pulumi-tencent-chat";
 *
 * const id = "@TGS#_players@TOPIC#_general";
 * const declared = { groupId: "@TGS#_players", topicKey: "general", topicName: "General" };
 * const inputs = { ...declared, __provider: CHAT_TOPIC_SHIM };
 * const outputs = { ...inputs, topicId: id, sdkAppId: 1400000000 };
 * const file = { resources: [{ type: CHAT_TOPIC_TYPE, name: "general", id, inputs, outputs }] };
 * // For `pulumi import --file topics.json --generate-code=false --protect=false`.
 * console.log(JSON.stringify(file));
 * ```
 */
export const CHAT_TOPIC_SHIM =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-tencent-chat/runtime').chatTopic";

/** The shim of a `ChatTopicSet`, for an import file as in the example of {@link CHAT_TOPIC_SHIM}. */
export const CHAT_TOPIC_SET_SHIM =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-tencent-chat/runtime').chatTopicSet";

/** The shim of a `ChatCommunity`, for an import file as in the example of {@link CHAT_TOPIC_SHIM}. */
export const CHAT_COMMUNITY_SHIM =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-tencent-chat/runtime').chatCommunity";
