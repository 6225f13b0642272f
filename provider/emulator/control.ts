/**
 * What a test or a demo may do with an emulator besides calling its REST API. These are the methods of `Emulator`; the
 * endpoints under `/_emulator/` call them too. All arguments are checked, since over HTTP they can be anything: a wrong
 * one throws an Error that says what is wrong.
 */

import type { Backend } from "./backend.js";
import type { DataFile } from "./data-file.js";
import type { Emulator } from "./emulator.js";
import { addMessages, deleteTopic, editTopic } from "./outside-changes.js";
import type { LoggedRequest } from "./request-log.js";
import type { Rules } from "./rules.js";
import { changedRules } from "./rules-in-force.js";
import type { Seed } from "./seed.js";
import { parseSeed } from "./seed-schema.js";

/** An `Emulator` without its server. */
export type Control = Omit<Emulator, "url" | "port" | "certificate" | "close" | typeof Symbol.asyncDispose>;

/** `startSeed` and `startRules` are those that a reset goes back to. */
export function controlOf(
  backend: Backend,
  dataFile: DataFile | undefined,
  startSeed: Seed,
  startRules: Rules,
): Control {
  return {
    health: () => (dataFile?.failure === undefined ? { status: "ok" } : { status: "failing", error: dataFile.failure }),
    state: () => backend.store.toSeed(),
    reset: async (seed) => {
      backend.reset(seed === undefined ? startSeed : parseSeed(seed));
      dataFile?.flush();
    },
    requests: () => JSON.parse(backend.log.toJson()) as LoggedRequest[],
    clearRequests: () => backend.log.clear(),
    addFault: (fault) => backend.faults.add(fault),
    faults: () => backend.faults.list(),
    clearFaults: (fault) => backend.faults.clear(fault),
    rules: () => backend.rules,
    changeRules: (changes) => {
      backend.rules = changedRules(backend.rules, changes);
    },
    restoreRules: () => {
      backend.rules = startRules;
    },
    editTopic: (topicId, edit, sdkAppId) => editTopic(backend, { ...edit, topicId, sdkAppId }),
    deleteTopic: (topicId, sdkAppId) => deleteTopic(backend, { topicId, sdkAppId }),
    addMessages: (topicId, count, sdkAppId) => addMessages(backend, { topicId, count, sdkAppId }),
  };
}
