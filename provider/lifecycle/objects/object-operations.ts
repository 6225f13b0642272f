/**
 * What can be done with an object of any kind: import, adopt, modify, destroy. An operation takes the object as it is
 * declared and gives what holds afterwards; what its first calls reached is kept when a later one fails.
 */
import { AlreadyExistsError, CallError, ChatError, NotFoundError } from "../../chat/errors/index.js";
import type { Failure } from "../failure.js";
import type { LifecycleContext } from "../lifecycle.js";
import type { RemovePolicy } from "../policies.js";
import { adoptionRefusal, expectsExisting } from "./adoption.js";
import type { ObjectKind, ObjectRef, ObjectSpec } from "./object-kind.js";

/** Something to tell about an object. */
export interface ObjectWarning {
  /** A whole sentence. */
  readonly text: string;
  /** The same of several objects, what comes after their number: "topics were taken over". Equal ones are told together. */
  readonly ofSeveral: string;
}

/** What an operation came to. */
export interface ObjectResult<Spec> {
  readonly id: string;
  /** What holds now. */
  readonly state: Spec;
  readonly warnings: readonly ObjectWarning[];
  /** What is still to be done. */
  readonly failure?: Omit<Failure, "name"> | undefined;
}

export class ObjectOperations<Spec extends ObjectSpec, Live> {
  constructor(
    private readonly context: LifecycleContext,
    private readonly kind: ObjectKind<Spec, Live>,
  ) {}

  /** Makes an object of which nothing is known: imports it, or adopts the one that has its id. */
  async createOrAdopt(spec: Spec): Promise<ObjectResult<Spec>> {
    const id = this.kind.idOf(spec);
    if (id !== undefined && !this.kind.isAssigned(id) && expectsExisting(spec.adopt)) {
      const live = await this.kind.read(this.context, { groupId: spec.groupId, id });
      if (live !== undefined) return this.#adoptIfAllowed(id, spec, live);
    }
    return this.importOrAdopt(spec);
  }

  /** Makes an object that is not there, as far as is known; then changes what an import cannot set. */
  async importOrAdopt(spec: Spec): Promise<ObjectResult<Spec>> {
    const chosenId = this.kind.idOf(spec);
    if (chosenId !== undefined && this.kind.isAssigned(chosenId)) return this.#adoptExisting(chosenId, spec);
    let id: string;
    try {
      id = await this.kind.import(this.context, spec);
    } catch (error) {
      if (error instanceof AlreadyExistsError && chosenId !== undefined) {
        return this.#adoptExisting(chosenId, spec, error);
      }
      if (error instanceof CallError && error.attempts.outcomeUnknown && chosenId === undefined) {
        throw this.kind.outcomeUnknownError(spec, error);
      }
      throw error;
    }
    return this.#change({ groupId: spec.groupId, id }, this.kind.asImported(spec), spec, "imported");
  }

  /** `error` is missing for an id that only the service can give, for which no import was tried. */
  async #adoptExisting(id: string, spec: Spec, error?: AlreadyExistsError): Promise<ObjectResult<Spec>> {
    const live = await this.kind.read(this.context, { groupId: spec.groupId, id });
    if (live === undefined) throw this.kind.missingError(this.context, id, this.#whyMissing(error));
    // After a lost answer it is most likely the object that this run has imported: no adoption to be warned of.
    const isOurs = error?.attempts.outcomeUnknown === true;
    const result = await this.#adoptIfAllowed(id, spec, live, isOurs);
    return isOurs ? { ...result, warnings: [] } : result;
  }

