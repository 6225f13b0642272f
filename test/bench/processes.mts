/**
 * The processes that work in a folder, as Linux shows them under /proc: what a Pulumi command started there, however far
 * removed. Elsewhere none are seen.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

const PROC = "/proc";

export interface ProcessFacts {
  readonly pid: number;
  readonly command: string;
}

export function processesIn(folder: string): ProcessFacts[] {
  if (!existsSync(PROC)) return [];
  return readdirSync(PROC)
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (readlinkSync(`${PROC}/${pid}/cwd`) !== folder) return [];
        return [{ pid: Number(pid), command: readFileSync(`${PROC}/${pid}/cmdline`, "utf8").replaceAll("\0", " ") }];
      } catch {
        // It has ended meanwhile, or is not ours.
        return [];
      }
    });
}

/** The most memory (RSS) that the process has held so far, in bytes; undefined when it is gone. */
export function peakMemoryOf(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`${PROC}/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

/** Ends what still works in the folder, process by process. */
export function endProcessesIn(folder: string): void {
  for (const { pid } of processesIn(folder)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}
