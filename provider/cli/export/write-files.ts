/**
 * Writes several files together: all of them completely, or none. They are written to a temporary folder first, and then
 * moved to their places one after the other; where that fails, the former files are put back.
 */

import { existsSync } from "node:fs";
import { access, constants, copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Refuses files that could not be written. Called before the app is, so that a run does not fail at its end. */
export async function assertWritable(folder: string, names: readonly string[], force: boolean): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw unwritable(folder, error);
  });
  if (found === undefined) return;
  if (!found.isDirectory()) throw new Error(`${folder} is a file. What to do: give --out a folder.`);
  await access(folder, constants.W_OK).catch((error: Error) => {
    throw unwritable(folder, error);
  });
  const existing = names.map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (existing.length > 0 && !force) {
    throw new Error(
      `${existing.join(" and ")} ${existing.length === 1 ? "exists" : "exist"} already. ` +
        "What to do: give --out another folder, or --force to overwrite.",
    );
  }
}

/** Writes the files, by name, and gives their paths. The folder is made where it does not exist. */
export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string>>,
  force: boolean,
): Promise<string[]> {
  // The outermost folder that had to be made.
  let made: string | undefined;
  let staging: string | undefined;
  const undo: (() => Promise<void>)[] = [];
  try {
    made = await mkdir(folder, { recursive: true });
    await assertWritable(folder, Object.keys(files), force);
    staging = await mkdtemp(join(folder, ".export-"));
    for (const [name, text] of Object.entries(files)) await writeFile(join(staging, name), text, { flush: true });
    for (const name of Object.keys(files)) {
      const path = join(folder, name);
      const former = join(staging, `former-${name}`);
      const isNew = !existsSync(path);
      if (!isNew) await copyFile(path, former);
      await rename(join(staging, name), path);
      undo.push(() => (isNew ? rm(path) : rename(former, path)));
    }
  } catch (error) {
    for (const step of undo) await step();
    if (made !== undefined) await rm(made, { recursive: true, force: true });
    throw (error as NodeJS.ErrnoException).code === undefined ? error : unwritable(folder, error as Error);
  } finally {
    if (staging !== undefined) await rm(staging, { recursive: true, force: true });
  }
  return Object.keys(files).map((name) => join(folder, name));
}

function unwritable(folder: string, error: Error): Error {
  return new Error(
    `the files could not be written to ${folder}: ${error.message}. What to do: give --out another folder.`,
  );
}
