/**
 * Check: every rule that needs no network, all faults at once; and the parts of the identity that can be known before
 * the topic exists (topic key, topic id, app), so that dependents see them at preview.
 */
import { BYTE_LIMITS } from "../../chat/limits.js";
import { groupIdFaults, splitTopicId, topicIdFaults, topicIdOf, topicKeyFaults } from "../../chat/topic-id.js";
import { CheckReport, urnIn, withoutEmpty } from "../check-report.js";
import { nameOfUrn } from "../declarations.js";
import type { CheckResult, LifecycleContext, Properties } from "../lifecycle.js";
import { isKnown, UNKNOWN } from "../unknown.js";
import { CREATE_ONLY_FIELDS, nameOfTopic } from "./fields.js";
import { topicRules } from "./rules.js";

export function checkTopic(context: LifecycleContext, old: Properties, declared: Properties): CheckResult {
  const { __urn, ...rest } = declared;
  const urn = urnIn(declared);
  const given = withoutEmpty(rest);
  const report = new CheckReport();

  const settings = report.settings(context);
  const rules = topicRules(settings?.byteLimits ?? BYTE_LIMITS);
  report.applyRules(rules, given, { owner: "ChatTopic", required: ["groupId", "topicName"] });
  const identity = identify(report, given, old, urn);
  const inputs: Properties = {
    ...given,
    ...identity,
    ...(settings && { sdkAppId: settings.sdkAppId }),
    // The id is in the state alone, so it is the diff that declares it.
    ...(given.serverAssignedId === true && urn !== undefined && { __urn: urn }),
  };

  const isSameTopic = Object.keys(old).length > 0 && old.groupId === inputs.groupId && old.topicId === inputs.topicId;
  if (isSameTopic) {
    report.refuseChanged(CREATE_ONLY_FIELDS, old, inputs, { object: "topic", remedy: "choose a new topic key" });
  }
  const name = [old.topicId, old.topicName].find((text) => typeof text === "string");
  report.refuseOtherApp(nameOfTopic(name ?? ""), old, settings);
  if (urn !== undefined && report.failures.length === 0) {
    report.declare(context.declarations, isKnown<unknown>(identity.topicId) ? [String(identity.topicId)] : [], urn);
    report.settle(context.declarations, given.groupId, urn);
  }
  return { inputs, failures: report.failures };
}

/** The topic key and id, as far as they can be told now. */
function identify(report: CheckReport, given: Properties, old: Properties, urn: string | undefined): Properties {
  const { groupId, topicKey, topicId } = given;
  const serverAssigned = given.serverAssignedId === true;
  const chosen = [
    ...(topicKey === undefined ? [] : ["topicKey"]),
    ...(topicId === undefined ? [] : ["topicId"]),
    ...(serverAssigned ? ["serverAssignedId"] : []),
  ];
  const knownGroupId = typeof groupId === "string" && isKnown(groupId) ? groupId : undefined;
  if (knownGroupId !== undefined) for (const fault of groupIdFaults(knownGroupId)) report.fail("groupId", fault);
  if (chosen.length > 1) {
    for (const name of chosen.slice(1))
      report.fail(name, `cannot go together with \`${chosen[0]}\`: give one of the two`);
    return {};
  }

  if (serverAssigned || given.serverAssignedId === UNKNOWN) return {};
  if (typeof topicId === "string") {
    if (!isKnown(topicId)) return { topicId: UNKNOWN };
    for (const fault of topicIdFaults(topicId, knownGroupId)) report.fail("topicId", fault);
    const parts = splitTopicId(topicId);
    return { topicId, ...(parts && { topicKey: parts.topicKey }) };
  }
  if (topicKey !== undefined && typeof topicKey !== "string") return {};

  const key = topicKey ?? keptKey(old) ?? (urn === undefined ? undefined : nameOfUrn(urn));
  if (key === undefined) {
    report.fail("topicKey", "is required");
    return {};
  }
  if (!isKnown(key)) return { topicKey: UNKNOWN, topicId: UNKNOWN };
  const kept = topicKey === undefined && key === keptKey(old);
  for (const fault of kept ? keptKeyFaults(key, knownGroupId) : topicKeyFaults(key, knownGroupId)) {
    report.fail(
      "topicKey",
      topicKey === undefined && !kept ? `(taken from the resource's name, “${key}”) ${fault}` : fault,
    );
  }
  if (groupId === UNKNOWN) return { topicKey: key, topicId: UNKNOWN };
  return { topicKey: key, ...(knownGroupId !== undefined && { topicId: topicIdOf(knownGroupId, key) }) };
}

/** The key that the state has: a renamed resource keeps it, as with Pulumi's own names. */
function keptKey(old: Properties): string | undefined {
  return typeof old.topicKey === "string" && isKnown(old.topicKey) ? old.topicKey : undefined;
}

/** A kept key may be one that only the service may choose; in another community's ids it still has to fit. */
function keptKeyFaults(key: string, groupId: string | undefined): string[] {
  return groupId === undefined ? [] : topicIdFaults(topicIdOf(groupId, key), groupId);
}
