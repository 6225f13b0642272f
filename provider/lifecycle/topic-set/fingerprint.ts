/** The fingerprint of a set: equal ones mean equal sets, in two environments as well. */
import { createHash } from "node:crypto";
import { VISIBLE_FIELDS } from "../topic/topic-spec.js";

/** What the members of a community meet. Ids, ages and creators differ between environments. */
type VisibleTopic = { readonly [Name in (typeof VISIBLE_FIELDS)[number]]?: string | boolean | undefined };

/** SHA-256, in hexadecimal, of the topics' keys and declared fields, whatever their order. */
export function fingerprintOf(topics: Readonly<Record<string, VisibleTopic>>): string {
  const canonical = Object.entries(topics)
    .map(([key, topic]) => [key, VISIBLE_FIELDS.map((name) => topic[name] ?? null)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(canonical)).digest("hex");
}
