/** Before the engine tests: the package is built from the present source, and there is an engine. Neither is optional. */
import type { TestProject } from "vitest/node";
import { ensureBuiltPackage } from "../dynamic/built-package.js";
import { provideEngine } from "./pulumi/provide.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the Pulumi programs. */
    engineFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<void> {
  await ensureBuiltPackage();
  project.provide("engineFolder", await provideEngine());
}
