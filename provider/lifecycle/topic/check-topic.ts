/**
 * Check: every rule that needs no network, all issues at once; and the parts of the identity that can be known before
 * the topic exists (topic key, topic id, app), so that dependents see them at preview.
 */
import { BYTE_LIMITS } from "../../chat/limits.js";
import {
  groupIdIssues,
  type IdIssue,
  splitTopicId,
  topicIdIssues,
  topicIdOf,
  topicKeyIssues,
} from "../../chat/topic-id.js";
import { CheckReport, urnIn, withoutEmpty } from "../check-report.js";
import type { CheckResult, Json, LifecycleContext } from "../lifecycle.js";
import { nameOfUrn } from "../resource-name.js";
import { ifKnown, isKnown, type Preview, UNKNOWN } from "../unknown.js";
import { TOPIC_KIND } from "./topic-kind.js";
import { topicRules } from "./topic-rules.js";
import { CREATE_ONLY_FIELDS, type TopicResource } from "./topic-spec.js";

type Inputs = Preview<Partial<TopicResource>>;

export function checkTopic(context: LifecycleContext, old: Inputs, declared: Json): CheckResult<TopicResource> {
  const { __urn, ...rest } = declared;
  const urn = urnIn(declared);
  const report = new CheckReport();

  const settings = report.settings(context);
  const rules = topicRules(settings?.byteLimits ?? BYTE_LIMITS);
  const given: Inputs = report.parse(rules, withoutEmpty(rest), {
    className: "ChatTopic",
    required: ["groupId", "topicName"],
  });
  const identity = identify(report, declared, given, old, urn);
  const inputs: Inputs = {
    ...given,
    ...identity,
    ...(settings && { sdkAppId: settings.sdkAppId }),
    // The id is in the state alone, so it is the diff that declares it.
    ...(given.serverAssignedId === true && urn !== undefined && { __urn: urn }),
  };

  const isSameTopic = old.groupId !== undefined && old.groupId === inputs.groupId && old.topicId === inputs.topicId;
  if (isSameTopic) {
    report.checkUnchanged(CREATE_ONLY_FIELDS, old, inputs, {
      object: "topic",
      loss: "its messages",
      remedy: "choose a new topic key",
    });
  }
  report.checkSameApp(TOPIC_KIND.describe(old.topicId ?? old.topicName ?? ""), old.sdkAppId, settings);
  if (urn !== undefined && report.issues.length === 0) {
    report.issues.push(
      ...context.declarations.declare(isKnown(identity.topicId) ? [identity.topicId] : [], urn, TOPIC_KIND.describe),
    );
    if (isKnown(given.groupId)) report.claimCommunity(context, given.groupId, urn);
  }
  return { inputs, issues: report.issues, warnings: [] };
}

/** The topic key and id, as far as they can be told now. */
function identify(
  report: CheckReport,
  declared: Json,
  given: Inputs,
  old: Inputs,
  urn: string | undefined,
): Pick<Inputs, "topicKey" | "topicId"> {
  const { topicKey, topicId, serverAssignedId } = given;
  const groupId = ifKnown(given.groupId);
  if (groupId !== undefined) report.addAll("groupId", groupIdIssues(groupId));
  const [chosen, ...others] = [
    ...(topicKey === undefined ? [] : ["topicKey"]),
    ...(topicId === undefined ? [] : ["topicId"]),
    ...(serverAssignedId === true ? ["serverAssignedId"] : []),
  ];
  if (others.length > 0) {
    for (const name of others) report.add(name, `cannot go together with \`${chosen}\`: give one of the two`);
    return {};
  }

  if (serverAssignedId === true || serverAssignedId === UNKNOWN) return {};
  if (topicId === UNKNOWN) return { topicId: UNKNOWN };
  if (topicId !== undefined) {
    report.addAll("topicId", topicIdIssues(topicId, groupId));
    const parts = splitTopicId(topicId);
    return { topicId, ...(parts && { topicKey: parts.topicKey }) };
  }
  if (topicKey === UNKNOWN) return { topicKey: UNKNOWN, topicId: UNKNOWN };

  if (declared.topicKey != null && topicKey === undefined) return {};

  // A renamed resource keeps its key, as with Pulumi's own names.
  const keptKey = ifKnown(old.topicKey);
  const key = topicKey ?? keptKey ?? (urn === undefined ? undefined : nameOfUrn(urn));
  if (key === undefined) {
    report.add("topicKey", "is required");
    return {};
  }
  const isKept = topicKey === undefined && key === keptKey;
  const isFromName = topicKey === undefined && !isKept;
  const issues = isKept ? keptKeyIssues(key, groupId) : topicKeyIssues(key, groupId);
  const prefix = isFromName ? `(taken from the resource's name, “${key}”) ` : "";
  report.addAll("topicKey", issues, undefined, prefix);
  if (given.groupId === UNKNOWN) return { topicKey: key, topicId: UNKNOWN };
  return { topicKey: key, ...(groupId !== undefined && { topicId: topicIdOf(groupId, key) }) };
}

/** A kept key may be one that only the service may choose; in another community's ids it still has to fit. */
function keptKeyIssues(key: string, groupId: string | undefined): IdIssue[] {
  return groupId === undefined ? [] : topicIdIssues(topicIdOf(groupId, key), groupId);
}
