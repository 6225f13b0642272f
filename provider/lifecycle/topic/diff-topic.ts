/** Diff: what an update or a replacement would do, offline. */
import { describeTopic, splitTopicId } from "../../chat/topic-id.js";
import { type Declarations, describeResource } from "../declarations.js";
import { declare } from "../declare.js";
import { HandoverRefusedError } from "../errors/index.js";
import type { DiffResult, LifecycleContext, Properties } from "../lifecycle.js";
import { refuseOtherApp } from "../same-app.js";
import { nextGroupId } from "../successor.js";
import { isKnown, UNKNOWN } from "../unknown.js";
import { CREATE_ONLY_FIELDS, groupIdOf, nameOfTopic, TEXT_FIELDS } from "./fields.js";

/** A change of these is an update, be it one that only changes the state. `adopt` alone is none. */
const COMPARED = [
  ...TEXT_FIELDS,
  "muteAllMember",
  ...CREATE_ONLY_FIELDS,
  "onRemove",
  "serverAssignedId",
  "topicKey",
] as const;

export function diffTopic(context: LifecycleContext, id: string, old: Properties, inputs: Properties): DiffResult {
  refuseOtherApp(nameOfTopic(id), old, context.settings());
  const replaces: string[] = [];
  // An unknown group or key may turn out to be the present one: whether that is a replacement shows at the update.
  if (isKnown(inputs.groupId) && inputs.groupId !== groupIdOf(id, old)) replaces.push("groupId");
  if (isKnown(inputs.topicId) && inputs.topicId !== id && old.topicKey !== inputs.topicKey) replaces.push("topicKey");

  if (replaces.length > 0 && old.onRemove !== "retain") leave(context.declarations, id, old, inputs);
  if (replaces.length === 0 && isKnown(inputs.__urn) && isKnown(inputs.groupId)) {
    declareAssigned(context.declarations, id, String(inputs.__urn));
  }

  const changes =
    replaces.length > 0 ||
    inputs.groupId === UNKNOWN ||
    inputs.topicId === UNKNOWN ||
    COMPARED.some((name) => old[name] !== withKey(inputs)[name]);
  return { changes, replaces, warnings: replaces.length > 0 ? [replacementWarning(id, old, inputs)] : [] };
}

/** A refresh after an import compares with inputs that no check has seen: these may name the full id alone. */
function withKey(inputs: Properties): Properties {
  if ("topicKey" in inputs || !isKnown(inputs.topicId)) return inputs;
  return { ...inputs, topicKey: splitTopicId(String(inputs.topicId))?.topicKey };
}

/**
 * Of a topic whose id the service assigned, which no check knows. A refresh asks for a diff too, without a check before it.
 *
 * @throws {DeclaredTwiceError} when another resource declares the topic too.
 * @throws {HandoverRefusedError} when another resource will destroy it.
 */
function declareAssigned(declarations: Declarations, id: string, urn: string): void {
  if (!declarations.knows(urn)) return;
  const [refusal] = declare(declarations, [id], urn);
  if (refusal !== undefined) throw refusal;
}

/** @throws {HandoverRefusedError} when another resource declares the topic that this replacement will destroy. */
function leave(declarations: Declarations, id: string, old: Properties, inputs: Properties): void {
  const ownUrn = isKnown(inputs.__urn) ? String(inputs.__urn) : declarations.urnOf(String(inputs.topicId));
  const taker = declarations.urnOf(id);
  if (taker !== undefined) {
    throw new HandoverRefusedError(
      nameOfTopic(id),
      ownUrn ? describeResource(ownUrn) : "its resource",
      describeResource(taker),
    );
  }
  declarations.leave(id, ownUrn, nextGroupId(inputs, groupIdOf(id, old)));
}

function replacementWarning(id: string, old: Properties, inputs: Properties): string {
  const next = isKnown(inputs.topicId) ? describeTopic(String(inputs.topicId)) : "a topic that the service will name";
  const before = describeTopic(id);
  const fate =
    old.onRemove === "retain"
      ? `${before} stays in the app with its messages, no longer managed (onRemove is "retain")`
      : old.onRemove === "destroy"
        ? `${before} is destroyed together with its messages (onRemove is "destroy")`
        : `${before} is destroyed, and should messages be in it the replacement fails before that (onRemove is "unused")`;
  return `A topic's id cannot be changed, so this is a replacement by ${next}: ${fate}.`;
}
