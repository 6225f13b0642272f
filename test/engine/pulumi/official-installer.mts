/**
 * Installs the engine with Pulumi's official installer, through the Automation API. Run as a program of its own
 * (`node official-installer.mts <folder>`), so that a download that hangs can be stopped; it puts the programs into
 * `<folder>/bin`. UNTESTED: the network it needs was closed where this was written, so only its failure was ever seen. It
 * is the last resort; a machine with Go comes here only if the build fails.
 */
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { ENGINE_VERSION, TIME_LIMITS } from "./programs.mts";
import { runProgram } from "./run-program.mts";

const THIS_FILE = fileURLToPath(import.meta.url);

/** Puts the three programs into `<staging>/bin`. */
export async function installEngine(staging: string, log: (line: string) => void): Promise<void> {
  log(`Installing Pulumi ${ENGINE_VERSION} with its official installer.`);
  await runProgram(process.execPath, [THIS_FILE, staging], {
    doing: "Pulumi's official installer",
    timeLimit: TIME_LIMITS.installer,
    log,
  });
}

type Automation = typeof import("@pulumi/pulumi/automation/index.js");
type SdkVersion = NonNullable<NonNullable<Parameters<Automation["PulumiCommand"]["install"]>[0]>["version"]>;

async function install(root: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const { PulumiCommand } = require("@pulumi/pulumi/automation") as Automation;
  // The API takes a version object of its own copy of semver.
  const fromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { SemVer } = fromSdk("semver") as { SemVer: new (version: string) => SdkVersion };
  await PulumiCommand.install({ root, version: new SemVer(ENGINE_VERSION) });
}

const [, program, root] = process.argv;
if (root && program && realpathSync(program) === THIS_FILE) {
  install(root).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
