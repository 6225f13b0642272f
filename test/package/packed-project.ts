/** A project that has the package as `npm pack` makes it, unpacked, and nothing of it beside that. */
import { execFile } from "node:child_process";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { REPOSITORY } from "../dynamic/built-package.js";
import { createProject, type ProjectFolder } from "../dynamic/project-folder.js";

const run = promisify(execFile);
const PACK_MS = 60_000;

/** What `npm pack` tells of a tarball. */
export interface Packed {
  /** Of the tarball, in bytes. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly integrity: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

/** Packs the present dist/ into a folder. */
export async function pack(folder: string): Promise<Packed & { readonly filename: string }> {
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: REPOSITORY,
    timeout: PACK_MS,
  });
  return JSON.parse(stdout)[0];
}

export interface PackedProject extends ProjectFolder {
  readonly packed: Packed;
}

export async function createPackedProject(): Promise<PackedProject> {
  const project = await createProject();
  const packed = await pack(project.path);
  const installed = join(project.path, "node_modules/pulumi-tencent-chat");
  const unpacked = await mkdtemp(join(project.path, "unpacked-"));
  await run("tar", ["-xzf", join(project.path, packed.filename), "-C", unpacked], { timeout: PACK_MS });
  await rm(installed, { recursive: true });
  await rename(join(unpacked, "package"), installed);
  return { ...project, packed };
}
