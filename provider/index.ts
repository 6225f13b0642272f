/** `pulumi-tencent-chat`: what a Pulumi program imports. */
export { CHAT_COMMUNITY_SHIM, CHAT_TOPIC_SET_SHIM, CHAT_TOPIC_SHIM } from "./dynamic/shim.js";
export type { GetCommunityArgs, GetCommunityOutputArgs, GetCommunityResult } from "./lookups/get-community.js";
export { getCommunity, getCommunityOutput } from "./lookups/get-community.js";
export type { GetTopicsArgs, GetTopicsOutputArgs, GetTopicsResult, GetTopicsTopic } from "./lookups/get-topics.js";
export { getTopics, getTopicsOutput } from "./lookups/get-topics.js";
export type { ChatAppArgs, ChatAppByteLimits } from "./resources/chat-app.js";
export { ChatApp } from "./resources/chat-app.js";
export type { ChatCommunityArgs } from "./resources/chat-community.js";
export { CHAT_COMMUNITY_TYPE, ChatCommunity } from "./resources/chat-community.js";
export type { AdoptPolicy, ChatTopicArgs, RemovePolicy } from "./resources/chat-topic.js";
export { CHAT_TOPIC_TYPE, ChatTopic } from "./resources/chat-topic.js";
export type { ChatTopicSetArgs, ChatTopicSetTopic } from "./resources/chat-topic-set.js";
export { CHAT_TOPIC_SET_TYPE, ChatTopicSet } from "./resources/chat-topic-set.js";
