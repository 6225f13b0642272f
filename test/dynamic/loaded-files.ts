/** Which files a provider process has loaded, asked from outside. */
import { once } from "node:events";
import type { ProviderProcess } from "./provider-process.js";

/** A process has to be started with these arguments of Node.js to be asked. */
export const WITH_PROBE: readonly string[] = ["--require", require.resolve("./loaded-files-probe.cjs")];

export async function loadedFiles(provider: ProviderProcess): Promise<readonly string[]> {
  const answer = once(provider.child, "message");
  provider.child.send("which?");
  const [files] = await answer;
  return files;
}
