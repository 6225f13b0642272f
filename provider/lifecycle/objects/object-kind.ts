/**
 * A kind of object in the app: a topic, a community. What creating, changing, reading and destroying have in common is
 * written once, in this folder; a kind says what is special about it.
 */
import type { CallError, ChatError } from "../../chat/errors/index.js";
import type { LifecycleContext } from "../lifecycle.js";
import type { AdoptPolicy } from "../policies.js";

/** Which object it is, and in which community. Of a community both are the same. */
export interface ObjectRef {
  readonly groupId: string;
  readonly id: string;
}

/** What a program can say about an object of any kind. */
export interface ObjectSpec {
  readonly groupId: string;
  readonly adopt?: AdoptPolicy | undefined;
}

export interface PlannedChanges<Spec> {
  /** The fields that have to change, with their new values. */
  readonly changes: Partial<Spec>;
  /** Those of them that are cleared, since the program no longer declares them. */
  readonly cleared: readonly (keyof Spec & string)[];
}

/** One call that changes an object. */
export interface ChangeCall<Spec> {
  /** The fields that it changes. */
  readonly names: readonly (keyof Spec & string)[];
  readonly send: () => Promise<void>;
  /** What has not happened when it failed: "not changed". */
  readonly undone: string;
}

/** What an object holds, in words: "it has messages (…)". */
export interface Contents {
  /** By what it counts as used. */
  readonly uses: readonly string[];
  /** What a warning about its adoption adds: ", with 3 topics". */
  readonly adoptedWith: string;
}

/** `Spec` is an object as a program declares it, `Live` the object as it is in the app. */
export interface ObjectKind<Spec extends ObjectSpec, Live> {
  /** "topic" */
  readonly noun: string;
  /** "topics" */
  readonly nouns: string;
  /** How messages tell to choose another id: "another topic key". */
  readonly otherId: string;
  /** What to do about an id that only the service can give, and that does not exist. */
  readonly assignedIdRemedy: string;
  /** Declared fields that are no reason against an adoption, since an import cannot set them. */
  readonly setAfterImport: readonly (keyof Spec & string)[];

  /** How an object is called at the start of a sentence: `Topic "general" in @TGS#_players`. */
  describe(id: string): string;
  /** The same without its kind: `"general" in @TGS#_players`. */
  shortName(id: string): string;
  /** The id that the program chose; undefined where the service assigns one. */
  idOf(spec: Spec): string | undefined;
  /** Can only the service give such an id? */
  isAssigned(id: string): boolean;
  /** What has to change to make `to` of `from`. */
  plan(from: Spec, to: Spec): PlannedChanges<Spec>;
  /** What holds after the import: what it cannot set is as the service makes it. */
  asImported(spec: Spec): Spec;
  /** The spec with the live values of the fields that it declares. A field that the service does not tell is unchanged. */
  asLive(spec: Spec, live: Live): Spec;

  /** The object now; undefined when it does not exist. */
  read(context: LifecycleContext, ref: ObjectRef): Promise<Live | undefined>;
  /** Makes the object, and gives its id. @throws {AlreadyExistsError} when the id is taken. */
  import(context: LifecycleContext, spec: Spec): Promise<string>;
  /** The calls that make these changes, in their order. */
  changeCalls(context: LifecycleContext, ref: ObjectRef, changes: Partial<Spec>): Promise<readonly ChangeCall<Spec>[]>;
  destroy(context: LifecycleContext, ref: ObjectRef): Promise<void>;

  contents(context: LifecycleContext, ref: ObjectRef, live: Live): Promise<Contents>;
  /** @throws where something would be lost with it. */
  assertUnused(context: LifecycleContext, ref: ObjectRef, live: Live): Promise<void>;
  /** @throws where it must not be destroyed, whether it is used or not. */
  assertDestroyable(context: LifecycleContext, ref: ObjectRef): Promise<void>;

  /** The object should be there, and is not. */
  missingError(context: LifecycleContext, id: string, remedy: string): ChatError;
  /** Nobody can tell whether the import of an object without an id of ours took effect. */
  outcomeUnknownError(spec: Spec, cause: CallError): ChatError;
  /** The end of a warning that somebody had deleted it, and that it was imported anew: after "had been". */
  readonly reimported: { readonly one: string; readonly several: string };
}
