/**
 * What a check finds: all faults of a resource at once, each under its property's path; and the checks that every
 * resource makes. A fault is the rest of a sentence that starts with the property.
 */
import type { z } from "zod";
import { ChatError } from "../chat/errors/index.js";
import type { Settings } from "../chat/settings.js";
import { type Declarations, describeResource } from "./declarations.js";
import { declare } from "./declare.js";
import type { CheckFailure, LifecycleContext, Properties } from "./lifecycle.js";
import { refuseOtherApp } from "./same-app.js";
import { isKnown, UNKNOWN } from "./unknown.js";

export class CheckReport {
  readonly failures: CheckFailure[] = [];

  /** A fault of a property: "`topicName` is required". */
  fail(property: string, fault: string): void {
    this.failures.push({ property, reason: `\`${property}\` ${fault}` });
  }

  /** A fault of the resource as a whole, as a sentence of its own. */
  failWhole(sentence: string): void {
    this.failures.push({ property: "", reason: sentence });
  }

  /** Runs `attempt`, and takes its error as a fault of the whole. */
  attempt<T>(attempt: () => T): T | undefined {
    try {
      return attempt();
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      this.failWhole(error.message);
      return undefined;
    }
  }

  /** The settings, if they are in order. */
  settings(context: LifecycleContext): Settings | undefined {
    return this.attempt(() => context.settings());
  }

  /** Holds the known ones of `given` against `rules`. `path` names a property of theirs. */
  applyRules(
    rules: z.ZodObject,
    given: Properties,
    options: { readonly owner: string; readonly required: readonly string[]; readonly path?: (name: string) => string },
  ): void {
    const { path = (name: string) => name } = options;
    for (const name of options.required) if (!(name in given)) this.fail(path(name), "is required");
    const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== UNKNOWN));
    for (const issue of rules.safeParse(known).error?.issues ?? []) {
      if (issue.code === "unrecognized_keys") {
        const names = Object.keys(rules.shape).join(", ");
        for (const key of issue.keys) this.fail(path(key), `is not an argument of ${options.owner}; it has ${names}`);
      } else {
        this.fail(path(issue.path.join(".")), issue.message);
      }
    }
  }

  refuseOtherApp(what: string, state: Properties, settings: Settings | undefined): void {
    if (settings !== undefined) this.attempt(() => refuseOtherApp(what, state, settings));
  }

  /**
   * A value that is fixed at creation cannot change: another one would need another object, and what is in this one
   * would be lost. Adding or removing it only changes the state.
   */
  refuseChanged(
    names: readonly string[],
    old: Properties,
    inputs: Properties,
    options: {
      readonly object: "topic" | "community";
      readonly remedy: string;
      readonly path?: (name: string) => string;
    },
  ): void {
    const { object, remedy, path = (name: string) => name } = options;
    for (const name of names) {
      const [before, after] = [old[name], inputs[name]];
      if (!isKnown(before) || !isKnown(after) || before === after) continue;
      this.fail(
        path(name),
        `cannot change from ${JSON.stringify(before)} to ${JSON.stringify(after)}: it is fixed when a ${object} is ` +
          `created, and re-creating the ${object} would lose its messages. Keep the value, or ${remedy}`,
      );
    }
  }

  /** Notes that `urn` declares these topics or communities; a fault where another resource has, or lets go of, one. */
  declare(declarations: Declarations, ids: readonly string[], urn: string): void {
    for (const { message } of declare(declarations, ids, urn)) this.failWhole(message);
  }

  /** Notes that `urn` has topics in the community; a fault where that belongs to an exclusive set, or would. */
  settle(declarations: Declarations, groupId: unknown, urn: string, isExclusive = false): void {
    if (typeof groupId !== "string" || !isKnown(groupId)) return;
    const [other, ...more] = declarations.settle(urn, groupId, isExclusive);
    if (other === undefined) return;
    const [owner, guest] = isExclusive ? [urn, other] : [other, urn];
    const have = more.length > 0 ? ` and ${more.length} more have` : " has";
    this.failWhole(
      `${describeResource(owner)} is exclusive, so it removes every topic of ${groupId} that it does not declare, and ` +
        `${describeResource(guest)}${have} topics there too (${owner} and ${guest}). What to do: declare all of them in ` +
        `${describeResource(owner)}, with \`adopt: "matching"\` (a topic with an assigned id by its \`topicId\`); or take ` +
        '`exclusive` from it, with `onRemove: "retain"` for one `pulumi up` if a refresh has recorded others there.',
    );
  }
}

/** The resource's URN, as the hidden input gives it. */
export function urnIn(declared: Properties): string | undefined {
  const { __urn } = declared;
  return typeof __urn === "string" && isKnown(__urn) ? __urn : undefined;
}

/** Without what a program leaves out by giving nothing. */
export function withoutEmpty(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value != null));
}
