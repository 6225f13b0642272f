/**
 * A lifecycle as Pulumi's protocol has it: properties that are plain JSON, failures of a check as texts, and a write that
 * got part of the way as an error with what was reached.
 */
import type { DeleteResult, DiffResult, Lifecycle, LifecycleContext, WriteResult } from "../lifecycle/lifecycle.js";
import type { Settings } from "../settings/settings.js";
import { failureTexts, issueTexts } from "./error-text.js";
import { PartialFailureError } from "./partial-failure-error.js";

/** Properties of a resource as they cross the boundary. */
export type Properties = Readonly<Record<string, unknown>>;

export interface CheckFailure {
  /** Always empty: for a named property Pulumi adds what it takes for the value, mostly `{<nil>}`. The reason names it. */
  readonly property: "";
  readonly reason: string;
}

export interface PropertiesChecked {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
  readonly warnings: readonly string[];
}

export interface PropertiesWritten {
  readonly id: string;
  readonly outputs: Properties;
  readonly warnings: readonly string[];
}

export interface PropertiesLifecycle {
  check(context: LifecycleContext, old: Properties, declared: Properties): PropertiesChecked;
  diff(context: LifecycleContext, id: string, old: Properties, inputs: Properties): DiffResult;
  /** @throws {PartialFailureError} */
  create(context: LifecycleContext, inputs: Properties): Promise<PropertiesWritten>;
  /** Undefined when the object is gone. */
  read(
    context: LifecycleContext,
    id: string,
    old: Properties,
  ): Promise<{ readonly outputs: Properties; readonly inputs: Properties } | undefined>;
  /** @throws {PartialFailureError} */
  update(context: LifecycleContext, id: string, old: Properties, inputs: Properties): Promise<PropertiesWritten>;
  delete(context: LifecycleContext, id: string, old: Properties): Promise<DeleteResult>;
}

export function overProperties<Resource extends object>(lifecycle: Lifecycle<Resource>): PropertiesLifecycle {
  const { schema } = lifecycle;
  return {
    check(context, old, declared) {
      const { inputs, issues, warnings } = lifecycle.check(context, schema.readPreview(old), declared);
      const reasons = issueTexts(issues, { settings: settingsIn(context) });
      // What is not valid has no place in `inputs`, and the engine wants them all back.
      const answered = issues.length > 0 ? declared : { ...inputs };
      return { inputs: answered, failures: reasons.map((reason) => ({ property: "", reason })), warnings };
    },

    diff: (context, id, old, inputs) => lifecycle.diff(context, id, schema.read(old), schema.readPreview(inputs)),

    create: async (context, inputs) => written(context, await lifecycle.create(context, schema.read(inputs))),

    async read(context, id, old) {
      // A refresh passes the former outputs, a look-up (`get`) only what the program gave.
      const state = "sdkAppId" in old ? schema.read(old) : undefined;
      const result = await lifecycle.read(context, id, state);
      return result && { outputs: { ...result.state }, inputs: { ...(result.inputs ?? old) } };
    },

    update: async (context, id, old, inputs) =>
      written(context, await lifecycle.update(context, id, schema.read(old), schema.read(inputs))),

    delete: (context, id, old) => lifecycle.delete(context, id, schema.read(old)),
  };
}

function written(context: LifecycleContext, result: WriteResult<object>): PropertiesWritten {
  const { id, state, warnings, failure } = result;
  if (failure === undefined) return { id, outputs: { ...state }, warnings };
  const causes = failureTexts(failure.failures, failure.untried, { settings: settingsIn(context) });
  throw new PartialFailureError(failure.summary, id, { ...state }, causes, warnings);
}

/** The settings, where they are in order. */
export function settingsIn(context: LifecycleContext): Settings | undefined {
  try {
    return context.settings();
  } catch {
    return undefined;
  }
}
