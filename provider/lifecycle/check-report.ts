/**
 * What a check finds: all issues of a resource at once, each under its property's path; and the checks that every
 * resource makes.
 */
import type { z } from "zod";
import { ChatError } from "../chat/errors/index.js";
import type { IdIssue } from "../chat/topic-id.js";
import type { Settings } from "../settings/settings.js";
import type { CheckIssue, PropertyIssue } from "./check-issue.js";
import type { Json, LifecycleContext } from "./lifecycle.js";
import { describeResource } from "./resource-name.js";
import { assertSameApp } from "./same-app.js";
import { isKnown, type OrUnknown, UNKNOWN } from "./unknown.js";
import { isRuleParams } from "./value-rules.js";

/** Properties that obey the rules, or are not known yet. */
type Valid<Shape extends z.core.$ZodLooseShape> = {
  readonly [Name in keyof Shape]?: OrUnknown<Exclude<z.output<Shape[Name]>, undefined>>;
};

interface ParseOptions {
  /** How messages call what has the properties: "ChatTopic". */
  readonly className: string;
  readonly required: readonly string[];
  readonly topicKey?: string;
}

export class CheckReport {
  readonly issues: CheckIssue[] = [];

  /** An issue of a property: "`topicName` is required". */
  add(
    property: string,
    problem: string,
    more: Partial<Pick<PropertyIssue, "topicKey" | "remedy" | "rule">> = {},
  ): void {
    this.issues.push({ topicKey: undefined, property, problem, ...more });
  }

  /** Issues of an id. @param prefix What comes before each: "as a topic key ". */
  addAll(property: string, issues: readonly IdIssue[], topicKey?: string, prefix = ""): void {
    for (const { problem, rule, detail } of issues) {
      const params = { rule: prefix + rule, ...(detail !== undefined && { detail }) };
      this.add(property, prefix + problem, { topicKey, rule: params });
    }
  }

  /** What `compute` gives; its error is an issue of the resource. */
  collectError<T>(compute: () => T): T | undefined {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      this.issues.push({ name: "", error });
      return undefined;
    }
  }

  /** The settings, if they are in order. */
  settings(context: LifecycleContext): Settings | undefined {
    return this.collectError(() => context.settings());
  }

  /** The properties that obey the rules, and those that are not known yet; all others are issues. */
  parse<Shape extends z.core.$ZodLooseShape>(
    rules: z.ZodObject<Shape>,
    given: Json,
    { className, required, topicKey }: ParseOptions,
  ): Valid<Shape> {
    for (const name of required) if (!(name in given)) this.add(name, "is required", { topicKey });
    const known = Object.entries(given).filter(([, value]) => value !== UNKNOWN);
    const { error } = rules.safeParse(Object.fromEntries(known));
    const wrong = new Set<unknown>();
    for (const issue of error?.issues ?? []) {
      if (issue.code === "unrecognized_keys") {
        const names = Object.keys(rules.shape).join(", ");
        for (const key of issue.keys)
          this.add(key, `is not an argument of ${className}; it has ${names}`, { topicKey });
      } else {
        const rule = issue.code === "custom" && isRuleParams(issue.params) ? issue.params : undefined;
        this.add(issue.path.join("."), issue.message, { topicKey, rule, remedy: rule?.remedy });
        wrong.add(issue.path[0]);
      }
    }
    const valid = Object.entries(given).filter(([name]) => Object.hasOwn(rules.shape, name) && !wrong.has(name));
    return Object.fromEntries(valid) as Valid<Shape>;
  }

  checkSameApp(what: string, sdkAppId: unknown, settings: Settings | undefined): void {
    if (settings !== undefined) this.collectError(() => assertSameApp(what, sdkAppId, settings));
  }

  /**
   * A value that is fixed at creation cannot change: another one would need another object, and what is in this one
   * would be lost. Adding or removing it only changes the state.
   */
  checkUnchanged<Name extends string>(
    names: readonly Name[],
    old: { readonly [N in Name]?: unknown },
    inputs: { readonly [N in Name]?: unknown },
    {
      object,
      loss,
      remedy,
      topicKey,
    }: { readonly object: string; readonly loss: string; readonly remedy: string; readonly topicKey?: string },
  ): void {
    for (const name of names) {
      const [before, after] = [old[name], inputs[name]];
      if (!isKnown(before) || !isKnown(after) || before === after) continue;
      const change = `from ${JSON.stringify(before)} to ${JSON.stringify(after)}`;
      const reason = `it is fixed when a ${object} is created, and re-creating the ${object} would lose ${loss}`;
      this.add(name, `cannot change ${change}: ${reason}`, {
        topicKey,
        remedy: `keep the value, or ${remedy}`,
        rule: { rule: `cannot change: ${reason}`, detail: change },
      });
    }
  }

  /** Notes that `urn` has topics in the community; an issue where that belongs to an exclusive set, or would. */
  claimCommunity({ declarations }: LifecycleContext, groupId: string, urn: string, isExclusive = false): void {
    const [other, ...more] = declarations.claimCommunity(urn, groupId, isExclusive);
    if (other === undefined) return;
    const [owner, guest] = isExclusive ? [urn, other] : [other, urn];
    const have = more.length > 0 ? ` and ${more.length} more have` : " has";
    this.add(
      "",
      `${describeResource(owner)} is exclusive, so it removes every topic of ${groupId} that it does not declare, and ` +
        `${describeResource(guest)}${have} topics there too (${owner} and ${guest})`,
      {
        remedy:
          `declare all of them in ${describeResource(owner)}, with \`adopt: "matching"\` (a topic with an assigned id by ` +
          'its `topicId`); or take `exclusive` from it, with `onRemove: "retain"` for one `pulumi up` if a refresh has ' +
          "recorded others there",
      },
    );
  }
}

/** The resource's URN, as the hidden input gives it. */
export function urnIn({ __urn }: Json): string | undefined {
  return typeof __urn === "string" && isKnown(__urn) ? __urn : undefined;
}

/** Without what a program leaves out by giving nothing. */
export function withoutEmpty(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value != null));
}
