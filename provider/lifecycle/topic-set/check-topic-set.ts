/** Check of a set: every offline rule of the set and of each of its topics, all issues at once, each with its path. */
import { TOPIC_QUOTA_USED_UP } from "../../chat/error-codes.js";
import { BYTE_LIMITS, type ByteLimits, MAX_TOPICS_PER_COMMUNITY } from "../../chat/limits.js";
import { groupIdIssues, topicIdIssues, topicKeyIssues } from "../../chat/topic-id.js";
import { CheckReport, urnIn, withoutEmpty } from "../check-report.js";
import type { CheckResult, Json, LifecycleContext } from "../lifecycle.js";
import { isObject } from "../resource-schema.js";
import { TOPIC_KIND } from "../topic/topic-kind.js";
import { ifKnown, isKnown, type OrUnknown, type Preview, UNKNOWN } from "../unknown.js";
import { setRules, setTopicRules } from "./topic-set-rules.js";
import {
  describeSet,
  type SetTopic,
  type SetTopics,
  type TopicSetResource,
  topicIdOfMember,
  topicPath,
} from "./topic-set-spec.js";

type Inputs = Preview<Partial<TopicSetResource>>;
type PreviewTopics = Preview<SetTopics>;
type TopicIds = Readonly<Record<string, OrUnknown<string>>>;

export function checkTopicSet(context: LifecycleContext, old: Inputs, declared: Json): CheckResult<TopicSetResource> {
  const { __urn, ...rest } = declared;
  const urn = urnIn(declared);
  const report = new CheckReport();
  const settings = report.settings(context);
  const required = ["groupId", "topics"];
  const { topics: given, ...others } = report.parse(setRules, withoutEmpty(rest), {
    className: "ChatTopicSet",
    required,
  });
  const groupId = ifKnown(others.groupId);
  if (groupId !== undefined) report.addAll("groupId", groupIdIssues(groupId));

  const topics = isKnown(given) ? checkTopics(report, given, groupId, settings?.byteLimits) : given;
  const topicIds = isKnown(topics) ? topicIdsOf(report, topics, groupId) : UNKNOWN;
  const inputs: Inputs = {
    ...others,
    ...(topics !== undefined && { topics }),
    topicIds,
    ...(settings && { sdkAppId: settings.sdkAppId }),
    ...(urn !== undefined && { __urn: urn }),
  };

  report.checkSameApp(describeSet(ifKnown(old.groupId)), old.sdkAppId, settings);
  if (urn !== undefined && report.issues.length === 0) {
    const ids = isKnown(topicIds) ? Object.values(topicIds) : [];
    report.issues.push(...context.declarations.declare(ids.filter(isKnown), urn, TOPIC_KIND.describe));
    // With "retain" it lets go of the topics that it does not declare.
    const isExclusive = others.exclusive === true && others.onRemove !== "retain";
    const hasTopics = isExclusive || ids.length > 0;
    if (hasTopics && groupId !== undefined) report.claimCommunity(context, groupId, urn, isExclusive);
  }
  return { inputs, issues: report.issues, warnings: isKnown(topics) ? countWarnings(topics) : [] };
}

/** The topics without what they leave empty. */
function checkTopics(
  report: CheckReport,
  given: object,
  groupId: string | undefined,
  limits?: ByteLimits,
): PreviewTopics {
  const rules = setTopicRules(limits ?? BYTE_LIMITS);
  const topics = Object.entries(given).map(([topicKey, value]): [string, OrUnknown<Preview<SetTopic>>] => {
    if (value === UNKNOWN) return [topicKey, UNKNOWN];
    if (!isObject(value)) {
      report.add("", "must be an object with the topic's fields", { topicKey });
      return [topicKey, { topicName: "" }];
    }
    const className = "a topic of ChatTopicSet";
    const topic = report.parse(rules, withoutEmpty(value), { className, required: ["topicName"], topicKey });
    if (value.topicId == null) {
      report.addAll("", topicKeyIssues(topicKey, groupId), topicKey, "as a topic key ");
    } else if (isKnown(topic.topicId)) {
      report.addAll("topicId", topicIdIssues(topic.topicId, groupId), topicKey);
    }
    return [topicKey, { topicName: "", ...topic }];
  });
  return Object.fromEntries(topics);
}

/** The ids as far as they can be told; two keys of one id are an issue. */
function topicIdsOf(report: CheckReport, topics: PreviewTopics, groupId: string | undefined): TopicIds {
  const keyById = new Map<string, string>();
  const ids = Object.entries(topics).map(([topicKey, topic]): [string, OrUnknown<string>] => {
    if (groupId === undefined || !isKnown(topic) || topic.topicId === UNKNOWN) return [topicKey, UNKNOWN];
    const id = topicIdOfMember(groupId, topicKey, topic);
    const other = keyById.get(id);
    if (other !== undefined) report.add("", `names the same topic as ${topicPath(other)}, “${id}”`, { topicKey });
    else keyById.set(id, topicKey);
    return [topicKey, id];
  });
  return Object.fromEntries(ids);
}

function countWarnings(topics: PreviewTopics): string[] {
  const count = Object.keys(topics).length;
  if (count <= MAX_TOPICS_PER_COMMUNITY) return [];
  return [
    `${count} topics are declared for one community. The last documented quota is ${MAX_TOPICS_PER_COMMUNITY}; unless ` +
      `Tencent has granted more, the service refuses the rest with ${TOPIC_QUOTA_USED_UP}.`,
  ];
}
