/** Create: import the topic, or adopt the one that has its id; then mute it where that is declared. */

import { AlreadyExistsError, ChatError } from "../../chat/errors/index.js";
import type { LiveTopic } from "../../chat/live-topic.js";
import { describeTopic, isAssignedId } from "../../chat/topic-id.js";
import type { Topics } from "../../chat/topics.js";
import { expectsExisting, policyAfter } from "../adoption.js";
import { MissingTopicError, OutcomeUnknownError } from "../errors/index.js";
import type { LifecycleContext, Properties, WriteResult } from "../lifecycle.js";
import { partly } from "../partly.js";
import { differingTexts } from "../planned-changes.js";
import type { AdoptPolicy } from "../policies.js";
import { refuseOtherApp } from "../same-app.js";
import { refuseAdoption } from "./adopt-topic.js";
import { asTopic, liveValues, nameOfTopic, outputsOf, TEXT_FIELDS } from "./fields.js";

export async function createTopic(context: LifecycleContext, inputs: Properties): Promise<WriteResult> {
  const topic = asTopic(inputs);
  refuseOtherApp(nameOfTopic(topic.topicId ?? topic.topicName), inputs, context.settings());
  const topics = await context.topics();
  if (topic.topicId !== undefined && isAssignedId(topic.topicId)) return adoptExisting(topics, topic.topicId, inputs);
  if (topic.topicId !== undefined && expectsExisting(topic.adopt)) {
    const live = await topics.readFresh(topic.groupId, topic.topicId);
    if (live !== undefined) return adoptAllowed(topics, topic.topicId, inputs, live, topic.adopt);
  }
  try {
    const id = await topics.import(topic);
    return await muteNew(topics, id, inputs);
  } catch (error) {
    if (error instanceof AlreadyExistsError && topic.topicId !== undefined) {
      return adoptExisting(topics, topic.topicId, inputs, error);
    }
    if (error instanceof ChatError && error.outcomeUnknown && topic.topicId === undefined) {
      throw new OutcomeUnknownError(topic.topicName, topic.groupId, error);
    }
    throw error;
  }
}

/** `import_topic` does not take the mute flag (https://www.tencentcloud.com/document/product/1047/53448). */
async function muteNew(topics: Topics, id: string, inputs: Properties): Promise<WriteResult> {
  const outputs = outputsOf(inputs, id);
  if (asTopic(inputs).muteAllMember !== true) return { id, outputs, warnings: [] };
  await partly(`Topic ${describeTopic(id)} was imported, but not muted`, id, { ...outputs, muteAllMember: false }, () =>
    topics.modify(asTopic(inputs).groupId, id, { muteAllMember: true }),
  );
  return { id, outputs, warnings: [] };
}

/** `error` is missing for an id that only the service can give, which no import was tried for. */
async function adoptExisting(
  topics: Topics,
  id: string,
  inputs: Properties,
  error?: AlreadyExistsError,
): Promise<WriteResult> {
  const { groupId, sdkAppId, adopt } = asTopic(inputs);
  const live = await topics.readFresh(groupId, id);
  if (live === undefined) throw new MissingTopicError(describeTopic(id), sdkAppId, whyMissing(error));
  const result = await adoptAllowed(topics, id, inputs, live, policyAfter(error, adopt));
  return error?.afterLostAnswer ? { ...result, warnings: [] } : result;
}

async function adoptAllowed(
  topics: Topics,
  id: string,
  inputs: Properties,
  live: LiveTopic,
  policy: AdoptPolicy = "unused",
): Promise<WriteResult> {
  refuseAdoption(id, asTopic(inputs), live, policy);
  return adoptTopic(topics, id, inputs, live);
}

/** Takes over a topic that the policy allows to take over, and changes what differs. */
export async function adoptTopic(
  topics: Topics,
  id: string,
  inputs: Properties,
  live: LiveTopic,
): Promise<WriteResult> {
  const topic = asTopic(inputs);
  const different = [
    ...differingTexts(TEXT_FIELDS, topic, live),
    ...(topic.muteAllMember !== undefined && topic.muteAllMember !== live.muteAllMember
      ? (["muteAllMember"] as const)
      : []),
  ];
  const outputs = outputsOf(inputs, id);
  if (different.length > 0) {
    const changes = Object.fromEntries(different.map((name) => [name, topic[name]]));
    const reached = { ...outputs, ...liveValues(inputs, live) };
    await partly(`Topic ${describeTopic(id)} was taken over, but not changed`, id, reached, () =>
      topics.modify(topic.groupId, id, changes),
    );
  }
  const changed = different.length > 0 ? ` and changed (${different.join(", ")})` : "";
  const warning = `1 topic existed already and was taken over${changed}: ${describeTopic(id)}.`;
  return { id, outputs, warnings: [warning] };
}

function whyMissing(error: AlreadyExistsError | undefined): string {
  // A report of 2017 saw ids of deleted groups stay taken (https://github.com/zhaoyang21cn/suixinbo_doc/issues/18).
  return error
    ? "the service says nevertheless that its id is in use, as it may for a topic that was destroyed; run the command " +
        "again later, or choose another topic key"
    : "an id of this form is the service's to assign and cannot be made by us; check `topicId`, or give a `topicKey`, " +
        "or `serverAssignedId: true` for a new one";
}
