/** Check of a set: every offline rule of the set and of each of its topics, all faults at once, each with its path. */
import { BYTE_LIMITS, type ByteLimits, MAX_TOPICS_PER_COMMUNITY } from "../../chat/limits.js";
import { groupIdFaults, topicIdFaults, topicKeyFaults } from "../../chat/topic-id.js";
import { CheckReport, urnIn, withoutEmpty } from "../check-report.js";
import type { CheckResult, LifecycleContext, Properties } from "../lifecycle.js";
import { memberRules, setRules } from "../topic/rules.js";
import { isKnown, UNKNOWN } from "../unknown.js";
import { idOfMember, nameOfSet, pathOf } from "./set-properties.js";

export function checkTopicSet(context: LifecycleContext, old: Properties, declared: Properties): CheckResult {
  const { __urn, ...rest } = declared;
  const given = withoutEmpty(rest);
  const report = new CheckReport();
  const settings = report.settings(context);
  report.applyRules(setRules, given, { owner: "ChatTopicSet", required: ["groupId", "topics"] });
  const groupId = typeof given.groupId === "string" && isKnown(given.groupId) ? given.groupId : undefined;
  if (groupId !== undefined) for (const fault of groupIdFaults(groupId)) report.fail("groupId", fault);

  const topics = isTopics(given.topics)
    ? checkMembers(report, given.topics, groupId, settings?.byteLimits)
    : given.topics;
  const inputs: Properties = {
    ...given,
    topics,
    topicIds: isTopics(topics) ? idsOf(report, topics, groupId) : UNKNOWN,
    ...(settings && { sdkAppId: settings.sdkAppId }),
    ...(__urn !== undefined && { __urn }),
  };

  report.refuseOtherApp(nameOfSet(old), old, settings);
  const urn = urnIn(declared);
  if (urn !== undefined && report.failures.length === 0) {
    const ids = isTopics(inputs.topicIds) ? Object.values(inputs.topicIds) : [];
    report.declare(context.declarations, ids.filter(isKnown<unknown>).map(String), urn);
    // With "retain" it lets go of the topics that it does not declare.
    const isExclusive = given.exclusive === true && given.onRemove !== "retain";
    if (isExclusive || ids.length > 0) report.settle(context.declarations, groupId, urn, isExclusive);
  }
  return { inputs, failures: report.failures, warnings: isTopics(topics) ? countWarnings(topics) : [] };
}

type Topics = Readonly<Record<string, unknown>>;

function isTopics(value: unknown): value is Topics {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The topics without what they leave empty. */
function checkMembers(report: CheckReport, topics: Topics, groupId: string | undefined, limits?: ByteLimits): Topics {
  const rules = memberRules(limits ?? BYTE_LIMITS);
  const entries = Object.entries(topics).map(([key, topic]): [string, unknown] => {
    if (topic === UNKNOWN) return [key, topic];
    if (!isTopics(topic)) {
      report.fail(pathOf(key), "must be an object with the topic's fields");
      return [key, topic];
    }
    const given = withoutEmpty(topic);
    const path = (name: string) => (name === "" ? pathOf(key) : `${pathOf(key)}.${name}`);
    report.applyRules(rules, given, { owner: "a topic of ChatTopicSet", required: ["topicName"], path });
    if (given.topicId === undefined) {
      for (const fault of topicKeyFaults(key, groupId)) report.fail(pathOf(key), `as a topic key ${fault}`);
    } else if (typeof given.topicId === "string" && isKnown(given.topicId)) {
      for (const fault of topicIdFaults(given.topicId, groupId)) report.fail(path("topicId"), fault);
    }
    return [key, given];
  });
  return Object.fromEntries(entries);
}

/** The ids as far as they can be told; two keys of one id are a fault. */
function idsOf(report: CheckReport, topics: Topics, groupId: string | undefined): Topics {
  const keyById = new Map<string, string>();
  const entries = Object.entries(topics).map(([key, topic]): [string, string] => {
    if (groupId === undefined || !isTopics(topic) || topic.topicId === UNKNOWN) return [key, UNKNOWN];
    const id = idOfMember(groupId, key, topic);
    const other = keyById.get(id);
    if (other !== undefined) report.fail(pathOf(key), `names the same topic as ${pathOf(other)}, “${id}”`);
    keyById.set(id, key);
    return [key, id];
  });
  return Object.fromEntries(entries);
}

function countWarnings(topics: Topics): string[] {
  const count = Object.keys(topics).length;
  if (count <= MAX_TOPICS_PER_COMMUNITY) return [];
  return [
    `${count} topics are declared for one community. The last documented quota is ${MAX_TOPICS_PER_COMMUNITY}; unless ` +
      "Tencent has granted more, the service refuses the rest with 10037.",
  ];
}
