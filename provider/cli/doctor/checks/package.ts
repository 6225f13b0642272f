/** Can Pulumi's provider process load this package, and is it the version that runs here? */
import type { Check } from "../check.js";
import { failed, ok, warning } from "../check-result.js";
import { OWN_PACKAGE } from "../installed-package.js";
import { onPath, outputOf } from "../on-path.js";

/** Loads the runtime as the shim in the state does: with the same `node`, from the same folder. */
const LOAD = `
const load = require("module").createRequire(process.cwd() + "/");
load("pulumi-tencent-chat/runtime");
console.log(JSON.stringify([load("pulumi-tencent-chat/package.json").version]));
`;

export const packageOfProject: Check = {
  name: "package",
  needs: ["project", "node", "sdk"],
  async run({ project, environment, options }) {
    const folder = (await project())?.folder ?? options.cwd;
    const [node = "node"] = onPath("node", environment);
    let version: unknown;
    try {
      const lines = (await outputOf(node, ["-e", LOAD], folder)).trim().split("\n");
      [version] = JSON.parse(lines.at(-1) ?? "");
    } catch (error) {
      return failed(
        `Pulumi's provider process cannot load pulumi-tencent-chat from ${folder}: ${reasonIn((error as Error).message)}`,
        "install it as a direct dependency of the project: `npm install pulumi-tencent-chat`, or the packed file",
      );
    }
    if (version === OWN_PACKAGE.version) return ok(`pulumi-tencent-chat ${version}, found from ${folder}`);
    return warning(
      `the project has pulumi-tencent-chat ${version}, and this is ${OWN_PACKAGE.version}`,
      "run the project's own: `npx --no tencent-chat doctor` in its folder",
    );
  },
};

/** The line of an uncaught error that says what it is. */
function reasonIn(stderr: string): string {
  return /^\w*Error.*$/m.exec(stderr)?.[0] ?? stderr;
}
