/** Topics as a kind of object: how they are called, compared, imported, changed and destroyed. */
import { isUsed, type LiveTopic } from "../../chat/topic.js";
import { describeTopic, isAssignedId } from "../../chat/topic-id.js";
import { undefinedIfNotFound } from "../../chat/undefined-if-not-found.js";
import { MissingCommunityError, MissingTopicError, OutcomeUnknownError, TopicInUseError } from "../errors/index.js";
import { pick, planTextChanges, undoneText, unmuted } from "../field-changes.js";
import type { LifecycleContext } from "../lifecycle.js";
import type { Contents, ObjectKind } from "../objects/object-kind.js";
import { TEXT_FIELDS, type TopicSpec, VISIBLE_FIELDS } from "./topic-spec.js";

const HOW_TO_REMOVE =
  "if its resource was only renamed, give that the old name as an alias, and the topic stays as it is. Otherwise " +
  'declare it with `onRemove: "destroy"` (it goes, with its messages) or `onRemove: "retain"` (it stays, no longer ' +
  "managed), run `pulumi up`, then remove it again. To forget it at once and leave it in the app, use " +
  "`pulumi state delete`";

export const TOPIC_KIND: ObjectKind<TopicSpec, LiveTopic> = {
  noun: "topic",
  nouns: "topics",
  otherId: "another topic key",
  assignedIdRemedy: "check `topicId`, or give a `topicKey`, or `serverAssignedId: true` for a new one",
  // https://www.tencentcloud.com/document/product/1047/53448
  setAfterImport: ["muteAllMember"],

  describe: (id) => `Topic ${describeTopic(id)}`,
  shortName: describeTopic,
  idOf: ({ topicId }) => topicId,
  isAssigned: isAssignedId,
  plan: (from, to) => planTextChanges(TEXT_FIELDS, from, to),
  asImported: unmuted,
  asLive(spec, live) {
    const names = VISIBLE_FIELDS.filter((name) => spec[name] !== undefined);
    return { ...spec, ...pick(live, names) };
  },

  read: async (context, { groupId, id }) => (await context.topics()).readFresh(groupId, id),
  import: async (context, spec) => (await context.topics()).import(spec),
  async changeCalls(context, { groupId, id }, changes) {
    const topics = await context.topics();
    const names = VISIBLE_FIELDS.filter((name) => changes[name] !== undefined);
    const undone = undoneText(names, changes);
    return [{ names, undone, send: () => topics.modify(groupId, id, changes) }];
  },
  destroy: async (context, { groupId, id }) => (await context.topics()).destroy(groupId, id),

  contents: async (_context, _ref, live): Promise<Contents> => ({ uses: usesOf(live), adoptedWith: "" }),
  async assertUnused(_context, { id }, live) {
    if (isUsed(live)) throw new TopicInUseError(describeTopic(id), describeMessages(live), HOW_TO_REMOVE);
  },
  assertDestroyable: (context, { id }) => assertNextCommunityExists(context, [id]),

  missingError: (context, id, remedy) => new MissingTopicError(describeTopic(id), context.settings().sdkAppId, remedy),
  outcomeUnknownError: ({ topicName, groupId }, cause) => new OutcomeUnknownError(topicName, groupId, cause),
  reimported: {
    one: "deleted outside of Pulumi and was imported anew, without its messages.",
    several: "deleted outside of Pulumi and were imported anew, without their messages.",
  },
};

/** By what a topic counts as used, in words. */
export function usesOf(live: LiveTopic): string[] {
  return isUsed(live) ? [`it has messages (${describeMessages(live)})`] : [];
}

/** How the messages of a topic show. */
export function describeMessages(live: LiveTopic): string {
  const last = live.lastMsgTime > 0 ? `, the last at ${new Date(live.lastMsgTime * 1000).toISOString()}` : "";
  return `the next one gets number ${live.nextMsgSeq}${last}`;
}

/**
 * A replacement destroys first and creates then. Where it goes to another community, which may be mistyped, that one has
 * to be there before anything is destroyed.
 *
 * @throws {MissingCommunityError} when these topics are being replaced by others in a community that does not exist.
 */
export async function assertNextCommunityExists(context: LifecycleContext, topicIds: readonly string[]): Promise<void> {
  const next = topicIds.map((id) => context.declarations.nextGroupOf(id)).find((groupId) => groupId !== undefined);
  if (next === undefined) return;
  const topics = await context.topics();
  if ((await undefinedIfNotFound(topics.readAllShared(next))) !== undefined) return;
  throw new MissingCommunityError(
    next,
    context.settings().sdkAppId,
    "check `groupId`. Nothing was destroyed: a replacement destroys the old topic first, and the new one could not be made",
  );
}
