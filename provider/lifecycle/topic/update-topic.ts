/**
 * Update: one `modify_topic` with what differs between the state and the program. A text that the program no longer
 * declares is cleared, and that is confirmed by reading back, since no page says what an empty text does.
 */
import { NotFoundError } from "../../chat/errors/index.js";
import { describeTopic } from "../../chat/topic-id.js";
import { MissingTopicError } from "../errors/index.js";
import type { LifecycleContext, Properties, WriteResult } from "../lifecycle.js";
import { confirmCleared } from "../partly.js";
import { refuseOtherApp } from "../same-app.js";
import { createTopic } from "./create-topic.js";
import { asTopic, nameOfTopic, outputsOf } from "./fields.js";
import { plannedChanges } from "./planned-changes.js";

export async function updateTopic(
  context: LifecycleContext,
  id: string,
  old: Properties,
  inputs: Properties,
): Promise<WriteResult> {
  refuseOtherApp(nameOfTopic(id), old, context.settings());
  const topic = asTopic(inputs);
  const outputs = outputsOf(inputs, id);
  const { changes, cleared } = plannedChanges(asTopic(old), topic);
  if (Object.keys(changes).length === 0) return { id, outputs, warnings: [] };

  const topics = await context.topics();
  try {
    await topics.modify(topic.groupId, id, changes);
  } catch (error) {
    if (error instanceof NotFoundError) return bringBack(context, id, inputs);
    throw error;
  }
  const read = () => topics.readFresh(topic.groupId, id);
  return { id, outputs, warnings: await confirmCleared(nameOfTopic(id), id, outputs, cleared, read) };
}

/** Somebody deleted the topic since the last refresh. It comes back as it is declared; its messages do not. */
async function bringBack(context: LifecycleContext, id: string, inputs: Properties): Promise<WriteResult> {
  const topic = asTopic(inputs);
  if (topic.topicId === undefined) {
    throw new MissingTopicError(
      describeTopic(id),
      topic.sdkAppId,
      "it was deleted outside of Pulumi; run `pulumi refresh`, then `pulumi up`, which makes a new one",
    );
  }
  const result = await createTopic(context, inputs);
  return { ...result, warnings: [broughtBackWarning(id), ...result.warnings] };
}

export function broughtBackWarning(topicId: string): string {
  return `Topic ${describeTopic(topicId)} had been deleted outside of Pulumi and was imported anew, without its messages.`;
}
