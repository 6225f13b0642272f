/** Packages that are installed for a project, as Node.js finds them from a folder. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What package.json says, and where it is. */
export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
  readonly engines?: { readonly node?: string };
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** This package, as it runs. */
export const OWN_PACKAGE = readPackage(join(__dirname, "../../../package.json"));

/** The package as a program in the folder would load it; undefined where it is not installed. */
export function installedPackage(name: string, folder: string): InstalledPackage | undefined {
  try {
    return readPackage(createRequire(join(folder, "/")).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function readPackage(file: string): InstalledPackage {
  return { ...JSON.parse(readFileSync(file, "utf8")), folder: dirname(file) };
}
