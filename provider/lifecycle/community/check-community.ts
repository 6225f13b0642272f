/**
 * Check: every rule that needs no network, all faults at once; and the group id, which is known before the community
 * exists, so that the topics in it have known ids at preview.
 */
import { BYTE_LIMITS, ID_RULES } from "../../chat/limits.js";
import { groupIdFaults } from "../../chat/topic-id.js";
import { CheckReport, urnIn, withoutEmpty } from "../check-report.js";
import { nameOfUrn } from "../declarations.js";
import type { CheckResult, LifecycleContext, Properties } from "../lifecycle.js";
import { isKnown } from "../unknown.js";
import { CREATE_ONLY_FIELDS, nameOfCommunity } from "./fields.js";
import { communityRules } from "./rules.js";

export function checkCommunity(context: LifecycleContext, old: Properties, declared: Properties): CheckResult {
  const { __urn, ...rest } = declared;
  const urn = urnIn(declared);
  const given = withoutEmpty(rest);
  const report = new CheckReport();

  const settings = report.settings(context);
  const rules = communityRules(settings?.byteLimits ?? BYTE_LIMITS);
  report.applyRules(rules, given, { owner: "ChatCommunity", required: ["name"] });
  const inputs: Properties = {
    ...given,
    ...identify(report, given, old, urn),
    ...(settings && { sdkAppId: settings.sdkAppId }),
    ...(__urn !== undefined && { __urn }),
  };

  if (Object.keys(old).length > 0 && old.groupId === inputs.groupId) {
    report.refuseChanged(CREATE_ONLY_FIELDS, old, inputs, { object: "community", remedy: "choose a new group id" });
  }
  report.refuseOtherApp(nameOfCommunity(typeof old.groupId === "string" ? old.groupId : ""), old, settings);
  if (isKnown<unknown>(inputs.groupId) && urn !== undefined && report.failures.length === 0) {
    report.declare(context.declarations, [String(inputs.groupId)], urn);
  }
  return { inputs, failures: report.failures };
}

/** The group id: the declared one, else the one that the state has, else one made of the resource's name. */
function identify(report: CheckReport, given: Properties, old: Properties, urn: string | undefined): Properties {
  if (given.groupId !== undefined) {
    if (typeof given.groupId !== "string" || !isKnown(given.groupId)) return {};
    for (const fault of groupIdFaults(given.groupId)) report.fail("groupId", fault);
    return {};
  }
  // A renamed resource keeps its id, as with Pulumi's own names.
  if (typeof old.groupId === "string" && isKnown(old.groupId)) return { groupId: old.groupId };
  if (urn === undefined) {
    report.fail("groupId", "is required");
    return {};
  }
  const groupId = ID_RULES.communityPrefix + nameOfUrn(urn);
  for (const fault of groupIdFaults(groupId)) {
    report.fail("groupId", `(made of the resource's name, “${groupId}”) ${fault}`);
  }
  return { groupId };
}
