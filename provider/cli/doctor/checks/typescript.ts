/**
 * Is the TypeScript that Pulumi compiles the program with one that it can use? It takes the one that it finds from its
 * own folder, and brings along a 3.8 for projects without any. TypeScript 7 lacks the interface that it needs.
 */
import type { Check } from "../check.js";
import { failed, ok } from "../check-result.js";
import { installedPackage } from "../installed-package.js";
import { isInRange } from "../versions.js";

export const typescript: Check = {
  name: "typescript",
  needs: ["project", "sdk"],
  async run({ project, options }) {
    const { folder = options.cwd, compilesTypeScript = true } = (await project()) ?? {};
    const sdk = installedPackage("@pulumi/pulumi", folder);
    const range = sdk?.peerDependencies?.typescript ?? "";
    const found = installedPackage("typescript", sdk?.folder ?? folder);
    if (found === undefined) return ok("none installed: Pulumi uses the 3.8 that it brings along");
    if (isInRange(found.version, range)) return ok(found.version);
    if (!compilesTypeScript) {
      return ok(`${found.version}, which Pulumi could not use; Pulumi.yaml keeps it from that (typescript: false)`);
    }
    return failed(
      `${found.version} is not in Pulumi's range ${range}: it cannot compile the program`,
      `npm install --save-dev "typescript@${range}", or compile the program yourself and set \`typescript: false\` under ` +
        "`runtime: options:` in Pulumi.yaml",
    );
  },
};
