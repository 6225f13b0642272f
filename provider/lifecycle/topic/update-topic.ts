/**
 * Update: one `modify_topic` with what differs between the state and the program. A text that the program no longer
 * declares is cleared, and that is confirmed by reading back, since no page says what an empty text does.
 */
import { ChatError, NotFoundError } from "../../chat/errors/index.js";
import { describeTopic } from "../../chat/topic-id.js";
import type { Topics } from "../../chat/topics.js";
import { MissingTopicError, PartialFailureError } from "../errors/index.js";
import type { LifecycleContext, Properties, WriteResult } from "../lifecycle.js";
import { refuseOtherApp } from "../same-app.js";
import { createTopic } from "./create-topic.js";
import { asTopic, nameOfTopic, outputsOf, type TEXT_FIELDS } from "./fields.js";
import { plannedChanges } from "./planned-changes.js";

type TextField = (typeof TEXT_FIELDS)[number];

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
  return { id, outputs, warnings: await confirmCleared(topics, id, outputs, cleared) };
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
  const warning = `Topic ${describeTopic(id)} had been deleted outside of Pulumi and was imported anew, without its messages.`;
  return { ...result, warnings: [warning, ...result.warnings] };
}

async function confirmCleared(
  topics: Topics,
  id: string,
  outputs: Properties,
  cleared: readonly TextField[],
): Promise<string[]> {
  if (cleared.length === 0) return [];
  try {
    const live = await topics.readFresh(asTopic(outputs).groupId, id);
    const kept = cleared.filter((name) => live !== undefined && live[name] !== "");
    return kept.map(
      (name) =>
        `The service keeps the \`${name}\` of topic ${describeTopic(id)} although it was told to clear it. It is no ` +
        "longer managed; to change it, declare another text.",
    );
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    // Still tracked, as empty: the next update clears it again, and confirms.
    const reached = { ...outputs, ...Object.fromEntries(cleared.map((name) => [name, ""])) };
    throw new PartialFailureError(
      `Topic ${describeTopic(id)} was changed, but whether ${cleared.join(", ")} is cleared could not be confirmed`,
      id,
      reached,
      [error.message],
    );
  }
}
