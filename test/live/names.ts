/**
 * How the communities of the live suite are called: `@TGS#_pulumi-live-<start>-<mark>-<name>`. By its id alone such a
 * community can be told from all others of the app, and its age is known.
 */
import { randomInt } from "node:crypto";
import { ID_RULES } from "../../provider/chat/limits.js";

const PREFIX = "@TGS#_pulumi-live-";
/** Minutes of UTC, four letters that keep two runs of one minute apart, and what the community is for. */
const FORM = /^@TGS#_pulumi-live-(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)-[a-z]{4}-./;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** A name for a run that starts now. */
export function newRun(now = new Date()): string {
  const minute = now.toISOString().replace(/\D/g, "").slice(0, 12);
  const mark = Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return `${minute}-${mark}`;
}

/** The id of a run's community. Ids have at most 48 bytes, which leaves 12 for `name`. */
export function groupIdOf(run: string, name: string): string {
  const groupId = `${PREFIX}${run}-${name}`;
  if (!isOurs(groupId) || groupId.length > ID_RULES.maxGroupIdBytes) throw new Error(`not an id of ours: ${groupId}`);
  return groupId;
}

/** Did a run of this suite make it? Nothing else may be touched. */
export function isOurs(groupId: string): boolean {
  return FORM.test(groupId);
}

export function isOfRun(groupId: string, run: string): boolean {
  return isOurs(groupId) && groupId.startsWith(`${PREFIX}${run}-`);
}

/** When the run started that made it, in Unix milliseconds. */
export function startOf(groupId: string): number {
  const [, year, month, day, hour, minute] = (FORM.exec(groupId) ?? []).map(Number);
  return Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute);
}
