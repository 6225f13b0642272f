/** Checks whose issues come one by one, each with its path: the engine gets those of a set gathered by their cause. */
import type { CheckIssue } from "../../provider/lifecycle/check-issue.js";
import { communityLifecycle } from "../../provider/lifecycle/community/index.js";
import type { Lifecycle, LifecycleContext } from "../../provider/lifecycle/lifecycle.js";
import { topicLifecycle } from "../../provider/lifecycle/topic/index.js";
import { topicSetLifecycle } from "../../provider/lifecycle/topic-set/index.js";
import { issueTexts } from "../../provider/pulumi/error-text.js";
import type { Properties } from "../../provider/pulumi/properties.js";

export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
  readonly warnings: readonly string[];
}

function checkOf<Resource extends object>(lifecycle: Lifecycle<Resource>) {
  return (context: LifecycleContext, old: Properties, declared: Properties): CheckResult => {
    const { inputs, issues, warnings } = lifecycle.check(context, lifecycle.schema.readPreview(old), declared);
    const failures = issues.map((issue) => {
      return { property: pathOf(issue), reason: issueTexts([issue], { settings: undefined }).join() };
    });
    return { inputs: failures.length > 0 ? declared : { ...inputs }, failures, warnings };
  };
}

/** `topics["general"].topicName`; empty for the resource as a whole. */
function pathOf(issue: CheckIssue): string {
  if ("error" in issue) return "";
  const { topicKey, property } = issue;
  if (topicKey === undefined) return property;
  return `topics[${JSON.stringify(topicKey)}]${property === "" ? "" : `.${property}`}`;
}

export const CHECKS = {
  ChatTopic: checkOf(topicLifecycle),
  ChatTopicSet: checkOf(topicSetLifecycle),
  ChatCommunity: checkOf(communityLifecycle),
};
