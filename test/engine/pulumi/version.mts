/**
 * Versions as programs print them (`v3.274.1`, `go1.26.8 X:…`, `3.255.0-alpha.1`), reduced to three numbers and compared.
 */
export type Version = readonly [major: number, minor: number, patch: number];

/** The first version in a text; a missing patch number counts as 0. */
export function versionIn(text: string): Version | undefined {
  const [, major, minor, patch = "0"] = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

export function isAtLeast(version: Version, bound: Version): boolean {
  const difference = version.map((part, index) => part - (bound[index] ?? 0)).find((part) => part !== 0);
  return difference === undefined || difference > 0;
}
