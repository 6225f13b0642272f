/**
 * Tells whether a folder holds a whole engine: all three programs, each a file that may be executed.
 */
import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { ENGINE_PROGRAMS, programFile } from "./programs.mts";

/** The names of the programs that the folder lacks; empty for a whole engine. */
export function missingPrograms(folder: string): string[] {
  return ENGINE_PROGRAMS.map((program) => programFile(program)).filter((file) => !isExecutable(join(folder, file)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
