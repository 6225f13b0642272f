/** A project that has the package, and a `@pulumi/pulumi`, in its node_modules, as after an `npm install` of its own. */
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ensureBuiltPackage, REPOSITORY } from "./built-package.js";
import { INSTALLED_SDK } from "./provider-process.js";

const SCRATCH = join(REPOSITORY, ".local");

export interface ProjectFolder extends AsyncDisposable {
  readonly path: string;
}

/** Inside the repository, so that the package's own dependencies are found further up. */
export async function createProject(sdk: string = INSTALLED_SDK): Promise<ProjectFolder> {
  await ensureBuiltPackage();
  await mkdir(SCRATCH, { recursive: true });
  const path = await mkdtemp(join(SCRATCH, "project-"));
  // Without a package.json of its own it would be a part of the repository, whose own name comes before node_modules.
  await writeFile(join(path, "package.json"), '{ "private": true }');
  const modules = join(path, "node_modules");
  await mkdir(join(modules, "@pulumi"), { recursive: true });
  await symlink(sdk, join(modules, "@pulumi/pulumi"), "junction");
  // A copy: from a link, Node.js would look for `@pulumi/pulumi` beside the original.
  for (const part of ["dist", "package.json"]) {
    await cp(join(REPOSITORY, part), join(modules, "pulumi-tencent-chat", part), { recursive: true });
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
