/** The lifecycle of every resource class, as the adapters take it. */
import { communityLifecycle } from "../lifecycle/community/index.js";
import { topicLifecycle } from "../lifecycle/topic/index.js";
import { topicSetLifecycle } from "../lifecycle/topic-set/index.js";
import { overProperties } from "./properties.js";

export const LIFECYCLES = {
  ChatTopic: overProperties(topicLifecycle),
  ChatTopicSet: overProperties(topicSetLifecycle),
  ChatCommunity: overProperties(communityLifecycle),
};
