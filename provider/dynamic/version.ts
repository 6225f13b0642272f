/** Versions as programs print them (`v3.274.1`, `22.19`), compared by their numbers; what follows these is ignored. */

function numbersOf(version: string): number[] {
  return (/\d+(\.\d+)*/.exec(version)?.[0] ?? "").split(".").map(Number);
}

/** The first version in a text; undefined where there is none. */
export function versionIn(text: string): string | undefined {
  return /\d+\.\d+(\.\d+)?/.exec(text)?.[0];
}

export function isAtLeast(version: string, lowest: string): boolean {
  const parts = numbersOf(version);
  const differences = numbersOf(lowest).map((part, index) => (parts[index] ?? 0) - part);
  return (differences.find((difference) => difference !== 0) ?? 0) >= 0;
}

/** Is a version in a range of the kind `>=3.268.0 <4`? What else a range may hold is ignored. */
export function isInRange(version: string, range: string): boolean {
  const bounds = [...range.matchAll(/(>=|<)\s*(\d[\d.]*)/g)];
  return bounds.every(([, sign, bound = ""]) => isAtLeast(version, bound) === (sign === ">="));
}
