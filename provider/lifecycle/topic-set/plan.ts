/**
 * The planner: from what is live, declared and owned, and what the policies allow, to one step for each topic. Pure: it
 * decides, `apply.ts` does. What is live may not have been read; then the state is believed, and a step that meets
 * something else in the app copes with that.
 */

import { ChatError } from "../../chat/errors/index.js";
import { isUsed, type LiveTopic } from "../../chat/live-topic.js";
import { describeTopic } from "../../chat/topic-id.js";
import { TopicInUseError } from "../errors/index.js";
import type { Properties } from "../lifecycle.js";
import type { AdoptPolicy, RemovePolicy } from "../policies.js";
import { describeMessages, refuseAdoption } from "../topic/adopt-topic.js";
import { asTopic, liveValues, TEXT_FIELDS } from "../topic/fields.js";
import { plannedChanges } from "../topic/planned-changes.js";
import type { Member } from "./set-properties.js";

export interface Situation {
  /** What the program wants, by topic id. */
  readonly declared: ReadonlyMap<string, Member>;
  /** What the state says is ours, by topic id. */
  readonly owned: ReadonlyMap<string, Member>;
  /** What the app holds, by topic id; undefined where that was not read. */
  readonly live: ReadonlyMap<string, LiveTopic> | undefined;
  readonly adopt: AdoptPolicy;
  readonly onRemove: RemovePolicy;
  /** Does another resource of the run declare the topic? */
  readonly isTaken: (topicId: string) => boolean;
}

export type Step =
  /** Not there: import it. `again` where it is ours and was deleted outside. */
  | { readonly kind: "import"; readonly member: Member; readonly again: boolean }
  /** There, not ours yet, and the policy allows: take it over, and change what differs. */
  | { readonly kind: "adopt"; readonly member: Member; readonly live: LiveTopic }
  /** Ours: change what differs from `from`. */
  | { readonly kind: "modify"; readonly member: Member; readonly from: Properties }
  /** Ours and as declared; at most the state changes. */
  | { readonly kind: "keep"; readonly member: Member }
  /** Ours and no longer declared. `checked` where it was seen that the policy allows it. */
  | { readonly kind: "destroy"; readonly member: Member; readonly checked: boolean }
  /** Ours and no longer declared: it stays in the app and is forgotten. */
  | { readonly kind: "leave"; readonly member: Member; readonly taken: boolean }
  /** The policies forbid what would have to be done. */
  | { readonly kind: "refuse"; readonly member: Member; readonly error: ChatError };

/** Removals come first: they make room under the quota. */
export function planSet(situation: Situation): Step[] {
  const removals = [...situation.owned.values()]
    .filter(({ topicId }) => !situation.declared.has(topicId))
    .map((member) => planRemoval(member, situation));
  return [...removals, ...[...situation.declared.values()].map((member) => planMember(member, situation))];
}

function planRemoval(member: Member, { live, onRemove, isTaken }: Situation): Step {
  if (isTaken(member.topicId)) return { kind: "leave", member, taken: true };
  if (onRemove === "retain") return { kind: "leave", member, taken: false };
  const topic = live?.get(member.topicId);
  if (live !== undefined && topic === undefined) return { kind: "leave", member, taken: false };
  if (onRemove === "unused" && topic !== undefined && isUsed(topic)) {
    const error = new TopicInUseError(describeTopic(member.topicId), describeMessages(topic), howToGoOn(member));
    return { kind: "refuse", member, error };
  }
  return { kind: "destroy", member, checked: onRemove === "destroy" || live !== undefined };
}

function howToGoOn({ topicId }: Member): string {
  return (
    `to keep it, declare it in the set again, under any key with \`topicId: "${topicId}"\`. Otherwise put ` +
    '`onRemove: "destroy"` (it goes, with its messages) or `onRemove: "retain"` (it stays, no longer managed) on the set ' +
    "and run `pulumi up`; if the whole set is to go, remove it after that"
  );
}

function planMember(member: Member, { live, owned, adopt }: Situation): Step {
  const former = owned.get(member.topicId);
  const topic = live?.get(member.topicId);
  if (former === undefined) {
    if (topic === undefined) return { kind: "import", member, again: false };
    const error = refusal(() => refuseAdoption(member.topicId, asTopic(member.properties), topic, adopt));
    return error ? { kind: "refuse", member, error } : { kind: "adopt", member, live: topic };
  }
  if (live !== undefined && topic === undefined) return { kind: "import", member, again: true };
  const from = topic === undefined ? former.properties : { ...former.properties, ...seen(former, member, topic) };
  const { changes } = plannedChanges(asTopic(from), asTopic(member.properties));
  return Object.keys(changes).length > 0 ? { kind: "modify", member, from } : { kind: "keep", member };
}

/** The live values of the fields that the state or the program has. An empty text is the same as none. */
function seen(former: Member, member: Member, topic: LiveTopic): Properties {
  const values = liveValues({ ...former.properties, ...member.properties }, topic);
  const cleared = TEXT_FIELDS.filter((name) => member.properties[name] === undefined && values[name] === "");
  return { ...values, ...Object.fromEntries(cleared.map((name) => [name, undefined])) };
}

function refusal(attempt: () => void): ChatError | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof ChatError) return error;
    throw error;
  }
}
