/**
 * The one adapter from a lifecycle to Pulumi's `ResourceProvider`. It keeps to what the dynamic provider server can
 * carry: JSON without `undefined`, errors as one message without a stack, a partial failure with the `__provider` that
 * the server forgets, and warnings by way of the engine.
 */
import type { dynamic } from "@pulumi/pulumi";
import { isAboutCredentials } from "../chat/error-codes.js";
import { ChatError, ConnectionError, ServiceError, SettingsError } from "../chat/errors/index.js";
import { PartialFailureError } from "../lifecycle/errors/index.js";
import type { Lifecycle, Properties } from "../lifecycle/lifecycle.js";
import type { ProcessContext } from "./process-context.js";
import { refuseOldNode } from "./supported-node.js";

export function toResourceProvider(lifecycle: Lifecycle, context: () => ProcessContext): dynamic.ResourceProvider {
  /** On the resource's own row, where its URN is known: from its hidden input, or from the check of its topic. */
  const warn = async (warnings: readonly string[], properties: Properties, topicId?: unknown): Promise<void> => {
    const { __urn } = properties;
    const urn = typeof __urn === "string" ? __urn : context().declarations.urnOf(String(topicId));
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

  return {
    async configure({ config }) {
      context().configure(config);
    },

    check: (old, declared) =>
      plainly(undefined, async () => {
        const result = lifecycle.check(context(), withoutShim(old), withoutShim(declared));
        await warn(result.warnings ?? [], declared);
        return { inputs: toJson(result.inputs), failures: [...result.failures] };
      }),

    diff: (id, old, inputs) =>
      plainly(undefined, async () => {
        const result = lifecycle.diff(context(), id, withoutShim(old), withoutShim(inputs));
        await warn(result.warnings, inputs, inputs.topicId);
        return { changes: result.changes, replaces: [...result.replaces], deleteBeforeReplace: true };
      }),

    create: (inputs) =>
      plainly(inputs, async () => {
        const result = await warnedOnFailure(inputs, lifecycle.create(context(), withoutShim(inputs)));
        await warn(result.warnings, inputs, result.id);
        return { id: result.id, outs: toJson(result.outputs) };
      }),

    read: (id, old = {}) =>
      plainly(undefined, async () => {
        const result = await onFormerSettings(context, async () => lifecycle.read(context(), id, withoutShim(old)));
        // An empty id tells the engine that the object is gone.
        if (result === undefined) return { id: "", props: {} };
        return { id, props: toJson(result.outputs), inputs: toJson(result.inputs) };
      }),

    update: (id, old, inputs) =>
      plainly(inputs, async () => {
        const result = await warnedOnFailure(
          inputs,
          lifecycle.update(context(), id, withoutShim(old), withoutShim(inputs)),
        );
        await warn(result.warnings, inputs, id);
        return { outs: toJson(result.outputs) };
      }),

    delete: (id, old) =>
      plainly(undefined, async () => {
        const result = await onFormerSettings(context, async () => lifecycle.delete(context(), id, withoutShim(old)));
        await warn(result.warnings, old, id);
      }),
  };
}

function withoutShim(properties: Record<string, unknown>): Properties {
  const { __provider, ...rest } = properties;
  return rest;
}

/** The server cannot carry `undefined`, and fails after the fact. */
function toJson(properties: Properties): Record<string, unknown> {
  return JSON.parse(JSON.stringify(properties));
}

async function plainly<T>(inputs: Record<string, unknown> | undefined, operation: () => Promise<T>): Promise<T> {
  try {
    refuseOldNode();
    return await operation();
  } catch (error) {
    throw plainError(error, inputs);
  }
}

/** For operations that Pulumi runs on the settings in the state: changing the program's does not mend these. */
async function onFormerSettings<T>(context: () => ProcessContext, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof ChatError && isAboutFormerSettings(error, context())) {
      error.message +=
        " (`pulumi refresh` and `pulumi destroy` run on the settings of the last `pulumi up`: run one first, or add " +
        "`--run-program`.)";
    }
    throw error;
  }
}

function isAboutFormerSettings(error: ChatError, context: ProcessContext): boolean {
  if (error instanceof ServiceError) {
    if (error.outcomeUnknown || !isAboutCredentials(error.serviceCode)) return false;
    // A key in the environment is the present one.
    return !context.settings().credentials.origin.startsWith("variable ");
  }
  return error instanceof SettingsError || error instanceof ConnectionError;
}

/** Pulumi prints `stack` beside the message; the message says all. */
function plainError(error: unknown, inputs: Record<string, unknown> | undefined): Error {
  const plain = new Error(messageOf(error));
  plain.stack = "";
  if (error instanceof ChatError) Object.assign(plain, { code: error.code });
  if (error instanceof PartialFailureError) {
    const properties = toJson({ ...error.outputs, __provider: inputs?.__provider });
    Object.assign(plain, { id: error.id, properties, reasons: [...error.reasons] });
  }
  return plain;
}

function messageOf(error: unknown): string {
  if (error instanceof ChatError) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  return `pulumi-tencent-chat failed in a way it did not foresee, please report it: ${text}`;
}
