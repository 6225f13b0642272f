/**
 * Finds a Pulumi that the user has already: the first folder of PATH with `pulumi` in it that holds a whole engine, also
 * behind a link, of a version we support. What is passed over is said, since the user may expect it to be taken.
 */
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { missingPrograms } from "./engine-folder.mts";
import { OLDEST_VERSION, TIME_LIMITS } from "./programs.mts";
import { runProgram } from "./run-program.mts";
import { isAtLeast, type Version, versionIn } from "./version.mts";

const PULUMI = process.platform === "win32" ? "pulumi.exe" : "pulumi";

export interface PathSearch {
  /** The value of PATH. */
  readonly path: string;
  readonly log: (line: string) => void;
  /** Answers what `pulumi version` prints; replaced in tests. */
  readonly askVersion?: (pulumi: string) => Promise<string>;
}

/** Returns the folder, or undefined where PATH has no engine for us. */
export async function findEngineOnPath(search: PathSearch): Promise<string | undefined> {
  const { log, askVersion = pulumiVersion } = search;
  for (const onPath of new Set(search.path.split(delimiter).filter(isAbsolute))) {
    if (!existsSync(join(onPath, PULUMI))) continue;
    // A package manager may link only `pulumi` into PATH and keep the other two beside the real file.
    const folders = [onPath, dirname(realpathSync(join(onPath, PULUMI)))];
    const folder = folders.find((candidate) => missingPrograms(candidate).length === 0);
    if (folder === undefined) {
      log(`Passing over the Pulumi in ${onPath}: there is no ${missingPrograms(onPath).join(", no ")} beside it.`);
      continue;
    }
    const unfit = await askVersion(join(folder, PULUMI)).then(unfitVersion, (error: Error) => error.message);
    if (unfit === undefined) return folder;
    log(`Passing over the Pulumi in ${onPath}: ${unfit}`);
  }
  return undefined;
}

function unfitVersion(answer: string): string | undefined {
  const version = versionIn(answer);
  const oldest = versionIn(OLDEST_VERSION) as Version;
  if (version === undefined)
    return `\`pulumi version\` answered ${JSON.stringify(answer.trim())}, which is no version.`;
  if (!isAtLeast(version, oldest)) return `it is ${version.join(".")}, and the tests need ${OLDEST_VERSION} or newer.`;
  if (version[0] > oldest[0]) return `it is ${version.join(".")}, and the tests need a version ${oldest[0]}.`;
  return undefined;
}

function pulumiVersion(pulumi: string): Promise<string> {
  return runProgram(pulumi, ["version"], {
    doing: "`pulumi version`",
    timeLimit: TIME_LIMITS.pulumiVersion,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
}
