/**
 * Folders for the time of the run. They lie in the repository, so that programs in them find the package by its own name,
 * and are ignored by git.
 */
import { mkdir, mkdtemp, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { endProcessesIn } from "./processes.mts";

const WORK = join(import.meta.dirname, ".work");

export interface WorkFolder extends AsyncDisposable {
  readonly path: string;
}

/** Goes with all that is in it, and with the processes that still work in it. */
export async function createWorkFolder(prefix: string): Promise<WorkFolder> {
  await mkdir(WORK, { recursive: true });
  const path = await mkdtemp(join(WORK, `${prefix}-`));
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      endProcessesIn(path);
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
      // Of the last one; another run may have folders of its own.
      await rmdir(WORK).catch(() => {});
    },
  };
}
