/**
 * Values that Pulumi does not know at preview. They reach `check` and `diff` as this text, in place of a value of any
 * type (`pulumi.runtime.unknownValue`; a test holds the two together).
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value of `T`, or not known yet. */
export type OrUnknown<T> = T | typeof UNKNOWN;

/** `T` whose properties, at any depth, may not be known yet. */
export type Preview<T> = { readonly [Name in keyof T]: OrUnknown<PreviewValue<T[Name]>> };
type PreviewValue<V> = V extends object ? Preview<V> : V;

export function isKnown<T>(value: OrUnknown<T> | undefined): value is T {
  return value !== undefined && value !== UNKNOWN;
}

/** The value if it is known, else undefined. */
export function ifKnown<T>(value: OrUnknown<T> | undefined): T | undefined {
  return isKnown(value) ? value : undefined;
}
