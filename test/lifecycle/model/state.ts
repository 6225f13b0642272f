/** What the engine keeps between runs. */
import type { Properties } from "../../../provider/pulumi/properties.js";

export type Kind = "ChatCommunity" | "ChatTopic" | "ChatTopicSet";

export interface Stored {
  readonly urn: string;
  readonly kind: Kind;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly dependsOn: string | undefined;
  /** The last write failed half-way: the next run updates, whatever a diff says. */
  readonly isUnfinished: boolean;
  /** Deleted by a replacement whose second half failed: the next run creates, or forgets. */
  readonly isPendingReplacement: boolean;
}

/** By URN. */
export type State = ReadonlyMap<string, Stored>;

/** The topics that a resource of the state manages, with the fields that it tracks, by topic id. */
export function topicsOf(stored: Stored | undefined): Map<string, Properties> {
  if (stored === undefined || stored.isPendingReplacement || stored.kind === "ChatCommunity") return new Map();
  return recordedTopicsOf(stored);
}

/** The same for a resource that is gone already, and waits for its replacement. */
export function recordedTopicsOf({ kind, id, outputs }: Stored): Map<string, Properties> {
  if (kind === "ChatTopic") return new Map([[id, outputs]]);
  const topics = outputs.topics as Record<string, Properties>;
  const ids = outputs.topicIds as Record<string, string>;
  return new Map(Object.entries(ids).map(([key, topicId]) => [topicId, topics[key] ?? {}]));
}
