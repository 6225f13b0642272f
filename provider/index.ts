/** `pulumi-tencent-chat`: what a Pulumi program imports. */
export { CHAT_TOPIC_SHIM } from "./dynamic/shim.js";
export type { AdoptPolicy, ChatTopicArgs, RemovePolicy } from "./resources/chat-topic.js";
export { CHAT_TOPIC_TYPE, ChatTopic } from "./resources/chat-topic.js";
