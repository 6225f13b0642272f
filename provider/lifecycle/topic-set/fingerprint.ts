/** The fingerprint of a set: equal ones mean equal sets, in two environments as well. */
import { createHash } from "node:crypto";
import type { Properties } from "../lifecycle.js";
import { TEXT_FIELDS } from "../topic/fields.js";

/** What the members of a topic look like to a user. Ids, ages and creators differ between environments. */
const FINGERPRINT_FIELDS = [...TEXT_FIELDS, "muteAllMember"] as const;

/** SHA-256, in hexadecimal, of the topics' keys and declared fields, whatever their order. */
export function fingerprintOf(topics: Readonly<Record<string, Properties>>): string {
  const canonical = Object.entries(topics)
    .map(([key, topic]) => [key, FINGERPRINT_FIELDS.map((name) => topic[name] ?? null)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(canonical)).digest("hex");
}
