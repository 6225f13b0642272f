/** Is the `node` that the engine will start, which is the first on PATH, new enough? */
import { sep } from "node:path";
import { isSupportedNode, LOWEST_NODE } from "../../../dynamic/supported-node.js";
import type { Check } from "../check.js";
import { onPath, outputOf } from "../on-path.js";
import { failed, ok, warning } from "../outcome.js";
import { versionIn } from "../versions.js";

const NEWER = `put Node.js ${LOWEST_NODE} or newer first on PATH for the pulumi command`;

export const node: Check = {
  name: "node",
  needs: [],
  async run({ asked, environment }) {
    const files = onPath("node", environment);
    const [file] = files;
    if (file === undefined) return failed("Node.js is not on PATH, and the engine starts the one that is", NEWER);
    const version = await versionOf(file, asked.cwd);
    if (version === undefined) return failed(`${file} does not run, or tells no version`, NEWER);
    if (!isSupportedNode(version)) return failed(`${version} at ${file} is older than ${LOWEST_NODE}`, NEWER);

    // npm puts the folders of packages first, for what it runs and for nothing else.
    const isFromPackage = (path: string) => path.includes(`${sep}node_modules${sep}.bin${sep}`);
    const outside = files.find((path) => !isFromPackage(path));
    if (environment.npm_command === undefined || !isFromPackage(file) || outside === undefined) {
      return ok(`${version} at ${file}`);
    }
    const outsideVersion = await versionOf(outside, asked.cwd);
    if (outsideVersion !== undefined && isSupportedNode(outsideVersion)) return ok(`${version} at ${file}`);
    return warning(
      `${version} at ${file}, which npm has put on PATH; without npm it is ${outsideVersion} at ${outside}, too old`,
      `run pulumi through npm as well (\`npx pulumi\`, or a script of package.json), or ${NEWER}`,
    );
  },
};

async function versionOf(file: string, cwd: string): Promise<string | undefined> {
  return outputOf(file, ["--version"], cwd).then(versionIn, () => undefined);
}
