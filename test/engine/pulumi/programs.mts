/**
 * What an engine consists of, as data: the versions we accept and pin, the three programs with the Go module and package
 * each is built from, and the time every outside process may take. The rest of this folder reads these tables.
 */

/** The release that is built or installed here. */
export const ENGINE_VERSION = "3.274.1";

/** The oldest Pulumi that is taken from PATH. A next major version would not fit the SDK, so it is not taken either. */
export const OLDEST_VERSION = "3.254.0";

export interface EngineProgram {
  readonly name: string;
  /** The file's ending on Windows; elsewhere the files have none. */
  readonly windowsEnding: ".exe" | ".cmd";
  /** Where it is built from; absent for the script that comes with the npm package `@pulumi/pulumi`. */
  readonly go?: {
    /** Folder beside this file with the wrapper module (go.mod, go.sum, tools.go) that pins module and sums. */
    readonly wrapper: string;
    readonly package: string;
    /** What the program answers when asked for its version: that of its module. */
    readonly version: string;
  };
}

/** The smaller build comes first: where the network is closed it fails within seconds. */
export const ENGINE_PROGRAMS: readonly EngineProgram[] = [
  {
    // Until sdk/v3 v3.68.0 the host was a part of the SDK's module; the module it moved to
    // could not be had from a Go module proxy when this was written.
    name: "pulumi-language-nodejs",
    windowsEnding: ".exe",
    go: {
      wrapper: "language-nodejs",
      package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
      version: "3.68.0",
    },
  },
  {
    name: "pulumi",
    windowsEnding: ".exe",
    go: { wrapper: "cli", package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", version: ENGINE_VERSION },
  },
  // Without this one beside the CLI the engine tries to download a plugin of that name for every dynamic resource.
  { name: "pulumi-resource-pulumi-nodejs", windowsEnding: ".cmd" },
];

/** The variable in both programs that holds their version. Without it the Automation API refuses the CLI. */
export const GO_VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** Milliseconds each outside process may take before it is stopped. */
export const TIME_LIMITS = {
  pulumiVersion: 30_000,
  /** `go env` downloads a newer toolchain first where GOTOOLCHAIN allows it and the modules ask for one. */
  goVersion: 10 * 60_000,
  goBuild: 30 * 60_000,
  installer: 15 * 60_000,
} as const;

export function programFile(program: EngineProgram, platform: NodeJS.Platform = process.platform): string {
  return platform === "win32" ? program.name + program.windowsEnding : program.name;
}
