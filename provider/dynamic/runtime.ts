/**
 * What the shim loads in Pulumi's dynamic provider process: one `ResourceProvider` for each resource class. Not meant
 * for programs. Loads no HTTP client: a preview needs none.
 */
import type { dynamic } from "@pulumi/pulumi";
import { communityLifecycle } from "../lifecycle/community/index.js";
import { topicLifecycle } from "../lifecycle/topic/index.js";
import { topicSetLifecycle } from "../lifecycle/topic-set/index.js";
import { toResourceProvider } from "./adapter.js";
import { ProcessContext } from "./process-context.js";

let context: ProcessContext | undefined;

function processContext(): ProcessContext {
  context ??= new ProcessContext();
  return context;
}

/** What a topic's shim loads. */
export const chatTopic: dynamic.ResourceProvider = toResourceProvider(topicLifecycle, processContext);
/** What a set's shim loads. */
export const chatTopicSet: dynamic.ResourceProvider = toResourceProvider(topicSetLifecycle, processContext);
/** What a community's shim loads. */
export const chatCommunity: dynamic.ResourceProvider = toResourceProvider(communityLifecycle, processContext);
