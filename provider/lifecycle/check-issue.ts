/** What a check finds, as data. */
import type { Failure } from "./failure.js";
import type { RuleParams } from "./value-rules.js";

/** What is wrong with a property. */
export interface PropertyIssue {
  /** The topic of a set, or undefined for the resource itself. */
  readonly topicKey: string | undefined;
  /** The property, of the topic or of the resource; empty for the topic, or the resource, as a whole. */
  readonly property: string;
  /** The rest of a sentence that starts with the property: "is required". Of the whole resource, a sentence of its own. */
  readonly problem: string;
  /** What helps, where the problem does not say it, without a full stop. */
  readonly remedy?: string | undefined;
  /** Groups values that break the same rule into one message. */
  readonly rule?: RuleParams | undefined;
}

/** An issue of a property, or an error about the resource or one of its topics. */
export type CheckIssue = PropertyIssue | Failure;
