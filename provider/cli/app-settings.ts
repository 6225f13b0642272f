/** Where a command finds the settings of an app: as the provider does, in a stack's configuration and the environment. */
import type { SettingSources } from "../settings/setting-sources.js";

/** Without a stack, the environment alone. @throws with Pulumi's own words where the stack cannot be read. */
export async function settingSources(from: { readonly stack?: string; readonly cwd: string }): Promise<SettingSources> {
  if (from.stack === undefined) {
    return { configuration: () => undefined, environment: process.env, environmentOnly: { option: "--stack" } };
  }
  const { PulumiStacks } = await import("./pulumi-stacks.js");
  const values = await new PulumiStacks(from.cwd).configuration(from.stack);
  return {
    configuration: (key) => values.get(key),
    configurationKeys: () => [...values.keys()],
    environment: process.env,
  };
}
