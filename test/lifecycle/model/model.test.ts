/**
 * The promise of the package, against whatever may happen: random programs of edits, changes by others, faults, kills and
 * runs, through the real lifecycles and the real client over HTTP. See `laws.ts` for what must hold.
 */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { OpenApp } from "../../../provider/chat/open-app.js";
import { createTransport, type Transport } from "../../../provider/chat/transport.js";
import type { Rules } from "../../../provider/emulator/index.js";
import { TestApp } from "../../chat/test-app.js";
import { amount, tellCount } from "../../proof.js";
import { withoutPauses } from "../without-pauses.js";
import { anyCommand } from "./commands.js";
import { NOTHING, resourcesOf } from "./program.js";
import { Stack, type Tally } from "./stack.js";

let app: TestApp;
let hands: OpenApp;
let transport: Transport;
beforeAll(async () => {
  app = await TestApp.start();
  hands = app.open();
  transport = createTransport(app.emulator.url);
});
beforeEach(withoutPauses);
afterAll(async () => {
  await transport.close();
  await app.close();
});

/** What the pages leave open, and the client has to cope with. */
const dialect: fc.Arbitrary<Partial<Rules>> = fc.record({
  missingTopic: fc.constantFrom("110003", "10010", "omitted"),
  missingGroup: fc.constantFrom("10010", "10015", "omitted"),
  failedItems: fc.constantFrom("identified", "bare"),
  destroyFailures: fc.constantFrom("item", "top"),
  muteField: fc.constantFrom("MuteAllMember", "ShutUpAllFlag"),
  emptyTexts: fc.constantFrom("present", "omitted"),
  topicOrder: fc.constantFrom("created", "reversed"),
});
const programs = fc.commands(anyCommand, { maxCommands: 40, size: "max" });

/** What has to come up for the proof to be one. */
const SEEN = [
  ...["up: succeeded", "up: failed", "up: killed", "refresh: succeeded", "destroy: succeeded"],
  ...["settled: as declared", "settled: refused, rightly"],
];

/** Commands of the model in all; a program has about 20. */
const STEPS = amount(5_000, 200_000);

test("nothing is lost, doubled or touched that is not ours, whatever happens", {
  timeout: amount(300_000, 7_200_000),
}, async () => {
  const tally: Tally = new Map();
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(fc.boolean(), programs, dialect, async (areSetsFirst, commands, rules) => {
      await app.reset([], rules);
      const model = { program: { ...NOTHING, areSetsFirst } };
      const stack = new Stack(app, hands, transport, tally);
      await fc.asyncModelRun(() => ({ model, real: stack }), commands);
      await stack.settle(resourcesOf(model.program), 4);
      steps += [...commands].length + 1;
    }),
    { numRuns: STEPS / 20 },
  );
  tellCount(
    steps,
    `steps of the model; ${[...tally]
      .map(([what, count]) => `${count} ${what}`)
      .sort()
      .join(", ")}`,
  );
  // Otherwise the programs would be too tame to prove anything.
  expect(SEEN.filter((what) => !tally.has(what))).toEqual([]);
});
