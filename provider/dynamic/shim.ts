/**
 * What goes into the state as `__provider`: a constant text, evaluated by Pulumi's dynamic provider process, that loads
 * the package installed in the project. The logic is never serialized, so a new version of the package takes effect at
 * once, for `refresh` and `destroy` too, and no update is ever shown because code changed.
 *
 * These bytes stand twice in the state of every topic in the world: they are few, and they never change. A test holds
 * them.
 */
export const CHAT_TOPIC_SHIM =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-tencent-chat/runtime').chatTopic";

export const CHAT_TOPIC_SET_SHIM =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-tencent-chat/runtime').chatTopicSet";

export const CHAT_COMMUNITY_SHIM =
  "exports.handler=()=>require('module').createRequire(process.cwd()+'/')('pulumi-tencent-chat/runtime').chatCommunity";
