/** The processes that a stack's commands started, found by the folder in which they work (Linux). */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface ProcessFacts {
  readonly pid: number;
  readonly command: string;
}

export function processesIn(folder: string): ProcessFacts[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        // The folder may be gone already; the link then says so.
        if (readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, "") !== folder) return [];
        return [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") }];
      } catch {
        return [];
      }
    });
}

/** Is it Pulumi's dynamic provider process, in which this package runs? */
export function isProviderProcess({ command }: ProcessFacts): boolean {
  return command.includes("dynamic-provider");
}
