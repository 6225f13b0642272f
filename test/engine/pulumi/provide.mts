/**
 * Provides a real Pulumi engine for the engine tests and `npm start`, also on a machine that has none, and prints the
 * folder of its programs: `npm run --silent engine` writes that one path to stdout and everything else to stderr. In
 * order: a whole Pulumi on PATH; one made before, in the user's cache; built with Go; Pulumi's official installer.
 */
import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { fileURLToPath } from "node:url";
import { cachedEngine, cacheFolder, engineFolder, makeCachedEngine } from "./cache.mts";
import { buildEngine, whyNoGo } from "./go-build.mts";
import { installEngine } from "./official-installer.mts";
import { findEngineOnPath } from "./path-search.mts";
import { OLDEST_VERSION } from "./programs.mts";

export interface ProvideEngineOptions {
  /** Takes progress and explanations, a line at a time; stderr by default. */
  readonly log?: (line: string) => void;
}

/**
 * Returns the absolute path of a folder that holds `pulumi`, `pulumi-language-nodejs` and
 * `pulumi-resource-pulumi-nodejs`. Put it first on PATH of whatever runs Pulumi. Where the engine has to be built, this
 * takes about 5 minutes, and the next call a few milliseconds.
 *
 * @throws Error that says what was tried, how each attempt failed, and what to do
 * @example
 * const engine = await provideEngine();
 * const env = { ...process.env, PATH: engine + delimiter + process.env.PATH };
 */
export async function provideEngine(options: ProvideEngineOptions = {}): Promise<string> {
  const { log = (line: string) => void process.stderr.write(`${line}\n`) } = options;
  const onPath = await findEngineOnPath({ path: process.env.PATH ?? "", log });
  if (onPath) return onPath;
  const place = engineFolder(cacheFolder(process.platform, process.env, homedir()));
  return cachedEngine(place) ?? (await makeCachedEngine(place, log, (staging) => makeEngine(staging, log)));
}

async function makeEngine(staging: string, log: (line: string) => void): Promise<void> {
  const noGo = await whyNoGo(log);
  const buildFailure = noGo ?? (await outcome(() => buildEngine(staging, log)));
  if (buildFailure === undefined) return;
  log(`Pulumi cannot be built here: ${buildFailure}`);
  const installFailure = await outcome(() => installEngine(staging, log));
  if (installFailure === undefined) return;
  throw new Error(
    [
      "There is no Pulumi engine on this machine and none could be provided.",
      `- Build with Go: ${buildFailure}`,
      `- Official installer: ${installFailure}`,
      `Install Pulumi ${OLDEST_VERSION} or newer (https://www.pulumi.com/docs/install/) so that \`pulumi\` is on PATH, or`,
      "install a current Go and open the way to a Go module proxy; then run this again.",
    ].join("\n"),
  );
}

/** The message of the error, or undefined if all went well. */
async function outcome(attempt: () => Promise<void>): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const program = process.argv[1];
if (program && realpathSync(program) === fileURLToPath(import.meta.url)) {
  provideEngine().then(
    (folder) => process.stdout.write(`${folder}\n`),
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    },
  );
}
