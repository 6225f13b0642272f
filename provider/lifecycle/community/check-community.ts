/**
 * Check: every rule that needs no network, all issues at once; and the group id, which is known before the community
 * exists, so that the topics in it have known ids at preview.
 */
import { BYTE_LIMITS, ID_RULES } from "../../chat/limits.js";
import { groupIdIssues } from "../../chat/topic-id.js";
import { CheckReport, urnIn, withoutEmpty } from "../check-report.js";
import type { CheckResult, Json, LifecycleContext } from "../lifecycle.js";
import { nameOfUrn } from "../resource-name.js";
import { ifKnown, isKnown, type OrUnknown, type Preview } from "../unknown.js";
import { COMMUNITY_KIND } from "./community-kind.js";
import { communityRules } from "./community-rules.js";
import { type CommunityResource, CREATE_ONLY_FIELDS } from "./community-spec.js";

type Inputs = Preview<Partial<CommunityResource>>;

export function checkCommunity(context: LifecycleContext, old: Inputs, declared: Json): CheckResult<CommunityResource> {
  const { __urn, ...rest } = declared;
  const urn = urnIn(declared);
  const report = new CheckReport();

  const settings = report.settings(context);
  const rules = communityRules(settings?.byteLimits ?? BYTE_LIMITS);
  const given: Inputs = report.parse(rules, withoutEmpty(rest), { className: "ChatCommunity", required: ["name"] });
  const groupId = groupIdFor(report, declared.groupId, given, old, urn);
  const inputs: Inputs = {
    ...given,
    ...(groupId !== undefined && { groupId }),
    ...(settings && { sdkAppId: settings.sdkAppId }),
    ...(urn !== undefined && { __urn: urn }),
  };

  if (old.groupId !== undefined && old.groupId === inputs.groupId) {
    report.checkUnchanged(CREATE_ONLY_FIELDS, old, inputs, {
      object: "community",
      loss: "its messages",
      remedy: "choose a new group id",
    });
  }
  report.checkSameApp(COMMUNITY_KIND.describe(old.groupId ?? ""), old.sdkAppId, settings);
  if (isKnown(groupId) && urn !== undefined && report.issues.length === 0)
    report.issues.push(...context.declarations.declare([groupId], urn, COMMUNITY_KIND.describe));
  return { inputs, issues: report.issues, warnings: [] };
}

/** The declared group id, else the one that the state has, else one made of the resource's name. */
function groupIdFor(
  report: CheckReport,
  declared: unknown,
  given: Inputs,
  old: Inputs,
  urn: string | undefined,
): OrUnknown<string> | undefined {
  if (declared != null) {
    if (isKnown(given.groupId)) report.addAll("groupId", groupIdIssues(given.groupId));
    return given.groupId;
  }
  // A renamed resource keeps its id, as with Pulumi's own names.
  const keptId = ifKnown(old.groupId);
  if (keptId) return keptId;
  if (urn === undefined) {
    report.add("groupId", "is required");
    return undefined;
  }
  const groupId = ID_RULES.communityPrefix + nameOfUrn(urn);
  report.addAll("groupId", groupIdIssues(groupId), undefined, `(made of the resource's name, “${groupId}”) `);
  return groupId;
}
