/** What the Pulumi CLI reports about a project's stacks. It has to be on PATH, and logged in to the project's backend. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

/** Longest wait for the CLI, in milliseconds; a remote backend takes its time. */
const TIMEOUT_MS = 120_000;
/** Largest state that is read, in bytes. */
const MAX_STATE_BYTES = 512 * 1024 * 1024;

const exportedStack = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          urn: z.string(),
          type: z.string(),
          id: z.string().default(""),
          provider: z.string().default(""),
          outputs: z.record(z.string(), z.unknown()).default({}),
          external: z.boolean().default(false),
          delete: z.boolean().default(false),
        }),
      )
      .default([]),
  }),
});

export type StateResource = z.infer<typeof exportedStack>["deployment"]["resources"][number];

const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));

export class PulumiStacks {
  /** @param folder The project's folder, in which Pulumi.yaml lies. */
  constructor(private readonly folder: string) {}

  /** The resources in a stack's state. */
  async resources(stack: string): Promise<StateResource[]> {
    const exported = await this.#json(["stack", "export", "--stack", stack], exportedStack);
    return exported.deployment.resources.filter((resource) => !resource.delete);
  }

  /** A stack's configuration with its secrets in plain text, by full key. */
  async configuration(stack: string): Promise<ReadonlyMap<string, string>> {
    const values = await this.#json(["config", "--json", "--show-secrets", "--stack", stack], configuration);
    return new Map(Object.entries(values).flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])));
  }

  async #json<T>(command: readonly string[], schema: z.ZodType<T>): Promise<T> {
    const stdout = await this.#pulumi(command);
    const { data, error } = schema.safeParse(JSON.parse(stdout));
    if (error) throw new Error(`\`pulumi ${command.join(" ")}\` gave an answer that is not understood`);
    return data;
  }

  async #pulumi(command: readonly string[]): Promise<string> {
    try {
      const options = { cwd: this.folder, timeout: TIMEOUT_MS, maxBuffer: MAX_STATE_BYTES };
      const { stdout } = await run("pulumi", [...command, "--non-interactive"], options);
      return stdout;
    } catch (error) {
      const { code, stderr = "" } = error as { code?: unknown; stderr?: string };
      if (code === "ENOENT") throw new Error("the Pulumi CLI is not on PATH; install it, or put its folder on PATH");
      const said = stderr.trim().replace(/^error: /, "");
      throw new Error(`\`pulumi ${command.join(" ")}\` failed: ${said || String(error)}`);
    }
  }
}
