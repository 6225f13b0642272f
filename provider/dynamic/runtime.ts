/**
 * What the shim loads in Pulumi's dynamic provider process: one `ResourceProvider` for each resource class. Not meant
 * for programs. Loads no HTTP client: a preview needs none.
 */
import type { dynamic } from "@pulumi/pulumi";
import { LIFECYCLES } from "../pulumi/lifecycles.js";
import { ProcessContext } from "../pulumi/process-context.js";
import { toResourceProvider } from "./adapter.js";

let context: ProcessContext | undefined;

function processContext(): ProcessContext {
  context ??= new ProcessContext();
  return context;
}

/** What a topic's shim loads. */
export const chatTopic: dynamic.ResourceProvider = toResourceProvider(LIFECYCLES.ChatTopic, processContext);
/** What a set's shim loads. */
export const chatTopicSet: dynamic.ResourceProvider = toResourceProvider(LIFECYCLES.ChatTopicSet, processContext);
/** What a community's shim loads. */
export const chatCommunity: dynamic.ResourceProvider = toResourceProvider(LIFECYCLES.ChatCommunity, processContext);
