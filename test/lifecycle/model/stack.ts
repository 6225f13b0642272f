/**
 * A stack of the model: the state, and the commands of the engine against the emulator. After each command the laws are
 * held against what happened; and where the state knew the world, the world is held against what was to be expected.
 */
import { isDeepStrictEqual } from "node:util";
import type { OpenApp } from "../../../provider/chat/open-app.js";
import type { Transport } from "../../../provider/chat/transport.js";
import type { TestApp } from "../../chat/test-app.js";
import { offline } from "../run-context.js";
import type { Accidents } from "./accidents.js";
import { destroy, preview, type Report, refresh, update } from "./engine.js";
import { FORESEEN } from "./foreseen.js";
import { type Happening, LAWS } from "./laws.js";
import type { Declared } from "./program.js";
import { ProviderProcess } from "./provider-process.js";
import type { State } from "./state.js";
import { changeOutside, type OutsideChange, worldOf } from "./world.js";

/** How often what happened, so that a test can tell whether it has seen anything. */
export type Tally = Map<string, number>;

export class Stack {
  state: State = new Map();

  constructor(
    private readonly app: TestApp,
    private readonly hands: OpenApp,
    private readonly transport: Transport,
    private readonly tally: Tally,
  ) {}

  async outside(change: OutsideChange): Promise<void> {
    await changeOutside(this.app, this.hands, change);
    this.count(`outside: ${change.do}`);
  }

  preview(program: readonly Declared[]): Report {
    return preview(offline(), program, this.state);
  }

  /** As the engine does: nothing is run where the preview fails. */
  async up(
    program: readonly Declared[],
    { parallel = 1, ...accidents }: Accidents & { parallel?: number } = {},
  ): Promise<Happening> {
    const plan = this.preview(program);
    const isRefused = plan.failures.length > 0;
    const run = (process: ProviderProcess) =>
      isRefused ? Promise.resolve({ ...plan, steps: [] }) : update(process, program, this.state, parallel);
    return this.#command({ command: "up", program, plan: isRefused ? undefined : plan }, accidents, run);
  }

  refresh(accidents: Accidents = {}): Promise<Happening> {
    const run = (process: ProviderProcess) => refresh(process, this.state);
    return this.#command({ command: "refresh", program: [], plan: undefined }, accidents, run);
  }

  destroy({ parallel = 1, ...accidents }: Accidents & { parallel?: number } = {}): Promise<Happening> {
    const run = (process: ProviderProcess) => destroy(process, this.state, parallel);
    return this.#command({ command: "destroy", program: [], plan: undefined }, accidents, run);
  }

  /** A refresh and an up without accidents: all is as declared, and doing it again does nothing; or it is refused rightly. */
  async settle(program: readonly Declared[], parallel: number): Promise<void> {
    await this.refresh();
    const { report } = await this.up(program, { parallel });
    if (report.failures.length > 0) return this.count("settled: refused, rightly");
    this.count("settled: as declared");
    const again = await this.up(program, { parallel });
    const changed = again.report.steps.filter(({ do: what }) => what !== "same");
    if (changed.length > 0) broken("an up after an up changes nothing", changed, again);
    if (again.requests.length > 0) broken("an up after an up makes no call", again.requests, again);
    const refreshed = await this.refresh();
    if (sees(program)) return;
    const found = refreshed.report.steps.filter(({ do: what }) => what !== "same");
    if (found.length > 0 || !isDeepStrictEqual(outputsIn(refreshed.before.state), outputsIn(refreshed.after.state))) {
      broken("a refresh after an up finds nothing", found, refreshed);
    }
  }

  count(what: string): void {
    this.tally.set(what, (this.tally.get(what) ?? 0) + 1);
  }

  async #command(
    what: Pick<Happening, "command" | "program" | "plan">,
    { faults = [], kill, hasCheckpoints = true }: Accidents,
    run: (process: ProviderProcess) => Promise<Report>,
  ): Promise<Happening> {
    const { emulator } = this.app;
    const before = { state: this.state, world: worldOf(this.app) };
    emulator.clearRequests();
    for (const fault of faults) emulator.addFault(fault);
    const process = new ProviderProcess(this.app.settings(), this.transport, kill);
    const report = await run(process);
    await process.settled();
    emulator.clearFaults();
    if (!process.isDead || hasCheckpoints) this.state = report.state;
    const happening: Happening = {
      ...what,
      report,
      before,
      after: { state: this.state, world: worldOf(this.app) },
      requests: emulator.requests(),
      isKilled: process.isDead,
      faults,
    };
    this.count(`${what.command}: ${process.isDead ? "killed" : report.failures.length > 0 ? "failed" : "succeeded"}`);
    for (const [law, breaksOf] of Object.entries({ ...LAWS, ...FORESEEN })) {
      const breaks = breaksOf(happening);
      if (breaks.length > 0) broken(law, breaks, happening);
    }
    return happening;
  }
}

function outputsIn(state: State): unknown {
  return [...state.values()].map(({ urn, outputs }) => [urn, outputs]);
}

/** Does a refresh record topics that nobody declares? */
function sees(program: readonly Declared[]): boolean {
  return program.some(({ args }) => args.exclusive === true);
}

function broken(law: string, breaks: readonly unknown[], { report, before, after, requests, plan }: Happening): never {
  const show = (value: unknown) =>
    JSON.stringify(value, (_, held) => (held instanceof Map ? Object.fromEntries(held) : held));
  throw new Error(
    [
      `Broken: ${law}`,
      ...breaks.map((one) => `  ${show(one)}`),
      `steps ${show(report.steps)}`,
      `failures ${show(report.failures)} ${show(plan?.failures ?? [])}`,
      `calls ${show(requests.map(({ command, body, code }) => [command, body, code]))}`,
      `state before ${show(before.state)}`,
      `topics before ${show([...before.world.topics.values()])}`,
      `state after ${show(after.state)}`,
      `topics after ${show([...after.world.topics.values()])}`,
    ].join("\n"),
  );
}
