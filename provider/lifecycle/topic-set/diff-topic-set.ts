/** Diff of a set: what an update or a replacement would do, offline; loud where topics would be destroyed. */
import { CheckReport } from "../check-report.js";
import { describeResource } from "../declarations.js";
import { FixedFieldError, HandoverRefusedError } from "../errors/index.js";
import type { DiffResult, LifecycleContext, Properties } from "../lifecycle.js";
import type { RemovePolicy } from "../policies.js";
import { refuseOtherApp } from "../same-app.js";
import { nextGroupId } from "../successor.js";
import { CREATE_ONLY_FIELDS, nameOfTopic, TEXT_FIELDS } from "../topic/fields.js";
import { isKnown, type OrUnknown, UNKNOWN } from "../unknown.js";
import { nameSome } from "./failures.js";
import { asSet, isFullyKnown, type Member, membersOf, nameOfSet, pathOf } from "./set-properties.js";

const COMPARED = [...TEXT_FIELDS, "muteAllMember", ...CREATE_ONLY_FIELDS, "topicId"] as const;

export function diffTopicSet(context: LifecycleContext, id: string, old: Properties, inputs: Properties): DiffResult {
  refuseOtherApp(nameOfSet(old), old, context.settings());
  refuseChangedMembers(old, inputs);
  const isReplaced = isKnown(inputs.groupId) && inputs.groupId !== id;
  const changes =
    isReplaced ||
    !isFullyKnown(inputs) ||
    old.onRemove !== inputs.onRemove ||
    (old.exclusive ?? false) !== (inputs.exclusive ?? false) ||
    topicsDiffer(asSet(old).topics ?? {}, asSet(inputs).topics);

  const removed = isReplaced ? [...membersOf(old).values()] : removedMembers(old, inputs);
  const onRemove = (isReplaced ? old.onRemove : inputs.onRemove) as OrUnknown<RemovePolicy> | undefined;
  if (onRemove === "retain" || removed.length === 0 || isRefresh(context, inputs)) {
    return { changes, replaces: isReplaced ? ["groupId"] : [], warnings: [] };
  }
  // A policy that is not known yet may turn out to be "retain"; the diff of the update itself knows.
  if (onRemove !== UNKNOWN) for (const { topicId } of removed) letGo(context, topicId, old, inputs);
  return { changes, replaces: isReplaced ? ["groupId"] : [], warnings: [removalWarning(removed, onRemove)] };
}

/** A refresh asks for a diff too, to show what it found, but it destroys nothing. No check has run before it. */
function isRefresh(context: LifecycleContext, { __urn }: Properties): boolean {
  return typeof __urn === "string" && !context.declarations.knows(__urn);
}

/**
 * Not in check, whose old inputs also hold topics that could not be created: those may still change.
 *
 * @throws {FixedFieldError} when a value that was fixed at a topic's creation would have to change.
 */
function refuseChangedMembers(old: Properties, inputs: Properties): void {
  if (!isFullyKnown(inputs) || old.groupId !== inputs.groupId) return;
  const former = membersOf(old);
  const report = new CheckReport();
  for (const { key, topicId, entry } of membersOf(inputs).values()) {
    const before = former.get(topicId);
    if (before === undefined) continue;
    report.refuseChanged(CREATE_ONLY_FIELDS, before.entry, entry, {
      object: "topic",
      remedy: "choose a new topic key",
      path: (name) => `${pathOf(key)}.${name}`,
    });
  }
  if (report.failures.length > 0) throw new FixedFieldError(report.failures.map(({ reason }) => reason));
}

function topicsDiffer(
  old: Readonly<Record<string, Properties>>,
  topics: Readonly<Record<string, Properties>>,
): boolean {
  const before = new Map(Object.entries(old));
  const after = Object.entries(topics);
  if (before.size !== after.length) return true;
  return after.some(([key, topic]) => {
    const former = before.get(key);
    return former === undefined || COMPARED.some((name) => former[name] !== topic[name]);
  });
}

/** Topics that the state has and the program no longer declares, under whatever key. */
function removedMembers(old: Properties, inputs: Properties): Member[] {
  if (!isFullyKnown(inputs)) return [];
  const declared = membersOf(inputs);
  return [...membersOf(old).values()].filter(({ topicId }) => !declared.has(topicId));
}

/** @throws {HandoverRefusedError} when another resource declares a topic that this set will destroy. */
function letGo(context: LifecycleContext, topicId: string, old: Properties, inputs: Properties): void {
  const urn = isKnown(inputs.__urn) ? String(inputs.__urn) : undefined;
  const taker = context.declarations.urnOf(topicId);
  if (taker !== undefined && taker !== urn) {
    throw new HandoverRefusedError(
      nameOfTopic(topicId),
      urn ? describeResource(urn) : "a set",
      describeResource(taker),
    );
  }
  context.declarations.leave(topicId, urn, nextGroupId(inputs, asSet(old).groupId));
}

function removalWarning(removed: readonly Member[], onRemove: OrUnknown<RemovePolicy> | undefined): string {
  const keys = nameSome(removed.map(({ key }) => key));
  const topics = removed.length === 1 ? `1 topic: ${keys}. Its` : `${removed.length} topics: ${keys}. Their`;
  if (onRemove === UNKNOWN) {
    return `This may destroy ${topics} messages may go too, as onRemove says, which is not known yet.`;
  }
  return onRemove === "destroy"
    ? `This destroys ${topics} messages go too (onRemove is "destroy").`
    : `This destroys ${topics} messages would go too, so those that have any stay, and the update fails for them ` +
        '(onRemove is "unused").';
}
