/**
 * What a command gets and what it returns. Each command is a file beside this one.
 */

import { Refusal } from "../refusal.js";
import type { Rules } from "../rules.js";
import type { App, Community } from "../store.js";

/** One call, authenticated, its body parsed. A command that cannot be done throws a Refusal before it changes anything. */
export interface CommandCall {
  readonly app: App;
  readonly body: Readonly<Record<string, unknown>>;
  readonly rules: Rules;
  /** Unix seconds. */
  readonly now: number;
  /** 0 … 1, as Math.random. */
  readonly random: () => number;
  /** The code that a fault puts into each item of the answer. */
  readonly itemCode: number | undefined;
}

/** What an answer carries beside the envelope; `ErrorInfo` here takes the place of the usual empty text. */
export type AnswerFields = Readonly<Record<string, unknown>>;

/** The community that a call names: 10010 when it does not exist. */
export function communityOf(app: App, groupId: string): Community {
  const community = app.communities.get(groupId);
  if (community === undefined) throw new Refusal(10010, `group ${groupId} does not exist`);
  return community;
}

/** The community that a call on topics names: 11000 when it was created without topics. */
export function topicCommunity(app: App, groupId: string): Community {
  const community = communityOf(app, groupId);
  if (!community.supportTopic) throw new Refusal(11000, `group ${groupId} does not support topics`);
  return community;
}
