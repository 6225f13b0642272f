/**
 * The fault matrix as tables: what is declared, how it becomes resources, from where each operation starts, and the
 * commands that each resource then uses.
 */
import type { Command } from "../../../provider/chat/commands.js";
import { DEFAULT_SEED, type Seed, type SeedCommunity } from "../../../provider/emulator/index.js";
import { SOAK } from "../../proof.js";
import { GROUP } from "../chat-rest.js";
import type { Declared } from "../stack.js";
import { type FAULTS, faultsOf, keysOf } from "./table.js";

/** What is to be, whatever the resources. */
export interface Wanted {
  readonly community?: Readonly<Record<string, unknown>>;
  readonly topics: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const BEFORE: Wanted = {
  community: { name: "Players", introduction: "Everybody", ownerAccount: "alice", muteAllMember: true },
  topics: { one: { topicName: "One", introduction: "The first", muteAllMember: true }, two: { topicName: "Two" } },
};
/** Every kind of change: another text, a text that is cleared, another owner, a topic that goes, one that comes. */
const AFTER: Wanted = {
  community: { name: "Players, changed", ownerAccount: "bob", muteAllMember: true },
  topics: { one: { topicName: "One, changed", muteAllMember: true }, three: { topicName: "Three" } },
};
const NOTHING: Wanted = { topics: {} };

export interface Operation {
  readonly verb: "up" | "refresh" | "destroy";
  /** What the program declares, and the operation, or the run that follows it, brings about. */
  readonly wanted: Wanted;
  /** With nothing; with `BEFORE`; or with `BEFORE` in the app and nothing in the state. */
  readonly begins: "anew" | "up" | "forgotten";
  /** What is edited in the app before it. */
  readonly edit?: (community: SeedCommunity) => SeedCommunity;
}

export const OPERATIONS = {
  create: { verb: "up", wanted: BEFORE, begins: "anew" },
  /** What an interrupted run leaves: it is there, not muted yet, and the state does not know it. */
  adopt: {
    verb: "up",
    wanted: BEFORE,
    begins: "forgotten",
    edit: ({ topics = [], ...community }) => ({
      ...community,
      muteAllMember: false,
      topics: topics.map((topic) => ({ ...topic, muteAllMember: false })),
    }),
  },
  update: {
    verb: "up",
    wanted: AFTER,
    begins: "up",
    // Only a member can become the owner.
    edit: (community) => ({ ...community, members: ["alice", "bob"], memberNum: 2 }),
  },
  /** Everything is in use, so that what a refresh drops by mistake cannot be taken over again unseen. */
  refresh: {
    verb: "refresh",
    wanted: BEFORE,
    begins: "up",
    edit: ({ topics = [], ...community }) => ({
      ...community,
      memberNum: 9,
      topics: topics.map((topic) => ({ ...topic, nextMsgSeq: 9 })),
    }),
  },
  destroy: { verb: "destroy", wanted: NOTHING, begins: "up" },
} satisfies Readonly<Record<string, Operation>>;

export interface Resource {
  readonly declare: (wanted: Wanted) => Declared;
  /** What of the wanted it is responsible for; the app has the rest already, or does without. */
  readonly owns: readonly (keyof Wanted)[];
  /** The commands that each operation uses. */
  readonly operations: Readonly<Partial<Record<keyof typeof OPERATIONS, readonly Command[]>>>;
}

const COMMUNITY = "players";
const community = (wanted: Wanted, more = {}) => [{ name: COMMUNITY, args: { ...wanted.community, ...more } }];
const setInIt = ({ topics }: Wanted, more = {}) => [{ name: "topics", of: COMMUNITY, topics, ...more }];

export const RESOURCES = {
  ChatTopic: {
    declare: ({ topics }) => ({
      topics: Object.entries(topics).map(([name, topic]) => ({ name, groupId: GROUP, ...topic })),
    }),
    owns: ["topics"],
    operations: {
      create: ["import_topic", "modify_topic"],
      adopt: ["import_topic", "get_topic", "modify_topic"],
      update: ["import_topic", "modify_topic", "get_topic", "destroy_topic"],
      refresh: ["get_topic"],
      destroy: ["get_topic", "destroy_topic"],
    },
  },
  ChatTopicSet: {
    declare: ({ topics }) => ({ sets: [{ name: "topics", groupId: GROUP, topics }] }),
    owns: ["topics"],
    operations: {
      create: ["get_topic", "import_topic", "modify_topic"],
      adopt: ["get_topic", "modify_topic"],
      update: ["get_topic", "import_topic", "modify_topic", "destroy_topic"],
      refresh: ["get_topic"],
      destroy: ["get_topic", "destroy_topic"],
    },
  },
  ChatCommunity: {
    declare: (wanted) => ({ communities: community(wanted) }),
    owns: ["community"],
    operations: {
      create: ["import_group", "modify_group_base_info"],
      adopt: ["import_group", "get_group_info", "get_topic", "modify_group_base_info"],
      update: ["modify_group_base_info", "change_group_owner", "get_group_info"],
      refresh: ["get_group_info"],
      destroy: ["get_group_info", "get_topic", "destroy_group"],
    },
  },
  "ChatCommunity with a ChatTopicSet": {
    declare: (wanted) => ({ communities: community(wanted), sets: setInIt(wanted) }),
    owns: ["community", "topics"],
    operations: {
      create: ["import_group", "modify_group_base_info", "get_topic", "import_topic", "modify_topic"],
      adopt: ["import_group", "get_group_info", "get_topic", "modify_group_base_info", "modify_topic"],
      // biome-ignore format: the community's and those of its topics
      update: [
        "modify_group_base_info", "change_group_owner", "get_group_info",
        "get_topic", "import_topic", "modify_topic", "destroy_topic",
      ],
      refresh: ["get_group_info", "get_topic"],
      destroy: ["get_topic", "destroy_topic", "get_group_info", "destroy_group"],
    },
  },
  "ChatCommunity that takes its ChatTopicSet along": {
    declare: (wanted) => ({
      communities: community(wanted, { onRemove: "destroy" }),
      sets: setInIt(wanted, { deletedWith: COMMUNITY }),
    }),
    owns: ["community", "topics"],
    operations: { destroy: ["destroy_group"] },
  },
} satisfies Readonly<Record<string, Resource>>;

/** What the app holds before anything is declared: a community where only topics are declared, else none. */
export function seedFor(owns: Resource["owns"]): Seed {
  const communities = owns.includes("community") ? { communities: [] } : {};
  return { apps: DEFAULT_SEED.apps.map((app) => ({ ...app, accounts: ["alice", "bob"], ...communities })) };
}

export interface Cell {
  readonly resource: keyof typeof RESOURCES;
  readonly operation: keyof typeof OPERATIONS;
  readonly command: Command;
  readonly fault: keyof typeof FAULTS;
}

export const CELLS: readonly Cell[] = keysOf(RESOURCES).flatMap((resource) => {
  const { owns, operations }: Resource = RESOURCES[resource];
  return keysOf(operations).flatMap((operation) =>
    (operations[operation] ?? []).flatMap((command) => {
      const hasItems = command !== "get_topic" || (owns.includes("topics") && operation !== "create");
      return faultsOf(command, hasItems).map((fault) => ({ resource, operation, command, fault }));
    }),
  );
});

/** A step with which the short run meets every resource and every operation; a test tells when it does not. */
const EVERY = 143;
export const CHOSEN: readonly Cell[] = SOAK ? CELLS : CELLS.filter((_, index) => index % EVERY === 0);
