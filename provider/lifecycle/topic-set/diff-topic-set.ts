/** Diff of a set: what an update or a replacement would do, offline; loud where topics would be destroyed. */
import type { PropertyIssue } from "../check-issue.js";
import { CheckReport } from "../check-report.js";
import { FixedFieldError } from "../errors/index.js";
import type { DiffResult, LifecycleContext } from "../lifecycle.js";
import { isAnyChanged, recordRemoval } from "../objects/diff-object.js";
import type { RemovePolicy } from "../policies.js";
import { TOPIC_KIND } from "../topic/topic-kind.js";
import { CREATE_ONLY_FIELDS, VISIBLE_FIELDS } from "../topic/topic-spec.js";
import { ifKnown, isKnown, type OrUnknown, type Preview, UNKNOWN } from "../unknown.js";
import {
  areTopicsKnown,
  type Member,
  membersOf,
  type SetTopics,
  type TopicSetResource,
  topicIdOfMember,
} from "./topic-set-spec.js";

const COMPARED = [...VISIBLE_FIELDS, ...CREATE_ONLY_FIELDS, "topicId"] as const;

export function diffTopicSet(
  context: LifecycleContext,
  id: string,
  state: TopicSetResource,
  inputs: Preview<TopicSetResource>,
): DiffResult {
  assertFixedFields(state, inputs);
  const isReplaced = isKnown(inputs.groupId) && inputs.groupId !== id;
  const replaces = isReplaced ? ["groupId"] : [];
  const changes =
    isReplaced ||
    !areTopicsKnown(inputs) ||
    state.onRemove !== inputs.onRemove ||
    (state.exclusive ?? false) !== (inputs.exclusive ?? false) ||
    areTopicsChanged(state.topics, inputs.topics);

  const removed = isReplaced ? [...membersOf(state).values()] : removedMembers(state, inputs);
  const onRemove = isReplaced ? state.onRemove : inputs.onRemove;
  if (onRemove === "retain" || removed.length === 0 || isRefresh(context, inputs)) {
    return { changes, replaces, warnings: [] };
  }
  // A policy that is not known yet may turn out to be "retain"; the diff of the update itself knows.
  if (onRemove !== UNKNOWN) for (const { topicId } of removed) noteTopicRemoval(context, topicId, state, inputs);
  return { changes, replaces, warnings: [removalWarning(removed, onRemove)] };
}

/** A refresh asks for a diff too, to show what it found, but it destroys nothing. No check has run before it. */
function isRefresh({ declarations }: LifecycleContext, { __urn }: Preview<TopicSetResource>): boolean {
  return isKnown(__urn) && !declarations.knows(__urn);
}

/**
 * Not in check, whose old inputs also hold topics that could not be created: those may still change.
 *
 * @throws {FixedFieldError} when a value that was fixed at a topic's creation would have to change.
 */
function assertFixedFields(state: TopicSetResource, inputs: Preview<TopicSetResource>): void {
  if (!areTopicsKnown(inputs) || state.groupId !== inputs.groupId || !isKnown(inputs.topics)) return;
  const former = membersOf(state);
  const report = new CheckReport();
  for (const [topicKey, topic] of Object.entries(inputs.topics)) {
    if (!isKnown(topic)) continue;
    const before = former.get(topicIdOfMember(state.groupId, topicKey, topic));
    if (before === undefined) continue;
    report.checkUnchanged(CREATE_ONLY_FIELDS, before.spec, topic, {
      object: "topic",
      loss: "its messages",
      remedy: "choose a new topic key",
      topicKey,
    });
  }
  const issues = report.issues.filter((issue): issue is PropertyIssue => "problem" in issue);
  if (issues.length > 0) throw new FixedFieldError(issues);
}

function areTopicsChanged(old: SetTopics, topics: Preview<TopicSetResource>["topics"]): boolean {
  if (!isKnown(topics)) return true;
  const before = new Map(Object.entries(old));
  const after = Object.entries(topics);
  if (before.size !== after.length) return true;
  return after.some(([key, topic]) => {
    const former = before.get(key);
    return former === undefined || !isKnown(topic) || isAnyChanged(COMPARED, former, topic);
  });
}

/** Topics that the state has and the program no longer declares, under whatever key. */
function removedMembers(state: TopicSetResource, { groupId, topics }: Preview<TopicSetResource>): Member[] {
  if (!isKnown(groupId) || !isKnown(topics)) return [];
  const declared = new Set<OrUnknown<string>>();
  for (const [key, topic] of Object.entries(topics)) {
    if (!isKnown(topic) || topic.topicId === UNKNOWN) return [];
    declared.add(topicIdOfMember(groupId, key, topic));
  }
  return [...membersOf(state).values()].filter(({ topicId }) => !declared.has(topicId));
}

function noteTopicRemoval(
  context: LifecycleContext,
  id: string,
  state: TopicSetResource,
  inputs: Preview<TopicSetResource>,
): void {
  const nextGroupId = inputs.groupId === state.groupId ? undefined : ifKnown(inputs.groupId);
  recordRemoval(context, { id, what: TOPIC_KIND.describe(id), urn: ifKnown(inputs.__urn), nextGroupId });
}

function removalWarning(removed: readonly Member[], onRemove: OrUnknown<RemovePolicy> | undefined): string {
  // All of them: nothing brings their messages back.
  const keys = removed.map(({ key }) => key).join(", ");
  const topics = removed.length === 1 ? `1 topic: ${keys}. Its` : `${removed.length} topics: ${keys}. Their`;
  if (onRemove === UNKNOWN) {
    return `This may destroy ${topics} messages may go too, as onRemove says, which is not known yet.`;
  }
  return onRemove === "destroy"
    ? `This destroys ${topics} messages go too (onRemove is "destroy").`
    : `This destroys ${topics} messages would go too, so those that have any stay, and the update fails for them ` +
        '(onRemove is "unused").';
}
