/** Adoption: what becomes of a create whose id exists already. */
import { AdoptionRefusedError } from "../errors/index.js";
import type { AdoptPolicy } from "../policies.js";
import type { ObjectKind, ObjectSpec } from "./object-kind.js";

/**
 * @param live The spec with the values that its fields have in the app.
 * @param uses By what the object counts as used.
 * @param isOurs Is it most likely our own object, of an import whose answer was lost? Then also "none" takes it over, where
 * nothing speaks against it.
 * @returns An error with the reasons, and the value of `adopt` that would allow it; undefined where it is allowed.
 */
export function adoptionRefusal<Spec extends ObjectSpec, Live>(
  kind: ObjectKind<Spec, Live>,
  id: string,
  {
    spec,
    live,
    uses,
    isOurs = false,
  }: { readonly spec: Spec; readonly live: Spec; readonly uses: readonly string[]; readonly isOurs?: boolean },
): AdoptionRefusedError | undefined {
  const { adopt = "unused" } = spec;
  if (adopt === "any") return undefined;
  const differences = changedNames(kind, live, spec).filter((name) => !kind.setAfterImport.includes(name));
  const reasons = [
    ...(adopt === "none" && !isOurs ? ["it takes over nothing"] : []),
    ...differences.map((name) => `\`${name}\` is ${show(live[name])} there and ${show(spec[name])} here`),
    ...(adopt === "matching" ? [] : uses),
  ];
  if (reasons.length === 0) return undefined;
  const allowedBy = differences.length > 0 ? "any" : uses.length > 0 ? "matching" : "unused";
  const inShort = [...differences, ...(adopt !== "matching" && uses.length > 0 ? ["used"] : [])].join(", ");
  return new AdoptionRefusedError(kind.describe(id), adopt, reasons, allowedBy, kind.otherId, inShort);
}

function changedNames<Spec extends ObjectSpec, Live>(kind: ObjectKind<Spec, Live>, from: Spec, to: Spec) {
  const { changes } = kind.plan(from, to);
  return (Object.keys(changes) as (keyof Spec & string)[]).filter((name) => changes[name] !== undefined);
}

/** Does a program say that the id is most likely taken? Then a read comes first, and no import is sent for what is there. */
export function expectsExisting(adopt: AdoptPolicy | undefined): boolean {
  return adopt === "matching" || adopt === "any";
}

const SHOWN_CHARACTERS = 60;

function show(value: unknown): string {
  if (value === undefined) return "not set";
  if (typeof value !== "string") return String(value);
  const characters = Array.from(value);
  return `“${characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join("")}…` : value}”`;
}
