/** Versions that programs print, and the ranges that packages ask for, as npm reads them. */
import parse from "semver/functions/parse.js";
import satisfies from "semver/functions/satisfies.js";

/** The first word of a text that is a version, without a leading `v`; undefined where there is none. */
export function versionIn(text: string): string | undefined {
  const words = text.split(/\s+/);
  return words.map((word) => parse(word)?.version).find((version) => version !== undefined);
}

/** Prereleases count like any other version: who runs a nightly build of Node.js does so on purpose. */
export function isInRange(version: string, range: string): boolean {
  return satisfies(version, range, { includePrerelease: true });
}
