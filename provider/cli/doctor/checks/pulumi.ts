/** Is the Pulumi CLI there, and new enough? */
import type { Check } from "../check.js";
import { failed, ok } from "../check-result.js";
import { onPath, outputOf } from "../on-path.js";
import { isInRange, versionIn } from "../versions.js";

/** The oldest Pulumi CLI that this package is made for: the first that takes import files with outputs. */
const LOWEST_CLI = "3.254.0";
/** With the prereleases of that version: `-0` is the first of them. */
const SUPPORTED_CLI = `>=${LOWEST_CLI}-0`;

export const pulumi: Check = {
  name: "pulumi",
  needs: [],
  async run({ options, environment }) {
    const install = "install it (https://www.pulumi.com/docs/install/), or put its folder first on PATH";
    const [file] = onPath("pulumi", environment);
    if (file === undefined) return failed("the Pulumi CLI is not on PATH", install);
    let version: string | undefined;
    try {
      version = versionIn(await outputOf(file, ["version"], options.cwd));
    } catch (error) {
      return failed(`${file} does not run: ${(error as Error).message}`, install);
    }
    if (version === undefined) return failed(`${file} tells no version`, install);
    if (isInRange(version, SUPPORTED_CLI)) return ok(`${version} at ${file}`);
    return failed(`${version} at ${file} is older than ${LOWEST_CLI}`, `put a newer Pulumi CLI first on PATH`);
  },
};
