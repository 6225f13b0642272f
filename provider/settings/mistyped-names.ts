/**
 * Names that look like settings and are none, such as `tencent-chat:sdkAppID` and `TENCENT_CHAT_SDKAPPID`. Pulumi and the
 * shell take any name without a word, so that a mistyped setting is only missed.
 */

/** A name that a setting has in one place. */
export interface KnownName<Setting extends string> {
  readonly setting: Setting;
  /** A full configuration key, or a variable. */
  readonly name: string;
}

export interface Mistyped<Setting extends string> {
  /** As it stands in the configuration or the environment. */
  readonly given: string;
  /** The setting's name that it comes close to; undefined where it is in our name space and close to nothing. */
  readonly meant: KnownName<Setting> | undefined;
  /** It is in our name space, and therefore certainly a mistake. */
  readonly ours: boolean;
}

const OUR_NAMES = /^(tencent-chat:|TENCENT_CHAT_)/;

/** Up to this many changed letters count as a typo. */
const MAX_TYPOS = 2;
/** Parts that are shorter, in letters, are found in too many names. */
const SHORTEST_PART = 3;
/** Settings whose names mean the same in any name space: a key without `tencent-chat:` lands in the project's own. */
const DISTINCTIVE: readonly string[] = ["sdkappid", "secretkey", "usersig"];

/** The names among `given` that are no setting's, and look as if they were meant to be. */
export function findMistyped<Setting extends string>(
  known: readonly KnownName<Setting>[],
  given: Iterable<string>,
): Mistyped<Setting>[] {
  const right = new Set(known.map(({ name }) => name));
  return [...given]
    .filter((name) => !right.has(name))
    .map((name) => ({ given: name, meant: nearest(name, known), ours: OUR_NAMES.test(name) }))
    .filter(({ meant, ours }) => ours || meant !== undefined);
}

function nearest<Setting extends string>(given: string, known: readonly KnownName<Setting>[]) {
  const [best] = known
    .filter(({ name }) => isKey(name) === isKey(given))
    .map((candidate) => ({ candidate, distance: distanceBetween(given, candidate.name) }))
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY)
    .sort((one, other) => one.distance - other.distance);
  return best?.candidate;
}

function distanceBetween(given: string, name: string): number {
  const typos = editDistance(letters(given), letters(name));
  if (typos <= MAX_TYPOS) return typos;
  const part = letters(ownPart(given));
  const ownName = letters(ownPart(name));
  const abridged = part.length >= SHORTEST_PART && (ownName.includes(part) || part.includes(ownName));
  if (OUR_NAMES.test(given) && abridged) return MAX_TYPOS + Math.abs(ownName.length - part.length);
  if (isKey(given) && part === ownName && DISTINCTIVE.includes(part)) return MAX_TYPOS;
  return Number.POSITIVE_INFINITY;
}

function isKey(name: string): boolean {
  return name.includes(":");
}

/** The name without its name space. */
function ownPart(name: string): string {
  return isKey(name) ? name.slice(name.indexOf(":") + 1) : name.replace(OUR_NAMES, "");
}

/** Case and separators are what is mistyped most. */
function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

/** How many letters have to be put in, left out or changed to make one word of the other. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, otherLetter] of [...other].entries()) {
      const changed = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
