/**
 * Changes that another client of the app would make, for example a person at the vendor's console. They are checked like
 * calls of the REST API, but they are not logged, no fault applies to them, and they do not count for the call frequency.
 */

import { z } from "zod";
import type { Backend } from "./backend.js";
import type { AnswerFields, CommandCall } from "./commands/command-call.js";
import { destroyTopic } from "./commands/destroy-topic.js";
import { modifyTopic } from "./commands/modify-topic.js";
import { readInput } from "./issues.js";
import { Refusal } from "./refusal.js";
import type { App, Topic } from "./store.js";
import type { TopicEdit } from "./topic-edit.js";

/** `sdkAppId` is needed where several apps have a topic of this id. */
const address = { topicId: z.string(), sdkAppId: z.int().optional() };

const edit = {
  topicName: z.string().optional(),
  introduction: z.string().optional(),
  notification: z.string().optional(),
  faceUrl: z.string().optional(),
  customString: z.string().optional(),
  muteAllMember: z.boolean().optional(),
} satisfies Record<keyof TopicEdit, z.ZodType>;

const editSchema = z.strictObject({ ...address, ...edit });
const deletionSchema = z.strictObject(address);
const messagesSchema = z.strictObject({ ...address, count: z.int().positive().default(1) });

/** Edits a topic: `{ topicId, sdkAppId?, … }` with the fields of a `TopicEdit`. */
export function editTopic(backend: Backend, value: unknown): void {
  const { topicId, sdkAppId, muteAllMember, ...texts } = readInput(editSchema, value, "topic");
  const { app, groupId } = onlyTopic(backend, topicId, sdkAppId, "topic");
  const fields = Object.entries(texts).map(([name, text]) => [name[0]?.toUpperCase() + name.slice(1), text] as const);
  run(backend, app, modifyTopic, {
    GroupId: groupId,
    TopicId: topicId,
    ...Object.fromEntries(fields.filter(([, text]) => text !== undefined)),
    ...(muteAllMember === undefined ? {} : { MuteAllMember: muteAllMember ? "On" : "Off" }),
  });
}

/** Deletes a topic with its messages: `{ topicId, sdkAppId? }`. */
export function deleteTopic(backend: Backend, value: unknown): void {
  const { topicId, sdkAppId } = readInput(deletionSchema, value, "topic");
  const { app, groupId } = onlyTopic(backend, topicId, sdkAppId, "topic");
  run(backend, app, destroyTopic, { GroupId: groupId, TopicIdList: [topicId] });
}

/** Makes a topic used: `{ topicId, sdkAppId?, count? }`. */
export function addMessages(backend: Backend, value: unknown): void {
  const { topicId, count, sdkAppId } = readInput(messagesSchema, value, "messages");
  const { topic } = onlyTopic(backend, topicId, sdkAppId, "messages");
  const nextMsgSeq = topic.nextMsgSeq + count;
  if (!Number.isSafeInteger(nextMsgSeq)) {
    throw new Error(`messages.count: ${count} more would number the messages of ${topicId} beyond what JSON carries`);
  }
  topic.nextMsgSeq = nextMsgSeq;
  topic.lastMsgTime = backend.nowSeconds();
  backend.changed();
}

function run(
  backend: Backend,
  app: App,
  command: (call: CommandCall) => AnswerFields,
  body: CommandCall["body"],
): void {
  try {
    const { rules } = backend;
    command({ app, body, rules, now: backend.nowSeconds(), random: Math.random, itemCode: undefined });
  } catch (error) {
    if (error instanceof Refusal) throw new Error(`${error.message} (${error.code})`);
    throw error;
  } finally {
    backend.changed();
  }
}

interface Found {
  readonly app: App;
  readonly groupId: string;
  readonly topic: Topic;
}

function onlyTopic(backend: Backend, topicId: string, sdkAppId: number | undefined, root: string): Found {
  const apps = [...backend.store.apps.values()].filter((app) => (sdkAppId ?? app.sdkAppId) === app.sdkAppId);
  const found = apps.flatMap((app) =>
    [...app.communities.values()].flatMap(({ groupId, topics }) => {
      const topic = topics.get(topicId);
      return topic === undefined ? [] : [{ app, groupId, topic }];
    }),
  );
  const [only] = found;
  if (only === undefined) throw new Error(`${root}.topicId: there is no topic ${topicId}`);
  if (found.length > 1) throw new Error(`${root}.sdkAppId: is needed, several apps have a topic ${topicId}`);
  return only;
}
