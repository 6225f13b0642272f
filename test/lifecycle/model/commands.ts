/** The commands of the model: edits of the program, changes by somebody else, and commands of the engine with accidents. */
import fc from "fast-check";
import type { Fault } from "../../../provider/emulator/index.js";
import { type Accidents, DELAYS, GARBAGE, LOST_ANSWERS, LOST_IN_GARBAGE, REFUSALS } from "./accidents.js";
import { edits } from "./edits.js";
import { KEYS, PLACES, type Program, resourcesOf, topicIdIn } from "./program.js";
import type { Stack } from "./stack.js";

/** What the author of the program has written. */
export interface Model {
  program: Program;
}

type Command = fc.AsyncCommand<Model, Stack>;

function command(label: string, run: (model: Model, stack: Stack) => unknown): Command {
  return { check: () => true, run: async (model, stack) => void (await run(model, stack)), toString: () => label };
}

/** Some edits at once, as between two runs in life. */
const editing = fc.array(edits, { minLength: 1, maxLength: 5 }).map((some) =>
  command(some.map(({ label }) => label).join("; "), (model) => {
    model.program = some.reduce((program, { change }) => change(program), model.program);
  }),
);

const topicId = fc
  .tuple(
    fc.constantFrom("players" as const, "players" as const, "guild" as const),
    fc.constantFrom("foreign", ...KEYS, ...KEYS, ...KEYS, "named"),
  )
  .map(([where, at]) => topicIdIn(where, at));
const theirText = fc.constantFrom("Topic", "Topic", "x");
const outside = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom("edit topic" as const, "destroy topic" as const, "post" as const, "post" as const),
        nth: fc.nat(20),
        text: theirText,
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("import topic" as const), topicId, text: theirText }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constantFrom("import" as const, "edit" as const, "destroy" as const),
        groupId: fc.constant(PLACES.guild),
        text: fc.constantFrom("Guild", "x"),
      }),
    },
  )
  .map((change) => command(`outside: ${JSON.stringify(change)}`, (_, stack) => stack.outside(change)));

/** Those that a topic meets more often, more often. */
const COMMANDS = [
  "import_topic",
  "import_topic",
  "modify_topic",
  "modify_topic",
  "modify_topic",
  "get_topic",
  "destroy_topic",
  "import_group",
  "modify_group_base_info",
  "get_group_info",
  "destroy_group",
] as const;

function faults(kinds: readonly Fault[]): fc.Arbitrary<Fault[]> {
  const fault = fc.tuple(
    fc.constantFrom(...kinds),
    fc.option(fc.constantFrom(...COMMANDS), { nil: undefined }),
    fc.integer({ min: 1, max: 5 }),
  );
  const whole = fault.map(([kind, of, times]): Fault => ({ ...kind, ...(of && { command: of }), times }));
  return fc.array(whole, { minLength: 1, maxLength: 3 });
}

const accidents: fc.Arbitrary<Accidents> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.record({ faults: faults([...DELAYS, ...LOST_ANSWERS, ...LOST_ANSWERS]) }) },
  { weight: 2, arbitrary: fc.record({ faults: faults([...DELAYS, ...REFUSALS, ...GARBAGE]) }) },
  { weight: 1, arbitrary: fc.record({ faults: faults([...LOST_IN_GARBAGE, ...REFUSALS, ...LOST_ANSWERS]) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kill: fc.record({ afterCalls: fc.nat(3), isNextSent: fc.boolean() }),
      hasCheckpoints: fc.boolean(),
    }),
  },
);
const parallel = fc.constantFrom(1, 4);

/** A command of the engine under accidents, with so many operations at a time. */
function run(name: string, how: (model: Model, stack: Stack, given: Accidents & { parallel: number }) => unknown) {
  return fc
    .tuple(accidents, parallel)
    .map(([which, most]) => ({ ...which, parallel: most }))
    .map((given) => command(`${name} ${JSON.stringify(given)}`, (model, stack) => how(model, stack, given)));
}

const runs = fc.oneof(
  { weight: 8, arbitrary: run("up", ({ program }, stack, given) => stack.up(resourcesOf(program), given)) },
  { weight: 3, arbitrary: run("refresh", (_, stack, given) => stack.refresh(given)) },
  { weight: 1, arbitrary: run("destroy", (_, stack, given) => stack.destroy(given)) },
  {
    weight: 4,
    arbitrary: parallel.map((most) =>
      command(`settle ${most}`, ({ program }, stack) => stack.settle(resourcesOf(program), most)),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant(command("preview", ({ program }, stack) => stack.preview(resourcesOf(program)))),
  },
);

/** Any command, about as often as in life. */
export const anyCommand: fc.Arbitrary<Command>[] = [editing, editing, outside, runs, runs];
