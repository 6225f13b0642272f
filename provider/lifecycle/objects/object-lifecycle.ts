/** The lifecycle of a resource that is a single object, whatever its kind. */
import type { Lifecycle, LifecycleContext, ReadResult, WriteResult } from "../lifecycle.js";
import type { ManagedResource } from "../resource-schema.js";
import { assertSameApp } from "../same-app.js";
import type { ObjectKind, ObjectRef, ObjectSpec } from "./object-kind.js";
import { ObjectOperations, type ObjectResult } from "./object-operations.js";

/** What only one kind of resource knows. */
interface ResourceParts<Spec, Live, Resource> extends Pick<Lifecycle<Resource>, "schema" | "check" | "diff"> {
  refOf(id: string, state: Resource): ObjectRef;
  /** The state after a write that `inputs` asked for, and that reached `spec`. */
  stateOf(inputs: Resource, id: string, spec: Spec): Resource;
  /** A read that may be answered from what another read of the same moment got. */
  readShared(context: LifecycleContext, ref: ObjectRef): Promise<Live | undefined>;
  /** What a program would declare for the state. */
  inputsOf(state: Resource): Partial<Resource>;
  /** Everything about an object that is managed elsewhere. */
  lookUp(context: LifecycleContext, id: string): Promise<ReadResult<Resource>>;
}

export function objectLifecycle<Spec extends ObjectSpec, Live, Resource extends Spec & ManagedResource>(
  kind: ObjectKind<Spec, Live>,
  { schema, check, diff, refOf, stateOf, readShared, inputsOf, lookUp }: ResourceParts<Spec, Live, Resource>,
): Lifecycle<Resource> {
  const operations = (context: LifecycleContext, id: string, { sdkAppId }: Resource) => {
    assertSameApp(kind.describe(id), sdkAppId, context.settings());
    return new ObjectOperations(context, kind);
  };
  const written = (
    inputs: Resource,
    { id, state: spec, warnings: told, failure }: ObjectResult<Spec>,
  ): WriteResult<Resource> => {
    const state = stateOf(inputs, id, spec);
    const warnings = told.map(({ text }) => text);
    if (failure === undefined) return { id, state, warnings };
    const { progress, error } = failure;
    const summary = `${kind.describe(id)} ${progress?.what ?? ""}`;
    return { id, state, warnings, failure: { summary, failures: [{ name: id, error }], untried: [] } };
  };
  return {
    schema,
    check,
    diff,
    async create(context, inputs) {
      return written(inputs, await operations(context, kind.idOf(inputs) ?? "", inputs).createOrAdopt(inputs));
    },
    async update(context, id, state, inputs) {
      return written(inputs, await operations(context, id, state).modify(refOf(id, inputs), state, inputs));
    },
    async read(context, id, state) {
      if (state === undefined) return lookUp(context, id);
      const settings = context.settings();
      assertSameApp(kind.describe(id), state.sdkAppId, settings);
      const ref = refOf(id, state);
      const live = await readShared(context, ref);
      if (live === undefined) return undefined;
      // A state that was made by hand may lack what is known all the same.
      const { sdkAppId = settings.sdkAppId } = state;
      const seen = { ...state, ...kind.asLive(state, live), groupId: ref.groupId, sdkAppId };
      return { state: seen, inputs: inputsOf(seen) };
    },
    async delete(context, id, state) {
      const { warnings } = await operations(context, id, state).destroy(refOf(id, state), state.onRemove);
      return { warnings: warnings.map(({ text }) => text) };
    },
  };
}
