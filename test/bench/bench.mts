/**
 * `npm run bench`: the real Pulumi CLI on a file backend against the emulator, with one resource a topic, with sets, and
 * with a plain class provider as the baseline; and what the design demands of it. Leaves nothing behind.
 */
import { writeFile } from "node:fs/promises";
import { provideEngine } from "../engine/pulumi/provide.mts";
import { evaluateBars } from "./bars.mts";
import { CONTENDERS, FLOOR, LEAST } from "./contenders.mts";
import { startEmulatorProcess } from "./emulator-process.mts";
import { describeMachine } from "./machine.mts";
import { type Options, readOptions, USAGE } from "./options.mts";
import { measureProviderStart } from "./provider-start.mts";
import { report } from "./report.mts";
import type { Results } from "./results.mts";
import { measureAll } from "./series.mts";

const INTERRUPTED = 130;

async function bench(options: Options, signal: AbortSignal): Promise<number> {
  const log = (line: string) => console.error(line);
  const contenders = CONTENDERS.filter(({ id }) => options.contenders.includes(id));
  const engine = await provideEngine({ log });
  const machine = await describeMachine(engine);
  const starts = options.measuresStart ? await measureProviderStart(signal, log) : undefined;
  await using emulator = await startEmulatorProcess();
  const surroundings = { engine, emulator, limitSeconds: options.limitSeconds, signal };
  const cells = await measureAll([FLOOR, LEAST, ...contenders], options.sizes, surroundings, log);

  const results: Results = { machine, sizes: options.sizes, cells, starts };
  console.log(report(results, [LEAST, ...contenders], options.limitSeconds));
  if (options.json !== undefined) {
    await writeFile(options.json, `${JSON.stringify({ ...results, bars: evaluateBars(results) }, undefined, 2)}\n`);
  }
  return cells.some(({ result }) => result.kind === "failed") ? 1 : 0;
}

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => interruption.abort(new Error(`interrupted by ${name}`)));
}
// So is a reader that goes away.
for (const stream of [process.stdout, process.stderr]) stream.on("error", (error) => interruption.abort(error));

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) console.log(USAGE);
  else process.exitCode = await bench(options, interruption.signal);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = interruption.signal.aborted ? INTERRUPTED : 1;
}
