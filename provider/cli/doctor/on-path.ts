/** The programs that Pulumi starts: where they are on PATH, and what they print. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Longest wait for a program, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** Every file of this name on PATH; the first is the one that is started. */
export function onPath(program: string, environment: NodeJS.ProcessEnv): string[] {
  const fileName = process.platform === "win32" ? `${program}.exe` : program;
  const folders = (environment.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...new Set(folders.map((folder) => join(folder, fileName)))].filter((file) => existsSync(file));
}

/** What a program prints. Rejects with what it wrote to stderr. */
export async function outputOf(file: string, args: readonly string[], cwd: string): Promise<string> {
  // Without it the Pulumi CLI would first ask the network for a newer version.
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  try {
    const { stdout } = await run(file, args, { cwd, env, timeout: TIMEOUT_MS });
    return stdout;
  } catch (error) {
    const { stderr = "", message } = error as { readonly stderr?: string; readonly message: string };
    throw new Error(stderr.trim() || message);
  }
}
