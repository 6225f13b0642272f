/** Does the project have a `@pulumi/pulumi` that fits this package, and the `node` that runs it? */
import type { Check } from "../check.js";
import { failed, ok } from "../check-result.js";
import { installedPackage, OWN_PACKAGE } from "../installed-package.js";
import { onPath, outputOf } from "../on-path.js";
import { isInRange, versionIn } from "../versions.js";

export const sdk: Check = {
  name: "sdk",
  needs: ["project", "node"],
  async run({ project, environment, options }) {
    const folder = (await project())?.folder ?? options.cwd;
    const range = OWN_PACKAGE.peerDependencies?.["@pulumi/pulumi"] ?? "";
    const remedy = `npm install "@pulumi/pulumi@${range}" in the project`;
    const found = installedPackage("@pulumi/pulumi", folder);
    if (found === undefined) return failed(`@pulumi/pulumi is not installed in ${folder}`, remedy);
    const { version, engines } = found;
    if (!isInRange(version, range)) return failed(`@pulumi/pulumi ${version} is not in the range ${range}`, remedy);

    const [nodeFile = "node"] = onPath("node", environment);
    const nodeVersion = versionIn(await outputOf(nodeFile, ["--version"], options.cwd)) ?? "";
    const wanted = engines?.node ?? "";
    if (isInRange(nodeVersion, wanted)) return ok(`@pulumi/pulumi ${version}`);
    return failed(
      `@pulumi/pulumi ${version} needs Node.js ${wanted}, on PATH is ${nodeVersion}`,
      "put a Node.js of that range first on PATH for the pulumi command",
    );
  },
};