  #whyMissing(error: AlreadyExistsError | undefined): string {
    const { noun, otherId, assignedIdRemedy } = this.kind;
    // A report of 2017 saw ids of deleted groups stay taken (https://github.com/zhaoyang21cn/suixinbo_doc/issues/18).
    return error
      ? `the service says nevertheless that its id is in use, as it may for a ${noun} that was destroyed; run the command ` +
          `again later, or choose ${otherId}`
      : `only the service can assign an id of this form; ${assignedIdRemedy}`;
  }

  async #adoptIfAllowed(id: string, spec: Spec, live: Live, isOurs = false): Promise<ObjectResult<Spec>> {
    const { uses, adoptedWith } = await this.kind.contents(this.context, { groupId: spec.groupId, id }, live);
    const refusal = adoptionRefusal(this.kind, id, { spec, live: this.kind.asLive(spec, live), uses, isOurs });
    if (refusal !== undefined) throw refusal;
    return this.adopt(id, spec, live, { adoptedWith, was: isOurs ? "imported" : "taken over" });
  }

  /** Takes over an object that the policy allows to take over, and changes what differs. */
  async adopt(
    id: string,
    spec: Spec,
    live: Live,
    { adoptedWith = "", was = "taken over" }: { readonly adoptedWith?: string; readonly was?: string } = {},
  ): Promise<ObjectResult<Spec>> {
    const before = this.kind.asLive(spec, live);
    const result = await this.#change({ groupId: spec.groupId, id }, before, spec, was);
    if (result.failure !== undefined) return result;
    const names = Object.keys(this.kind.plan(before, spec).changes);
    const changed = names.length > 0 ? ` and changed (${names.join(", ")})` : "";
    const { noun, nouns } = this.kind;
    const text = `1 ${noun} existed already and was taken over${changed}: ${this.kind.shortName(id)}${adoptedWith}.`;
    const warning = { text, ofSeveral: `${nouns} existed already and were taken over${changed}` };
    return { ...result, warnings: [warning] };
  }

  /**
   * Makes `to` of `from`. A text that is no longer declared is cleared, and that is confirmed by a read, since no page says
   * what an empty text does.
   */
  async modify(ref: ObjectRef, from: Spec, to: Spec): Promise<ObjectResult<Spec>> {
    const { changes, cleared } = this.kind.plan(from, to);
    // What no call changes is as declared at once.
    const before = withValues(to, from, keysOf(changes));
    const result = await this.#change(ref, before, to, "changed");
    if (result.failure === undefined) return cleared.length === 0 ? result : this.#confirmCleared(ref, to, cleared);
    if (result.state !== before) return result;
    if (result.failure.error instanceof NotFoundError) return this.reimport(ref.id, to);
    throw result.failure.error;
  }

  /** Somebody deleted the object outside of Pulumi. It comes back as it is declared; what was in it does not. */
  async reimport(id: string, spec: Spec): Promise<ObjectResult<Spec>> {
    if (this.kind.idOf(spec) === undefined) {
      const remedy = "it was deleted outside of Pulumi; run `pulumi refresh`, then `pulumi up`, which makes a new one";
      throw this.kind.missingError(this.context, id, remedy);
    }
    const result = await this.importOrAdopt(spec);
    const warning = {
      text: `${this.kind.describe(id)} had been ${this.kind.reimported.one}`,
      ofSeveral: `${this.kind.nouns} had been ${this.kind.reimported.several} They are`,
    };
    return { ...result, warnings: [warning, ...result.warnings] };
  }

  /** Where the service keeps a text, that is a warning, and the text is no longer tracked. */
  async #confirmCleared(
    ref: ObjectRef,
    to: Spec,
    names: readonly (keyof Spec & string)[],
  ): Promise<ObjectResult<Spec>> {
    const { id } = ref;
    // Until it is confirmed, the text is tracked as an empty one, so that the next update clears it again.
    const emptied = { ...to, ...Object.fromEntries(names.map((name) => [name, ""])) };
    const what = `was changed, but whether ${names.join(", ")} is cleared could not be confirmed`;
    try {
      const live = await this.kind.read(this.context, ref);
      const seen = live && this.kind.asLive(emptied, live);
      const kept = seen === undefined ? [] : names.filter((name) => seen[name] !== "");
      const { noun, nouns } = this.kind;
      const remedy = "It is no longer managed; to change it, declare another text.";
      const warnings = kept.map((name) => ({
        text: `The service keeps the \`${name}\` of ${noun} ${this.kind.shortName(id)} although it was told to clear it. ${remedy}`,
        ofSeveral: `${nouns} keep their \`${name}\`, although the service was told to clear it. ${remedy} They are`,
      }));
      return { id, state: to, warnings };
    } catch (error) {
      if (error instanceof ChatError) {
        return {
          id,
          state: emptied,
          warnings: [],
          failure: { progress: { subject: this.kind.describe(id), what }, error },
        };
      }
      throw error;
    }
  }

  /** Makes `to` of `from` by one call after the other. @param was What was done before: "imported". */
  async #change(ref: ObjectRef, from: Spec, to: Spec, was: string): Promise<ObjectResult<Spec>> {
    const { id } = ref;
    const { changes } = this.kind.plan(from, to);
    let state = from;
    if (Object.keys(changes).length === 0) return { id, state: to, warnings: [] };
    for (const { names, send, undone } of await this.kind.changeCalls(this.context, ref, changes)) {
      try {
        await send();
      } catch (error) {
        if (!(error instanceof ChatError)) throw error;
        const progress = { subject: this.kind.describe(id), what: `was ${was}, but ${undone}` };
        return { id, state, warnings: [], failure: { progress, error } };
      }
      state = withValues(state, { ...to, ...changes }, names);
    }
    return { id, state: to, warnings: [] };
  }

  /** Does what `onRemove` says, but never to an object that another resource of the run has taken over. */
  async destroy(ref: ObjectRef, onRemove: RemovePolicy = "unused"): Promise<{ warnings: ObjectWarning[] }> {
    if (onRemove === "retain") return { warnings: [] };
    const declarer = this.context.declarations.describeDeclarer(ref.id);
    if (declarer !== undefined) return { warnings: [this.handoverWarning(ref.id, declarer)] };
    await this.kind.assertDestroyable(this.context, ref);
    if (onRemove === "unused") {
      const live = await this.kind.read(this.context, ref);
      if (live === undefined) return { warnings: [] };
      await this.kind.assertUnused(this.context, ref, live);
    }
    await this.kind.destroy(this.context, ref);
    return { warnings: [] };
  }

  /** Another resource of the run declares the object. */
  handoverWarning(id: string, declarer: string): ObjectWarning {
    return {
      text: `${this.kind.describe(id)} was not destroyed: ${declarer} declares it now.`,
      ofSeveral: `${this.kind.nouns} were not destroyed, since ${declarer} declares them now`,
    };
  }
}

function keysOf<T extends object>(object: T): (keyof T)[] {
  return Object.keys(object) as (keyof T)[];
}

/** `spec` with those fields of another one, also where that has none. */
function withValues<Spec>(spec: Spec, other: Spec, names: readonly (keyof Spec)[]): Spec {
  const result = { ...spec };
  for (const name of names) result[name] = other[name];
  return result;
}
