/**
 * What a resource's lifecycle is: six functions from plain data to plain data. They know nothing of Pulumi's SDK; an
 * adapter calls them, and a second adapter could.
 */
import type { Communities } from "../chat/communities.js";
import type { Settings } from "../chat/settings.js";
import type { Topics } from "../chat/topics.js";
import type { Declarations } from "./declarations.js";

/** Properties as they cross the boundary: JSON without `undefined`. */
export type Properties = Readonly<Record<string, unknown>>;

export interface CheckFailure {
  /** Path of the property: `topicName`, `topics["general"].topicName`; empty for the resource as a whole. */
  readonly property: string;
  readonly reason: string;
}

export interface CheckResult {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
  readonly warnings?: readonly string[];
}

export interface DiffResult {
  readonly changes: boolean;
  /** Properties that force a replacement. */
  readonly replaces: readonly string[];
  readonly warnings: readonly string[];
}

export interface WriteResult {
  readonly id: string;
  readonly outputs: Properties;
  readonly warnings: readonly string[];
}

export interface ReadResult {
  readonly outputs: Properties;
  readonly inputs: Properties;
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
  readonly progress: (text: string, urn: unknown, isLast?: boolean) => void;
}

export interface Lifecycle {
  /** Offline. `old` are the former inputs, empty for a new resource. */
  check(context: LifecycleContext, old: Properties, declared: Properties): CheckResult;
  /** Offline. `old` are the former outputs. */
  diff(context: LifecycleContext, id: string, old: Properties, inputs: Properties): DiffResult;
  create(context: LifecycleContext, inputs: Properties): Promise<WriteResult>;
  /** Undefined when the object is gone. */
  read(context: LifecycleContext, id: string, old: Properties): Promise<ReadResult | undefined>;
  update(context: LifecycleContext, id: string, old: Properties, inputs: Properties): Promise<WriteResult>;
  delete(context: LifecycleContext, id: string, old: Properties): Promise<DeleteResult>;
}
