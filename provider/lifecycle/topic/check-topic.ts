/**
 * Check: every rule that needs no network, all faults at once; and the parts of the identity that can be known before
 * the topic exists (topic key, topic id, app), so that dependents see them at preview.
 */
import { ChatError } from "../../chat/errors/index.js";
import { BYTE_LIMITS } from "../../chat/limits.js";
import type { Settings } from "../../chat/settings.js";
import {
  describeTopic,
  groupIdFaults,
  splitTopicId,
  topicIdFaults,
  topicIdOf,
  topicKeyFaults,
} from "../../chat/topic-id.js";
import { nameOfUrn } from "../declarations.js";
import type { CheckFailure, CheckResult, LifecycleContext, Properties } from "../lifecycle.js";
import { isKnown, UNKNOWN } from "../unknown.js";
import { CREATE_ONLY_FIELDS, refuseOtherApp } from "./fields.js";
import { topicRules } from "./rules.js";

export function checkTopic(context: LifecycleContext, old: Properties, declared: Properties): CheckResult {
  const { __urn: hiddenUrn, ...rest } = declared;
  const urn = isKnown(hiddenUrn) ? String(hiddenUrn) : undefined;
  const given: Properties = Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null));
  const failures: CheckFailure[] = [];
  const fail = (property: string, fault: string): void => {
    failures.push({ property, reason: property === "" ? fault : `\`${property}\` ${fault}` });
  };

  const settings = settingsOr(fail, context);
  applyRules(fail, given, settings);
  const identity = identify(fail, given, old, urn);
  const inputs: Properties = {
    ...given,
    ...identity,
    ...(settings && { sdkAppId: settings.sdkAppId }),
  };

  refuseChangedCreateOnlyFields(fail, old, inputs);
  const { topicId } = identity;
  if (settings !== undefined) refuseOtherAppAsFailure(fail, old, settings);
  if (isKnown<unknown>(topicId) && urn !== undefined && failures.length === 0) {
    const other = context.declarations.declare(String(topicId), urn);
    if (other !== undefined) {
      fail(
        "",
        `Topic ${describeTopic(String(topicId))} is declared twice, by ${nameOfUrn(other)} and ${nameOfUrn(urn)} (${other} and ${urn}). Keep one of them.`,
      );
    }
  }
  return { inputs, failures };
}

type Fail = (property: string, fault: string) => void;

function settingsOr(fail: Fail, context: LifecycleContext): Settings | undefined {
  try {
    return context.settings();
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    fail("", error.message);
    return undefined;
  }
}

function applyRules(fail: Fail, given: Properties, settings: Settings | undefined): void {
  for (const required of ["groupId", "topicName"]) {
    if (!(required in given)) fail(required, "is required");
  }
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== UNKNOWN));
  const rules = topicRules(settings?.byteLimits ?? BYTE_LIMITS);
  for (const issue of rules.partial().safeParse(known).error?.issues ?? []) {
    if (issue.code === "unrecognized_keys") {
      const names = Object.keys(rules.shape).join(", ");
      for (const key of issue.keys) fail(key, `is not an argument of ChatTopic; it has ${names}`);
    } else {
      fail(issue.path.join("."), issue.message);
    }
  }
}

/** The topic key and id, as far as they can be told now. */
function identify(fail: Fail, given: Properties, old: Properties, urn: string | undefined): Properties {
  const { groupId, topicKey, topicId } = given;
  const serverAssigned = given.serverAssignedId === true;
  const chosen = [
    ...(topicKey === undefined ? [] : ["topicKey"]),
    ...(topicId === undefined ? [] : ["topicId"]),
    ...(serverAssigned ? ["serverAssignedId"] : []),
  ];
  const knownGroupId = typeof groupId === "string" && isKnown(groupId) ? groupId : undefined;
  if (knownGroupId !== undefined) for (const fault of groupIdFaults(knownGroupId)) fail("groupId", fault);
  if (chosen.length > 1) {
    for (const name of chosen.slice(1)) fail(name, `cannot go together with \`${chosen[0]}\`: give one of the two`);
    return {};
  }

  if (serverAssigned || given.serverAssignedId === UNKNOWN) return {};
  if (typeof topicId === "string") {
    if (!isKnown(topicId)) return { topicId: UNKNOWN };
    for (const fault of topicIdFaults(topicId, knownGroupId)) fail("topicId", fault);
    const parts = splitTopicId(topicId);
    return { topicId, ...(parts && { topicKey: parts.topicKey }) };
  }
  if (topicKey !== undefined && typeof topicKey !== "string") return {};

  const key = topicKey ?? keptKey(old) ?? (urn === undefined ? undefined : nameOfUrn(urn));
  if (key === undefined) {
    fail("topicKey", "is required");
    return {};
  }
  if (!isKnown(key)) return { topicKey: UNKNOWN, topicId: UNKNOWN };
  for (const fault of topicKey === undefined && key === keptKey(old) ? [] : topicKeyFaults(key, knownGroupId)) {
    fail("topicKey", topicKey === undefined ? `(taken from the resource's name, “${key}”) ${fault}` : fault);
  }
  if (groupId === UNKNOWN) return { topicKey: key, topicId: UNKNOWN };
  return { topicKey: key, ...(knownGroupId !== undefined && { topicId: topicIdOf(knownGroupId, key) }) };
}

/** The key that the state has: a renamed resource keeps it, as with Pulumi's own names. */
function keptKey(old: Properties): string | undefined {
  return typeof old.topicKey === "string" && isKnown(old.topicKey) ? old.topicKey : undefined;
}

/** Another `createTime` or `fromAccount` would need another topic, and the messages of this one would be lost. */
function refuseChangedCreateOnlyFields(fail: Fail, old: Properties, inputs: Properties): void {
  const sameTopic = old.groupId === inputs.groupId && old.topicId === inputs.topicId;
  if (!sameTopic || Object.keys(old).length === 0) return;
  for (const name of CREATE_ONLY_FIELDS) {
    const [before, after] = [old[name], inputs[name]];
    if (!isKnown(before) || !isKnown(after) || before === after) continue;
    fail(
      name,
      `cannot change from ${JSON.stringify(before)} to ${JSON.stringify(after)}: it is fixed when a topic is created, and ` +
        "re-creating the topic would lose its messages. Keep the value, or choose a new topic key",
    );
  }
}

function refuseOtherAppAsFailure(fail: Fail, old: Properties, settings: Settings): void {
  try {
    refuseOtherApp(String(old.topicId ?? old.topicName ?? ""), old, settings);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    fail("", error.message);
  }
}
