/**
 * What a test or a demo may do with an emulator from outside of the REST API, each operation once. The endpoints under
 * `/_emulator/` and the methods of `Emulator` both come here. Wrong arguments throw an Error that says what is wrong.
 */

import type { Backend } from "./backend.js";
import type { DataFile } from "./data-file.js";
import type { Fault } from "./fault.js";
import type { Health } from "./health.js";
import { addMessages, deleteTopic, editTopic } from "./outside-changes.js";
import type { Rules } from "./rules.js";
import { mergeRules } from "./rules-schema.js";
import type { Seed } from "./seed.js";
import { parseSeed } from "./seed-schema.js";

export class Control {
  /** `seed` and `rules` are those of the start. */
  constructor(
    private readonly backend: Backend,
    private readonly dataFile: DataFile | undefined,
    private readonly seed: Seed,
    private readonly startRules: Rules,
  ) {}

  health(): Health {
    const error = this.dataFile?.failure;
    return error === undefined ? { status: "ok" } : { status: "failing", error };
  }

  state(): Seed {
    return this.backend.store.toSeed();
  }

  async reset(seed?: unknown): Promise<void> {
    this.backend.reset(seed === undefined ? this.seed : parseSeed(seed));
    await this.dataFile?.flush();
  }

  /** The request log as a JSON array. */
  requestsJson(): string {
    return this.backend.log.toJson();
  }

  clearRequests(): void {
    this.backend.log.clear();
  }

  addFault(fault: unknown): void {
    this.backend.faults.add(fault);
  }

  faults(): Fault[] {
    return this.backend.faults.list();
  }

  /** Without a fault, all of them; with one, those that differ from it in `times` alone. */
  clearFaults(fault?: unknown): void {
    this.backend.faults.clear(fault);
  }

  rules(): Rules {
    return this.backend.rules;
  }

  changeRules(changes: unknown): Rules {
    this.backend.rules = mergeRules(this.backend.rules, changes);
    return this.backend.rules;
  }

  restoreRules(): Rules {
    this.backend.rules = this.startRules;
    return this.backend.rules;
  }

  editTopic(value: unknown): void {
    editTopic(this.backend, value);
  }

  deleteTopic(value: unknown): void {
    deleteTopic(this.backend, value);
  }

  addMessages(value: unknown): void {
    addMessages(this.backend, value);
  }
}
