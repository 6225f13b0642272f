/** The folder that `--cwd` names, in which Pulumi runs. */
import { existsSync } from "node:fs";

/** @throws {Error} where there is none: Pulumi would say only that it found no project. */
export function assertFolderExists(folder: string): void {
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
}
