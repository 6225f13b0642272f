/**
 * The fault matrix: each resource, each command it uses, each way in which that can go wrong, through the real CLI. After
 * the fault is lifted, one more run makes everything right: what is live equals what is declared, nothing exists twice,
 * the state names everything that is ours, and the failed run's error had said what to do. Its tables are in `faults/`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Emulator, type Seed, startEmulator } from "../../provider/emulator/index.js";
import { SOAK, tellCount } from "../proof.js";
import { calls, GROUP, idOf, liveCommunity, liveIds, liveTopics } from "./chat-rest.js";
import {
  BEFORE,
  CELLS,
  type Cell,
  CHOSEN,
  OPERATIONS,
  type Operation,
  RESOURCES,
  type Resource,
  seedFor,
  type Wanted,
} from "./faults/cells.js";
import { FAULTS, type FaultRow } from "./faults/table.js";
import { Stack } from "./stack.js";

let emulator: Emulator;
let madeGood = 0;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(async () => {
  await emulator.close();
  tellCount(madeGood, `cells of ${CELLS.length} of the fault matrix`);
});

/** The cells that begin alike share a beginning: each takes it up from a copy. */
const BEGINNINGS = Map.groupBy(CHOSEN, ({ resource, operation }) => `${resource}, ${operation}`);

describe.each([...BEGINNINGS])("%s", (_name, cells) => {
  const { resource, operation } = cells[0] as Cell;
  const { declare, owns }: Resource = RESOURCES[resource];
  const { verb, wanted, begins, edit = (community) => community }: Operation = OPERATIONS[operation];
  const seed = seedFor(owns);
  let stack: Stack;
  let beginning: Seed;

  beforeAll(async () => {
    await emulator.reset(seed);
    stack = await Stack.create(emulator);
    await stack.save();
    if (begins !== "anew") {
      await stack.declareAll(declare(BEFORE));
      await stack.up();
    }
    if (begins !== "forgotten") await stack.save();
    const { apps } = emulator.state();
    beginning = { apps: apps.map(({ communities = [], ...app }) => ({ ...app, communities: communities.map(edit) })) };
    return () => stack[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    await emulator.reset(beginning);
    await stack.restore();
    await stack.declareAll(declare(wanted));
  });

  test.each(cells)("$command with $fault is made good by the next run", async ({ command, fault: name }) => {
    const { fault, riddenOut = false }: FaultRow = FAULTS[name];
    emulator.addFault({ ...fault, command });
    // One second a call: faults that last end a run soon.
    const impatient = stack.with({ TENCENT_CHAT_TIMEOUT_SECONDS: riddenOut ? "30" : "1" });
    const { exitCode, output } = await impatient.run(verb, "--yes", "--skip-preview");
    expect(calls(emulator)).toContain(command);
    expect(exitCode === 0, output).toBe(riddenOut);
    if (!riddenOut) expect(output).toContain("What to do");
    expect(output).not.toMatch(/\n\s+at /);
    emulator.clearFaults();

    const next = verb === "destroy" ? "destroy" : "up";
    await stack[next]();
    await expectExactly(wanted);
    if (SOAK && next === "up") await stack.up("--expect-no-changes");
    madeGood++;
  });

  async function expectExactly({ community, topics }: Wanted): Promise<void> {
    const ourCommunity = owns.includes("community") ? community : undefined;
    const ourTopics = owns.includes("topics") ? Object.entries(topics) : [];
    const ours = [...(ourCommunity ? [GROUP] : []), ...ourTopics.map(([key]) => idOf(key))].sort();
    const given = seed.apps[0]?.communities?.map(({ groupId }) => groupId) ?? [];
    expect(liveIds(emulator)).toEqual([...given, ...ours].sort());
    expect(await stack.ids()).toEqual(ours);
    // A text that is not declared any more is cleared.
    const cleared = { introduction: "" };
    if (ourCommunity) expect(liveCommunity(emulator)).toMatchObject({ ...cleared, ...ourCommunity });
    for (const [key, topic] of ourTopics) expect(liveTopics(emulator)[key]).toMatchObject({ ...cleared, ...topic });
  }
});
