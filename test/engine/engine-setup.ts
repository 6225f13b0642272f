/**
 * Before the engine tests: the package is built from the present source, and there is an engine; neither is optional. And
 * one stack is initialised, of which each test's stack is a copy.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { ensureBuiltPackage } from "../dynamic/built-package.js";
import { provideEngine } from "./pulumi/provide.mjs";
import { stackEnvironment } from "./stack-environment.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the Pulumi programs. */
    engineFolder: string;
    /** Folder of the project `test` with the stack `dev`, on which nothing was run. */
    initialisedStack: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await ensureBuiltPackage();
  const engineFolder = await provideEngine();
  const folder = await mkdtemp(join(tmpdir(), "initialised-stack-"));
  await mkdir(join(folder, "state"));
  await writeFile(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "test", runtime: "nodejs" }));
  const env = stackEnvironment(folder, engineFolder);
  await promisify(execFile)("pulumi", ["stack", "init", "dev"], { cwd: folder, env, timeout: 60_000 });
  project.provide("engineFolder", engineFolder);
  project.provide("initialisedStack", folder);
  return () => rm(folder, { recursive: true, force: true });
}
