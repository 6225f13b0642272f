/** The machine that measured. */
import { execFile } from "node:child_process";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  readonly pulumi: string;
  /** Processes that wanted to run in the minute before: others' work, which distorts times. */
  readonly loadBefore: number;
  /** ISO 8601. */
  readonly startedAt: string;
}

const VERSION_MS = 30_000;

export async function describeMachine(engine: string): Promise<Machine> {
  const { stdout } = await promisify(execFile)(join(engine, "pulumi"), ["version"], { timeout: VERSION_MS });
  return {
    processor: cpus()[0]?.model.trim() || process.arch,
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version,
    pulumi: stdout.trim(),
    loadBefore: loadavg()[0] ?? 0,
    startedAt: new Date().toISOString(),
  };
}
