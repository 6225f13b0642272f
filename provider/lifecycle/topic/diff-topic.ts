/** Diff of a topic: what an update or a replacement would do, offline. */
import { describeTopic, splitTopicId } from "../../chat/topic-id.js";
import type { DiffResult, LifecycleContext } from "../lifecycle.js";
import { describeReplaced, isAnyChanged, recordRemoval } from "../objects/diff-object.js";
import { assertSameApp } from "../same-app.js";
import { ifKnown, isKnown, type Preview } from "../unknown.js";
import { TOPIC_KIND } from "./topic-kind.js";
import { CREATE_ONLY_FIELDS, groupIdOf, type TopicResource, VISIBLE_FIELDS } from "./topic-spec.js";

/** A change of one of these is an update, even if only the state changes. A change of `adopt` alone is no update. */
const COMPARED = [...VISIBLE_FIELDS, ...CREATE_ONLY_FIELDS, "onRemove", "serverAssignedId", "topicKey"] as const;
/** An unknown one may equal the present one: whether this is a replacement is decided at the update. */
const IDENTITY = ["groupId", "topicId"] as const;

export function diffTopic(
  context: LifecycleContext,
  id: string,
  state: TopicResource,
  declared: Preview<TopicResource>,
): DiffResult {
  assertSameApp(TOPIC_KIND.describe(id), state.sdkAppId, context.settings());
  const inputs = withKey(declared);
  const groupId = groupIdOf(id, state);
  const urn = ifKnown(inputs.__urn);
  const replaces: string[] = [];
  if (isKnown(inputs.groupId) && inputs.groupId !== groupId) replaces.push("groupId");
  if (isKnown(inputs.topicId) && inputs.topicId !== id && state.topicKey !== inputs.topicKey) replaces.push("topicKey");

  if (replaces.length > 0) {
    if (state.onRemove !== "retain") {
      recordRemoval(context, {
        id,
        what: TOPIC_KIND.describe(id),
        urn: urn ?? context.declarations.urnOf(inputs.topicId ?? ""),
        nextGroupId: inputs.groupId === groupId ? undefined : ifKnown(inputs.groupId),
      });
    }
    return { changes: true, replaces, warnings: [replacementWarning(id, state, ifKnown(inputs.topicId))] };
  }
  if (urn !== undefined && isKnown(inputs.groupId)) declareAssigned(context, id, urn);
  const changes = IDENTITY.some((name) => !isKnown(inputs[name] ?? id)) || isAnyChanged(COMPARED, state, inputs);
  return { changes, replaces, warnings: [] };
}

/** A refresh after an import compares with inputs that no check has seen: these may name the full id alone. */
function withKey(inputs: Preview<TopicResource>): Preview<TopicResource> {
  if (inputs.topicKey !== undefined || !isKnown(inputs.topicId)) return inputs;
  return { ...inputs, topicKey: splitTopicId(inputs.topicId)?.topicKey };
}

/**
 * Of a topic whose id the service assigned, which no check knows. A refresh asks for a diff too, without a check before it.
 *
 * @throws {DeclaredTwiceError} when another resource declares the topic too.
 * @throws {HandoverRefusedError} when another resource will destroy it.
 */
function declareAssigned({ declarations }: LifecycleContext, id: string, urn: string): void {
  if (!declarations.knows(urn)) return;
  const [refusal] = declarations.declare([id], urn, TOPIC_KIND.describe);
  if (refusal !== undefined) throw refusal.error;
}

function replacementWarning(id: string, state: TopicResource, nextId: string | undefined): string {
  const next = nextId === undefined ? "a topic that the service will name" : describeTopic(nextId);
  const fate = describeReplaced(describeTopic(id), state.onRemove, {
    retained: "with its messages",
    destroyed: "its messages",
    used: "messages",
  });
  return `A topic's id cannot be changed, so this is a replacement by ${next}: ${fate}.`;
}
