/** Adoption: what becomes of a create whose id exists already. */
import type { AlreadyExistsError } from "../chat/errors/index.js";
import { AdoptionRefusedError } from "./errors/index.js";
import type { AdoptPolicy } from "./policies.js";

/** A declared field that is another one there. */
export interface Difference {
  readonly name: string;
  readonly there: unknown;
  readonly here: unknown;
}

/** What holds an id that a create wanted. */
export interface Holder {
  /** How it is called at the start of a sentence. */
  readonly what: string;
  readonly differences: readonly Difference[];
  /** By what it counts as used: "it has messages (…)". */
  readonly uses: readonly string[];
  /** Which other id could be chosen: "another topic key". */
  readonly otherId: string;
}

/** @throws {AdoptionRefusedError} with the reasons, and the value of `adopt` that would allow it. */
export function refuseAdoptionOf({ what, differences, uses, otherId }: Holder, policy: AdoptPolicy): void {
  if (policy === "any") return;
  const reasons: string[] = [];
  if (policy === "none") reasons.push("it takes over nothing");
  for (const { name, there, here } of differences) {
    reasons.push(`\`${name}\` is ${show(there)} there and ${show(here)} here`);
  }
  if (policy !== "matching") reasons.push(...uses);
  if (reasons.length === 0) return;
  const allowedBy = differences.length > 0 ? "any" : uses.length > 0 ? "matching" : "unused";
  throw new AdoptionRefusedError(what, policy, reasons, allowedBy, otherId);
}

/** Does a program say that the id is most likely taken? Then a look comes first, and no import is sent for what is there. */
export function expectsExisting(adopt: AdoptPolicy | undefined): boolean {
  return adopt === "matching" || adopt === "any";
}

/**
 * The policy that holds for an id that turned out to be taken. After a lost answer of our own import the taker is most
 * likely ours, so even "none" takes it over where nothing speaks against it.
 */
export function policyAfter(error: AlreadyExistsError | undefined, adopt: AdoptPolicy = "unused"): AdoptPolicy {
  return error?.afterLostAnswer && adopt === "none" ? "unused" : adopt;
}

const SHOWN_CHARACTERS = 60;

function show(value: unknown): string {
  if (value === undefined) return "not set";
  if (typeof value !== "string") return String(value);
  const characters = Array.from(value);
  return `“${characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join("")}…` : value}”`;
}
