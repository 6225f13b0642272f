/**
 * How inputs and states are read. They were checked before they got here, and are sure to have the right types unless
 * somebody edited a state by hand; such a value counts as not there.
 */
import { z } from "zod";
import type { Json, ResourceSchema } from "./lifecycle.js";
import { ADOPT_POLICIES, type AdoptPolicy, REMOVE_POLICIES, type RemovePolicy } from "./policies.js";
import { type Preview, UNKNOWN } from "./unknown.js";

/** Reads an object of these properties; others are left out. */
export function resourceSchema<Resource extends object>(
  shape: {
    readonly [Name in keyof Required<Resource>]: z.ZodType<Resource[Name]>;
  },
): ResourceSchema<Resource> {
  const types = Object.entries<z.ZodType>(shape);
  const entriesOf = (properties: Json, among: readonly [string, z.ZodType][]) =>
    among.flatMap(([name, type]): [string, unknown][] => {
      const value = properties[name] === UNKNOWN ? UNKNOWN : type.parse(properties[name]);
      return value === undefined ? [] : [[name, value]];
    });
  return {
    read: (properties) => Object.fromEntries(entriesOf(properties, types)) as Resource,
    readPreview(properties) {
      const present = types.filter(([name]) => Object.hasOwn(properties, name));
      return Object.fromEntries(entriesOf(properties, present)) as Preview<Resource>;
    },
  };
}

export const requiredText = z.string().catch("");
export const optionalText = z.string().optional().catch(undefined);
export const optionalNumber = z.number().optional().catch(undefined);
/** An app's id; a state that was made by hand may have it as a text. */
const optionalAppId = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .optional()
  .catch(undefined);
export const optionalFlag = z.boolean().optional().catch(undefined);

function optionalOneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values).optional().catch(undefined);
}

/** What every resource has beside the object that it describes. */
export interface ManagedResource {
  readonly adopt?: AdoptPolicy | undefined;
  readonly onRemove?: RemovePolicy | undefined;
  readonly sdkAppId: number | undefined;
  readonly __urn?: string | undefined;
}

/** How the fields of a {@link ManagedResource} are read. */
export const MANAGED_FIELD_TYPES = {
  adopt: optionalOneOf(ADOPT_POLICIES),
  onRemove: optionalOneOf(REMOVE_POLICIES),
  sdkAppId: optionalAppId,
  __urn: optionalText,
};

/** The properties of what should be an object; none where it is something else. */
export function asJson(value: unknown): Json {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
