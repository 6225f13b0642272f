/** What makes a folder a home of Pulumi's own: its state, its credentials and its engine, whatever the machine has. */
import { delimiter, join, resolve } from "node:path";

/** Inside the repository, so that the programs find the package by its name. */
export const WORK = resolve("test/engine/.work");
/** Each command of Pulumi starts Node.js three times, on the same modules. */
export const COMPILE_CACHE = join(WORK, "compile-cache");

export function stackEnvironment(folder: string, engineFolder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: [engineFolder, resolve("node_modules/.bin"), process.env.PATH].join(delimiter),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NODE_COMPILE_CACHE: COMPILE_CACHE,
  };
}
