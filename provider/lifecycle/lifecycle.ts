/**
 * What the lifecycle of a resource is: six functions from typed data to typed data. They know nothing of Pulumi's SDK; an
 * adapter translates, and a second adapter could.
 */
import type { Communities } from "../chat/communities.js";
import type { Topics } from "../chat/topics.js";
import type { Settings } from "../settings/settings.js";
import type { CheckIssue } from "./check-issue.js";
import type { Declarations } from "./declarations.js";
import type { Failure } from "./failure.js";
import type { Preview } from "./unknown.js";

/** JSON as it comes from outside, nothing known about it. */
export type Json = Readonly<Record<string, unknown>>;

export interface CheckResult<Resource> {
  readonly inputs: Preview<Partial<Resource>>;
  readonly issues: readonly CheckIssue[];
  readonly warnings: readonly string[];
}

export interface DiffResult {
  readonly changes: boolean;
  /** Properties that force a replacement. */
  readonly replaces: readonly string[];
  readonly warnings: readonly string[];
}

/** A write got part of the way. */
export interface PartialFailure {
  /** What was not reached, as a sentence without its end. */
  readonly summary: string;
  readonly failures: readonly Failure[];
  /** The names of objects that were not tried after a failure that all would share. */
  readonly untried: readonly string[];
}

export interface WriteResult<Resource> {
  readonly id: string;
  /** What holds now. */
  readonly state: Resource;
  readonly warnings: readonly string[];
  /** What is still to be done; `state` is kept all the same. */
  readonly failure?: PartialFailure | undefined;
}

export interface ReadResult<Resource> {
  readonly state: Partial<Resource>;
  /** What a program would declare for that; undefined where there is no program to speak of. */
  readonly inputs: Partial<Resource> | undefined;
}

export interface DeleteResult {
  readonly warnings: readonly string[];
}

export interface LifecycleContext {
  /** @throws {SettingsError} */
  readonly settings: () => Settings;
  /** The app's topics; loads what a preview does without. */
  readonly topics: () => Promise<Topics>;
  /** The app's communities, likewise. */
  readonly communities: () => Promise<Communities>;
  readonly declarations: Declarations;
  /** Shows how far an operation is, on the row of `urn`; only the last line is sure to be shown. */
  readonly progress: (text: string, urn: string | undefined, isLast?: boolean) => void;
}

/** `Resource` is what the inputs and the state of the resource hold. */
export interface Lifecycle<Resource> {
  /** Offline. `old` are the former inputs; `declared` is whatever the program gave. */
  check(context: LifecycleContext, old: Preview<Partial<Resource>>, declared: Json): CheckResult<Resource>;
  /** Offline. */
  diff(context: LifecycleContext, id: string, state: Resource, inputs: Preview<Resource>): DiffResult;
  create(context: LifecycleContext, inputs: Resource): Promise<WriteResult<Resource>>;
  /** Undefined when the object is gone. Without a state, everything that is live is read: a program looks it up. */
  read(context: LifecycleContext, id: string, state: Resource | undefined): Promise<ReadResult<Resource> | undefined>;
  update(context: LifecycleContext, id: string, state: Resource, inputs: Resource): Promise<WriteResult<Resource>>;
  delete(context: LifecycleContext, id: string, state: Resource): Promise<DeleteResult>;
  /** How inputs and states are read. */
  readonly schema: ResourceSchema<Resource>;
}

export interface ResourceSchema<Resource> {
  read(properties: Json): Resource;
  /** Of inputs at preview, or of inputs that could not be created. */
  readPreview(properties: Json): Preview<Resource>;
}
