/** Read: the live values of the fields that the state tracks; or, for `ChatTopic.get`, everything. */
import { describeTopic, splitTopicId, topicIdFaults } from "../../chat/topic-id.js";
import { MissingTopicError } from "../errors/index.js";
import type { LifecycleContext, Properties, ReadResult } from "../lifecycle.js";
import { refuseOtherApp } from "../same-app.js";
import { groupIdOf, liveValues, nameOfTopic } from "./fields.js";

export async function readTopic(
  context: LifecycleContext,
  id: string,
  old: Properties,
): Promise<ReadResult | undefined> {
  const settings = context.settings();
  refuseOtherApp(nameOfTopic(id), old, settings);
  const topics = await context.topics();
  const groupId = groupIdOf(id, old);

  // A refresh passes the former outputs, `get` only what the program gave.
  if (!("sdkAppId" in old)) {
    const live = topicIdFaults(id, undefined).length > 0 ? undefined : await topics.readFresh(groupId, id);
    if (live === undefined) {
      throw new MissingTopicError(
        describeTopic(id),
        settings.sdkAppId,
        "check the id given to `ChatTopic.get`, a full one such as @TGS#_players@TOPIC#_general, and that the settings " +
          "name the app that holds the topic",
      );
    }
    const { nextMsgSeq, lastMsgTime, ...fields } = live;
    const topicKey = splitTopicId(id)?.topicKey;
    return { outputs: { ...fields, groupId, topicKey, sdkAppId: settings.sdkAppId }, inputs: old };
  }

  const live = await topics.readShared(groupId, id);
  if (live === undefined) return undefined;
  const outputs = { ...old, ...liveValues(old, live) };
  return { outputs, inputs: inputsOf(outputs) };
}

/** An id that the service assigned is no input. */
function inputsOf(outputs: Properties): Properties {
  if (outputs.serverAssignedId !== true) return outputs;
  const { topicId, ...inputs } = outputs;
  return inputs;
}
