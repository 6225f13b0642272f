/**
 * Builds the engine from Pulumi's own published Go modules. The wrapper modules beside this file pin them with their sums
 * (`go install …@version` refuses them, since they carry replace directives). Nothing is written into the source tree.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ENGINE_PROGRAMS, type EngineProgram, GO_VERSION_VARIABLE, programFile, TIME_LIMITS } from "./programs.mts";
import { ProgramError, runProgram } from "./run-program.mts";
import { isAtLeast, type Version, versionIn } from "./version.mts";

const wrapperFolder = (wrapper: string) => join(import.meta.dirname, wrapper);

/** Tells why `go` cannot be used here, or undefined if it can. */
export async function whyNoGo(log: (line: string) => void): Promise<string | undefined> {
  const { cwd, needed } = mostDemandingWrapper();
  try {
    // In the wrapper's folder, where GOTOOLCHAIN may let an older `go` hand over to the one its go.mod asks for.
    const options = { cwd, env: goEnvironment(), timeLimit: TIME_LIMITS.goVersion, log };
    const answer = await runProgram("go", ["env", "GOVERSION"], { ...options, doing: "asking Go for its version" });
    const version = versionIn(answer);
    if (version && isAtLeast(version, needed)) return undefined;
    return `Go on PATH is ${answer.trim() || "of no known version"}, and Pulumi's modules need ${needed.join(".")} or newer.`;
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    return error.code === "ENOENT" ? "there is no Go on PATH." : error.message;
  }
}

/** The wrapper whose go.mod asks for the newest Go. */
function mostDemandingWrapper(): { cwd: string; needed: Version } {
  const wrappers = ENGINE_PROGRAMS.flatMap(({ go }) => (go ? [wrapperFolder(go.wrapper)] : [])).map((cwd) => {
    const goLine = /^go (.+)$/m.exec(readFileSync(join(cwd, "go.mod"), "utf8"))?.[1] ?? "";
    return { cwd, needed: versionIn(goLine) ?? ([0, 0, 0] as const) };
  });
  return wrappers.reduce((most, wrapper) => (isAtLeast(most.needed, wrapper.needed) ? most : wrapper));
}

/** Puts the three programs into `<staging>/bin`. */
export async function buildEngine(staging: string, log: (line: string) => void): Promise<void> {
  const bin = join(staging, "bin");
  const scratch = join(staging, "scratch");
  mkdirSync(scratch);
  log("Building Pulumi from its published Go modules. This takes about 5 minutes, once: the result is kept for later");
  log(`checkouts, in ${dirname(staging)}.`);
  for (const [index, program] of ENGINE_PROGRAMS.entries()) {
    log(`Step ${index + 1} of ${ENGINE_PROGRAMS.length}: ${program.name}`);
    if (program.go) await goBuild(program, program.go, bin, scratch, log);
    else copyFromSdk(program, bin);
  }
  rmSync(scratch, { recursive: true, force: true });
}

async function goBuild(
  program: EngineProgram,
  go: NonNullable<EngineProgram["go"]>,
  bin: string,
  scratch: string,
  log: (line: string) => void,
): Promise<void> {
  const linkerFlags = `-s -w -X ${GO_VERSION_VARIABLE}=v${go.version}`;
  const output = join(bin, programFile(program));
  // -v prints each package as it is compiled, which is all the progress that `go build` can show.
  const flags = ["-v", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags", linkerFlags, "-o", output];
  await runProgram("go", ["build", ...flags, go.package], {
    cwd: wrapperFolder(go.wrapper),
    env: goEnvironment(scratch),
    doing: `building ${program.name}`,
    timeLimit: TIME_LIMITS.goBuild,
    log,
  });
}

/** For this machine and without a C compiler, whatever workspace the checkout is in or target the user's shell is set to. */
function goEnvironment(scratch?: string): NodeJS.ProcessEnv {
  const fixed = { GOWORK: "off", GO111MODULE: "on", GOOS: "", GOARCH: "", CGO_ENABLED: "0" };
  return { ...process.env, ...fixed, ...(scratch ? { GOTMPDIR: scratch } : {}) };
}

function copyFromSdk(program: EngineProgram, bin: string): void {
  const file = programFile(program);
  let sdk: string;
  try {
    sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
  } catch {
    throw new Error("The npm package @pulumi/pulumi is not installed. Run `npm ci` first.");
  }
  copyFileSync(join(sdk, file), join(bin, file));
  chmodSync(join(bin, file), 0o755);
}
