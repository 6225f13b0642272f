/** What the kills are tried on: a program, the ids that it makes, and the calls within which a run of it is killed. */
import { DEFAULT_SEED, type Seed } from "../../../provider/emulator/index.js";
import { GROUP, idOf } from "../chat-rest.js";
import type { Declared } from "../stack.js";

export interface Shape {
  readonly name: string;
  readonly seed: Seed;
  readonly declared: Declared;
  readonly ids: readonly string[];
  /** The fewest calls that each run makes, with {@link PARALLEL}. */
  readonly calls: { readonly up: number; readonly destroy: number };
}

/** Operations that the engine has under way at a time: so many topics at most share a call. */
export const PARALLEL = 4;

const WITH_COMMUNITY = DEFAULT_SEED;
const EMPTY: Seed = { apps: DEFAULT_SEED.apps.map((app) => ({ ...app, communities: [] })) };

const SINGLES = topicsOf(50);
const TOPICS = topicsOf(200);
const set = (more: object) => [{ name: "topics", topics: TOPICS, ...more }];
const players = (more = {}) => [{ name: "players", args: { name: "Players", muteAllMember: true, ...more } }];

export const SHAPES: readonly Shape[] = [
  {
    name: "200 topics of a set",
    seed: WITH_COMMUNITY,
    declared: { sets: set({ groupId: GROUP }) },
    ids: idsOf(TOPICS),
    // A look, and then all of them, or 50 at a time.
    calls: { up: 201, destroy: 5 },
  },
  {
    name: "50 single topics",
    seed: WITH_COMMUNITY,
    declared: { topics: Object.entries(SINGLES).map(([name, topic]) => ({ name, groupId: GROUP, ...topic })) },
    ids: idsOf(SINGLES),
    // Each is looked at before it is destroyed.
    calls: { up: 50, destroy: 2 * Math.ceil(50 / PARALLEL) },
  },
  {
    name: "a community and a set of 200 topics in it",
    seed: EMPTY,
    declared: { communities: players(), sets: set({ of: "players" }) },
    ids: [GROUP, ...idsOf(TOPICS)],
    // Beside those of the set: an import and a mute, or two looks and the end.
    calls: { up: 203, destroy: 8 },
  },
  {
    name: "a community that takes its set of 200 topics along",
    seed: EMPTY,
    declared: {
      communities: players({ onRemove: "destroy" }),
      sets: set({ of: "players", deletedWith: "players" }),
    },
    ids: [GROUP, ...idsOf(TOPICS)],
    calls: { up: 203, destroy: 1 },
  },
];

function topicsOf(count: number): Record<string, { topicName: string }> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`topic-${index}`, { topicName: `Topic ${index}` }]),
  );
}

function idsOf(topics: object): string[] {
  return Object.keys(topics).map(idOf);
}
