/** Is the `node` that the engine will start, which is the first on PATH, new enough? */
import { sep } from "node:path";
import { isSupportedNode, LOWEST_NODE } from "../../../pulumi/supported-node.js";
import type { Check } from "../check.js";
import { failed, ok, warning } from "../check-result.js";
import { onPath, outputOf } from "../on-path.js";
import { versionIn } from "../versions.js";

const REMEDY = `put Node.js ${LOWEST_NODE} or newer first on PATH for the pulumi command`;

export const node: Check = {
  name: "node",
  needs: [],
  async run({ options, environment }) {
    const files = onPath("node", environment);
    const [file] = files;
    if (file === undefined) return failed("Node.js is not on PATH, and the engine starts the one that is", REMEDY);
    const version = await versionOf(file, options.cwd);
    if (version === undefined) return failed(`${file} does not run, or tells no version`, REMEDY);
    if (!isSupportedNode(version)) return failed(`${version} at ${file} is older than ${LOWEST_NODE}`, REMEDY);

    // npm puts the programs of packages first on PATH, but only for the commands that it starts itself.
    const isFromPackage = (path: string) => path.includes(`${sep}node_modules${sep}.bin${sep}`);
    const outside = files.find((path) => !isFromPackage(path));
    if (environment.npm_command === undefined || !isFromPackage(file) || outside === undefined) {
      return ok(`${version} at ${file}`);
    }
    const outsideVersion = await versionOf(outside, options.cwd);
    if (outsideVersion !== undefined && isSupportedNode(outsideVersion)) return ok(`${version} at ${file}`);
    return warning(
      `${version} at ${file}, which npm has put on PATH; without npm it is ${outsideVersion} at ${outside}, too old`,
      `run pulumi through npm as well (\`npx pulumi\`, or a script of package.json), or ${REMEDY}`,
    );
  },
};

async function versionOf(file: string, cwd: string): Promise<string | undefined> {
  return outputOf(file, ["--version"], cwd).then(versionIn, () => undefined);
}
