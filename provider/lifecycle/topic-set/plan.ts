/**
 * The planner: from the topics that are declared, recorded in the state and live, and from the policies, it decides on one
 * step for each topic. It makes no calls: `apply.ts` carries the steps out. Where the live topics were not read, the plan
 * trusts the state, and the operations handle an id that is taken, or a topic that is gone.
 */
import type { ChatError } from "../../chat/errors/index.js";
import { isUsed, type LiveTopic } from "../../chat/topic.js";
import { describeTopic } from "../../chat/topic-id.js";
import { TopicInUseError } from "../errors/index.js";
import { pick } from "../field-changes.js";
import { adoptionRefusal } from "../objects/adoption.js";
import type { AdoptPolicy, RemovePolicy } from "../policies.js";
import { describeMessages, TOPIC_KIND, usesOf } from "../topic/topic-kind.js";
import { TEXT_FIELDS, type TopicSpec, VISIBLE_FIELDS } from "../topic/topic-spec.js";
import type { Member } from "./topic-set-spec.js";

export interface PlanInput {
  /** What the program wants, by topic id. */
  readonly declared: ReadonlyMap<string, Member>;
  /** The topics in the state, by topic id. */
  readonly recorded: ReadonlyMap<string, Member>;
  /** What the app holds, by topic id; undefined where that was not read. */
  readonly live: ReadonlyMap<string, LiveTopic> | undefined;
  readonly adopt: AdoptPolicy;
  readonly onRemove: RemovePolicy;
  /** The resource of the run that declares the topic, as messages call it. */
  readonly declarerOf: (topicId: string) => string | undefined;
}

type PlannedStep =
  /** Not there: import it. `isReimport` where it is ours and was deleted outside. */
  | { readonly kind: "import"; readonly member: Member; readonly isReimport: boolean }
  /** There, not ours yet, and the policy allows: take it over, and change what differs. */
  | { readonly kind: "adopt"; readonly member: Member; readonly live: LiveTopic }
  /** Ours: change what differs from `from`. */
  | { readonly kind: "modify"; readonly member: Member; readonly from: TopicSpec }
  /** Ours and as declared; at most the state changes. */
  | { readonly kind: "keep"; readonly member: Member }
  /** Ours and no longer declared. `checked` where it was seen that the policy allows it. */
  | { readonly kind: "destroy"; readonly member: Member; readonly checked: boolean }
  /** Ours and no longer declared: it stays in the app and is forgotten. */
  | { readonly kind: "forget"; readonly member: Member; readonly declarer: string | undefined }
  /** The policies forbid what would have to be done. */
  | { readonly kind: "refuse"; readonly member: Member; readonly error: ChatError };

/** `former` is what holds where the step is not done: undefined for a topic that is not ours, or not there. */
export type Step = PlannedStep & { readonly former: TopicSpec | undefined };

/** One step for each topic; `apply.ts` decides about the order. */
export function planSet(input: PlanInput): Step[] {
  const { declared, recorded } = input;
  const removed = [...recorded.values()].filter(({ topicId }) => !declared.has(topicId));
  const removals = removed.map((member) => ({ ...planRemoval(member, input), former: member.spec }));
  const others = [...declared.values()].map((member) => {
    const step = planMember(member, input);
    return { ...step, former: step.kind === "import" ? undefined : recorded.get(member.topicId)?.spec };
  });
  return [...removals, ...others];
}

function planRemoval(member: Member, { live, onRemove, declarerOf }: PlanInput): PlannedStep {
  if (onRemove === "retain") return { kind: "forget", member, declarer: undefined };
  const declarer = declarerOf(member.topicId);
  if (declarer !== undefined) return { kind: "forget", member, declarer };
  const topic = live?.get(member.topicId);
  if (live !== undefined && topic === undefined) return { kind: "forget", member, declarer: undefined };
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

function planMember(member: Member, { live, recorded, adopt }: PlanInput): PlannedStep {
  const former = recorded.get(member.topicId);
  const topic = live?.get(member.topicId);
  if (former === undefined) {
    if (topic === undefined) return { kind: "import", member, isReimport: false };
    const error = adoptionRefusal(TOPIC_KIND, member.topicId, {
      spec: { ...member.spec, adopt },
      live: TOPIC_KIND.asLive(member.spec, topic),
      uses: usesOf(topic),
    });
    return error ? { kind: "refuse", member, error } : { kind: "adopt", member, live: topic };
  }
  if (live !== undefined && topic === undefined) return { kind: "import", member, isReimport: true };
  const from = topic === undefined ? former.spec : liveSpec(former.spec, member.spec, topic);
  const { changes } = TOPIC_KIND.plan(from, member.spec);
  return Object.keys(changes).length > 0 ? { kind: "modify", member, from } : { kind: "keep", member };
}

/** The live values of the fields that the state or the program has. An empty text is the same as none. */
function liveSpec(former: TopicSpec, declared: TopicSpec, topic: LiveTopic): TopicSpec {
  const names = VISIBLE_FIELDS.filter((name) => former[name] !== undefined || declared[name] !== undefined);
  const empty = TEXT_FIELDS.filter((name) => declared[name] === undefined && topic[name] === "");
  const nothing = Object.fromEntries(empty.map((name) => [name, undefined]));
  return { ...former, ...pick(topic, names), ...nothing };
}
