/** Who competes: a folder with a program each, and under which conditions it runs. */

export type ContenderId = "empty" | "least" | "set" | "topic-skip" | "topic" | "plain";

export interface Contender {
  readonly id: ContenderId;
  readonly title: string;
  /** Holds `index.js`, which declares what `declared.json` beside it lists. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  /** False for a program that declares no topics, whatever the size. */
  readonly declaresTopics: boolean;
  /** Is it tried with more topics? */
  readonly mostTopics: number;
  /** Times each command is measured; the median counts. Short commands, on which bars rest, are measured more often. */
  readonly rounds: number;
}

/** Every state as it is at the end, written once: a run that dies leaves it as it was. */
export const WITHOUT_CHECKPOINTS = { PULUMI_SKIP_CHECKPOINTS: "true" };

/** Declares nothing: what its commands take is the engine's own share of the floor. */
export const FLOOR: Contender = {
  id: "empty",
  title: "empty program",
  program: "programs/empty",
  environment: {},
  declaresTopics: false,
  mostTopics: Number.POSITIVE_INFINITY,
  rounds: 3,
};

/**
 * What any dynamic provider costs: the engine starts a process for it in each phase of a command, which it does not for an
 * empty program. For comparison only.
 */
export const LEAST: Contender = {
  id: "least",
  title: "one empty dynamic resource",
  program: "programs/least",
  environment: {},
  declaresTopics: false,
  mostTopics: Number.POSITIVE_INFINITY,
  rounds: 3,
};

export const CONTENDERS: readonly Contender[] = [
  {
    id: "set",
    title: "`ChatTopicSet`",
    program: "programs/sets",
    environment: {},
    declaresTopics: true,
    mostTopics: Number.POSITIVE_INFINITY,
    rounds: 3,
  },
  {
    id: "topic-skip",
    title: "`ChatTopic`, no checkpoints",
    program: "programs/topics",
    environment: WITHOUT_CHECKPOINTS,
    declaresTopics: true,
    mostTopics: Number.POSITIVE_INFINITY,
    rounds: 1,
  },
  {
    id: "topic",
    title: "`ChatTopic`",
    program: "programs/topics",
    environment: {},
    declaresTopics: true,
    mostTopics: Number.POSITIVE_INFINITY,
    rounds: 1,
  },
  {
    id: "plain",
    title: "plain class provider",
    program: "plain",
    environment: {},
    declaresTopics: true,
    mostTopics: 1_000,
    rounds: 1,
  },
];
