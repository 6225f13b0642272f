/** Is there a Pulumi project, and one that this package can be used in? */
import { resolve } from "node:path";
import type { Check } from "../check.js";
import { failed, ok } from "../check-result.js";
import { type Project, ProjectFileError } from "../project-file.js";

/** Runtimes in which Pulumi runs programs of Node.js, and so dynamic providers. */
const RUNTIMES: readonly unknown[] = ["nodejs", "bun", undefined];

export const project: Check = {
  name: "project",
  needs: [],
  async run({ options, project }) {
    let found: Project | undefined;
    try {
      found = await project();
    } catch (error) {
      if (!(error instanceof ProjectFileError)) throw error;
      return failed(
        error.message,
        "mend the file: https://www.pulumi.com/docs/iac/concepts/projects/project-file/ has its form",
      );
    }
    if (found === undefined) {
      return failed(
        `no Pulumi.yaml in ${resolve(options.cwd)} or above it`,
        "give the project's folder with --cwd, or make a project: `pulumi new typescript`",
      );
    }
    if (!RUNTIMES.includes(found.runtime)) {
      return failed(
        `${found.file} has the runtime ${found.runtime}`,
        "use a project of the runtime nodejs: this package's resources exist for its programs only",
      );
    }
    return ok(found.file);
  },
};
