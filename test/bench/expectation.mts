/**
 * How long a command will take with more topics, from how long it took with fewer. What it takes whatever their number
 * apart, it grows at least with their number; with checkpoints by up to its square, since each topic writes a state that
 * grows too.
 */

export interface Point {
  readonly topics: number;
  readonly seconds: number;
}

const SLOWEST_GROWTH = 1;
const FASTEST_GROWTH = 2;
/** Below this the rest is noise, in seconds. */
const LEAST_EXCESS = 0.05;

/**
 * Seconds; undefined where nothing is known. From one point alone, the least that can be expected.
 *
 * @param base Seconds that the command takes without any topic.
 */
export function expectedSeconds(points: readonly Point[], base: number, topics: number): number | undefined {
  const [last, before] = points
    .map((point) => ({ topics: point.topics, excess: Math.max(LEAST_EXCESS, point.seconds - base) }))
    .sort((one, other) => other.topics - one.topics);
  if (last === undefined) return undefined;
  return base + last.excess * (topics / last.topics) ** growth(last, before);
}

interface Excess {
  readonly topics: number;
  readonly excess: number;
}

function growth(last: Excess, before: Excess | undefined): number {
  if (before === undefined) return SLOWEST_GROWTH;
  const seen = Math.log(last.excess / before.excess) / Math.log(last.topics / before.topics);
  return Math.min(FASTEST_GROWTH, Math.max(SLOWEST_GROWTH, seen));
}
