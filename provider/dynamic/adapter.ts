/**
 * The adapter from a lifecycle to Pulumi's `ResourceProvider`. It keeps to what the dynamic provider server can carry:
 * JSON without `undefined`, errors as one message without a stack, a partial failure with the `__provider` that the server
 * forgets, and warnings by way of the engine.
 */
import type { dynamic } from "@pulumi/pulumi";
import { ChatError } from "../chat/errors/index.js";
import { engineText } from "../pulumi/error-text.js";
import { PartialFailureError } from "../pulumi/partial-failure-error.js";
import type { ProcessContext } from "../pulumi/process-context.js";
import { type Properties, type PropertiesLifecycle, settingsIn } from "../pulumi/properties.js";
import { assertSupportedNode } from "../pulumi/supported-node.js";

export function toResourceProvider(
  lifecycle: PropertiesLifecycle,
  context: () => ProcessContext,
): dynamic.ResourceProvider {
  /** On the resource's own row, where its URN is known: from its hidden input, or from the resource that declared this id. */
  const warn = async (warnings: readonly string[], properties: Properties, id?: unknown): Promise<void> => {
    const { __urn } = properties;
    const urn = typeof __urn === "string" ? __urn : context().declarations.urnOf(String(id));
    for (const warning of warnings) await context().engine.warn(warning, urn);
  };

  /** What was done is told also when something else failed. */
  const warnedOnFailure = async <T>(inputs: Properties, write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } catch (error) {
      if (error instanceof PartialFailureError) await warn(error.warnings, inputs, error.id);
      throw error;
    }
  };

  const withPulumiErrors = async <T>(
    operation: () => Promise<T>,
    more: { readonly inputs?: Properties; readonly usesSettingsFromState?: boolean } = {},
  ): Promise<T> => {
    try {
      assertSupportedNode();
      return await operation();
    } catch (error) {
      throw pulumiError(error, context, more);
    }
  };

  return {
    async configure({ config }) {
      context().configure(config);
    },

    check: (old, declared) =>
      withPulumiErrors(async () => {
        const result = lifecycle.check(context(), withoutShim(old), withoutShim(declared));
        await warn(result.warnings, declared);
        return { inputs: toJson(result.inputs), failures: [...result.failures] };
      }),

    diff: (id, old, inputs) =>
      withPulumiErrors(async () => {
        const result = lifecycle.diff(context(), id, withoutShim(old), withoutShim(inputs));
        await warn(result.warnings, inputs, inputs.topicId);
        return { changes: result.changes, replaces: [...result.replaces], deleteBeforeReplace: true };
      }),

    create: (inputs) =>
      withPulumiErrors(
        async () => {
          const result = await warnedOnFailure(inputs, lifecycle.create(context(), withoutShim(inputs)));
          await warn(result.warnings, inputs, result.id);
          return { id: result.id, outs: toJson(result.outputs) };
        },
        { inputs },
      ),

    read: (id, old = {}) =>
      withPulumiErrors(
        async () => {
          const result = await lifecycle.read(context(), id, withoutShim(old));
          // An empty id tells the engine that the object is gone.
          if (result === undefined) return { id: "", props: {} };
          return { id, props: toJson(result.outputs), inputs: toJson(result.inputs) };
        },
        { usesSettingsFromState: true },
      ),

    update: (id, old, inputs) =>
      withPulumiErrors(
        async () => {
          const update = lifecycle.update(context(), id, withoutShim(old), withoutShim(inputs));
          const result = await warnedOnFailure(inputs, update);
          await warn(result.warnings, inputs, id);
          return { outs: toJson(result.outputs) };
        },
        { inputs },
      ),

    delete: (id, old) =>
      withPulumiErrors(
        async () => {
          const result = await lifecycle.delete(context(), id, withoutShim(old));
          await warn(result.warnings, old, id);
        },
        { usesSettingsFromState: true },
      ),
  };
}

function withoutShim({ __provider, ...properties }: Properties): Properties {
  return properties;
}

/** The server cannot carry `undefined`, and fails after the fact. */
function toJson(properties: Properties): Record<string, unknown> {
  return JSON.parse(JSON.stringify(properties));
}

/** Pulumi prints `stack` beside the message; the message says all. */
function pulumiError(
  error: unknown,
  context: () => ProcessContext,
  { inputs, usesSettingsFromState = false }: { readonly inputs?: Properties; readonly usesSettingsFromState?: boolean },
): Error {
  if (!(error instanceof ChatError)) {
    const text = error instanceof Error ? error.message : String(error);
    return errorWithoutStack(`pulumi-tencent-chat failed in a way it did not foresee, please report it: ${text}`);
  }
  const { code } = error;
  const plain = errorWithoutStack(engineText(error, { settings: settingsIn(context()), usesSettingsFromState }));
  if (!(error instanceof PartialFailureError)) return Object.assign(plain, { code });
  const properties = toJson({ ...error.outputs, __provider: inputs?.__provider });
  return Object.assign(plain, { code, id: error.id, properties, reasons: [...error.reasons] });
}

function errorWithoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = "";
  return error;
}
