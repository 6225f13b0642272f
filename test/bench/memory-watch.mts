/**
 * Watches a command's memory while it runs: the CLI's, and that of the dynamic provider process that the engine starts.
 * Asked for is the peak that the kernel remembers, so that only what comes after the last look is missed.
 */
import { peakMemoryOf, processesIn } from "./processes.mts";

const LOOK_EVERY_MS = 200;
/** A part of the command line of Pulumi's dynamic provider process. */
const PROVIDER = "cmd/dynamic-provider";

export interface PeakMemory {
  /** Bytes; undefined where none was seen. */
  cli: number | undefined;
  provider: number | undefined;
}

/** Ends with {@link Disposable}. */
export function watchMemory(folder: string, cli: number, peak: PeakMemory): Disposable {
  const look = () => {
    peak.cli = greater(peak.cli, peakMemoryOf(cli));
    for (const { pid, command } of processesIn(folder)) {
      if (command.includes(PROVIDER)) peak.provider = greater(peak.provider, peakMemoryOf(pid));
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

export function greater(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.max(one, other);
}
