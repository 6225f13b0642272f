/**
 * The bars of design.md, section 9. They are meant for 1,000 topics; where these were not measured, the largest size
 * that was stands in, and the verdict is no more than a hint.
 */
import { type Calls, COMMANDS, type CommandId, secondsOf } from "./commands.mts";
import { CONTENDERS, type ContenderId, FLOOR, LEAST } from "./contenders.mts";
import { megabytes, seconds, thousands, times } from "./format.mts";
import { type Measured, measuredCell, median, type Results } from "./results.mts";
import { declare, type Load, loadOf, textBytes } from "./workload.mts";

export const BAR_TOPICS = 1_000;

export interface Verdict {
  readonly what: string;
  readonly bar: string;
  readonly measured: string;
  /** Undefined where it was not measured. */
  readonly met: boolean | undefined;
  /** What helps to understand it. */
  readonly note?: string;
}

/** What a bar can look at. */
interface Evidence {
  readonly load: Load;
  readonly starts: Results["starts"];
  readonly of: (contender: ContenderId, command: CommandId) => Measured | undefined;
}

type Bar = (evidence: Evidence) => Verdict;

const SLACK_OF_UP = 1.3;
const SLACK_OF_COMMANDS = 1.5;
const TIMES_FASTER = 20;
const TOPIC_STATE_BYTES = 1_600;
const SET_STATE_BYTES = 500;
const START_RATIO = 1.2;
const PROVIDER_BYTES = 150_000_000;
/** Inputs and outputs both hold a topic's text. */
const TEXT_COPIES = 2;

const SET_COMMANDS: readonly CommandId[] = ["preview", "no-change", "refresh", "destroy"];

/** The size that the bars are evaluated at. */
export function barSize(sizes: readonly number[]): number {
  return sizes.includes(BAR_TOPICS) ? BAR_TOPICS : Math.max(...sizes);
}

export function evaluateBars({ cells, starts, sizes }: Results): Verdict[] {
  const topics = barSize(sizes);
  const of = (contender: ContenderId, command: CommandId) => measuredCell(cells, contender, command, topics);
  return BARS.map((bar) => bar({ load: loadOf(topics), starts, of }));
}

const BARS: readonly Bar[] = [
  ({ load, of }) => {
    const [up, noChange] = [of("set", "up"), of("set", "no-change")];
    const calls = callSecondsOf("up", load);
    const bar = noChange && SLACK_OF_UP * (calls + noChange.seconds);
    const formula = `${SLACK_OF_UP} × (${seconds(calls)} + no-change up)`;
    return atMost("up of sets", formula, up?.seconds, bar, seconds);
  },
  ({ of }) => atMost("up of sets, throttled answers", "", of("set", "up")?.calls.throttled, 0, thousands),
  ({ of }) => {
    const [plain, set] = [of("plain", "up"), of("set", "up")];
    const ratio = plain && set && plain.seconds / set.seconds;
    return {
      what: "up of sets, times faster than the plain class provider",
      bar: `at least ${TIMES_FASTER} ×`,
      measured: ratio === undefined ? "–" : `${times(ratio)} (${seconds(plain?.seconds ?? 0)})`,
      met: ratio === undefined ? undefined : ratio >= TIMES_FASTER,
    };
  },
  ...SET_COMMANDS.map(setCommandBar),
  ({ load, of }) => {
    const stateBytes = of("topic", "up")?.stateBytes ?? of("topic-skip", "up")?.stateBytes;
    const perTopic = stateBytes && stateBytes / load.topics;
    const text = (TEXT_COPIES * textBytes(declare(load, 1))) / load.topics;
    return {
      ...atMost("state of a `ChatTopic`, bytes", "", perTopic, TOPIC_STATE_BYTES, thousands),
      note: `${thousands(text)} of them its own text, stored twice`,
    };
  },
  ({ load, of }) => {
    const stateBytes = of("set", "up")?.stateBytes;
    const text = TEXT_COPIES * textBytes(declare(load, 1));
    const perTopic = stateBytes && (stateBytes - text) / load.topics;
    return atMost("state of a set a topic, bytes beside its text", "", perTopic, SET_STATE_BYTES, thousands);
  },
  callBar("topic", "refresh"),
  callBar("topic-skip", "refresh"),
  callBar("set", "refresh"),
  callBar("set", "destroy"),
  callBar("topic", "no-change"),
  callBar("set", "no-change"),
  ({ starts }) => {
    const empty = starts && median(starts.empty);
    const ours = starts && Math.max(median(starts.ChatTopic), median(starts.ChatTopicSet));
    const ratio = ours && empty && ours / empty;
    const formula = empty === undefined ? "" : `of an empty provider's ${Math.round(empty)} ms`;
    return atMost("start of the provider process to its first check", formula, ratio, START_RATIO, times);
  },
  ({ of }) => {
    const peaks = (["set", "topic", "topic-skip"] as const).flatMap((contender) =>
      COMMANDS.map(({ id }) => of(contender, id)?.peakMemory.provider ?? 0),
    );
    const most = Math.max(...peaks);
    const least = of(LEAST.id, "up")?.peakMemory.provider;
    return {
      ...atMost("memory of the provider process", "", most === 0 ? undefined : most, PROVIDER_BYTES, megabytes),
      note: `${LEAST.title}: ${megabytes(least)}`,
    };
  },
];

/** The engine's own time may grow; the calls take what they take. */
function setCommandBar(command: CommandId): Bar {
  return ({ load, of }) => {
    const [set, empty] = [of("set", command), of(FLOOR.id, command)];
    const calls = callSecondsOf(command, load);
    const formula = `${SLACK_OF_COMMANDS} × ${empty ? seconds(empty.seconds) : "empty"} + ${seconds(calls)}`;
    const bar = empty && SLACK_OF_COMMANDS * empty.seconds + calls;
    return {
      ...atMost(`${command} of sets`, formula, set?.seconds, bar, seconds),
      note: compareWithLeast(of(LEAST.id, command)?.seconds, calls),
    };
  };
}

/** What the bar would be if it started from a program with a dynamic resource. */
function compareWithLeast(least: number | undefined, calls: number): string {
  if (least === undefined) return "";
  const bar = SLACK_OF_COMMANDS * least + calls;
  return `${LEAST.title}: ${seconds(least)}, from which the bar would be ${seconds(bar)}`;
}

/** The fewest calls that do the work are also the most that are allowed. */
function callBar(contender: ContenderId, command: CommandId): Bar {
  return ({ load, of }) => {
    const most = fewestCalls(command, load).reduce((sum, { calls }) => sum + calls, 0);
    const what = `${command}, calls, ${titleOf(contender)}`;
    return atMost(what, "", of(contender, command)?.calls.total, most, thousands);
  };
}

function titleOf(contender: ContenderId): string {
  return CONTENDERS.find(({ id }) => id === contender)?.title ?? contender;
}

function callSecondsOf(command: CommandId, load: Load): number {
  return secondsOf(fewestCalls(command, load));
}

function fewestCalls(command: CommandId, load: Load): readonly Calls[] {
  return COMMANDS.find(({ id }) => id === command)?.fewestCalls(load) ?? [];
}

function atMost(
  what: string,
  formula: string,
  measured: number | undefined,
  bar: number | undefined,
  show: (value: number) => string,
): Verdict {
  const limit = bar === undefined ? "–" : `at most ${show(bar)}`;
  return {
    what,
    bar: formula === "" ? limit : `${limit} (${formula})`,
    measured: measured === undefined ? "–" : show(measured),
    met: measured === undefined || bar === undefined ? undefined : measured <= bar,
  };
}
