/**
 * Selects the fields that the exported program declares: those in which a topic or community differs from a new one, so
 * texts that are not empty, muting where it is on, and a member limit other than the default. All others stay
 * undeclared, since a declared field belongs to the program from then on. The owner and the time of creation belong to
 * one environment only. What no program can declare is left out, with the reason.
 */

import type { z } from "zod";
import type { LiveCommunity } from "../../chat/community.js";
import { BYTE_LIMITS, type ByteLimits, DEFAULT_MAX_MEMBER_COUNT, type LimitedText } from "../../chat/limits.js";
import type { LiveTopic } from "../../chat/topic.js";
import { topicIdIssues } from "../../chat/topic-id.js";
import { utf8Bytes } from "../../chat/utf8.js";
import { communityRules } from "../../lifecycle/community/community-rules.js";
import { TEXT_FIELDS as COMMUNITY_TEXT_FIELDS } from "../../lifecycle/community/community-spec.js";
import { TEXT_FIELDS } from "../../lifecycle/topic/topic-spec.js";
import { setTopicRules } from "../../lifecycle/topic-set/topic-set-rules.js";
import type { ExportSource } from "./export-source.js";

/** The declared fields of a topic or community, under their names, in the order of the vendor's pages. */
export type DeclaredFields = Readonly<Record<string, string | number | boolean>>;

export interface Selection {
  /** By topic id, in the order of creation. */
  readonly topics: ReadonlyMap<string, DeclaredFields>;
  readonly community: DeclaredFields | undefined;
  readonly leftOut: readonly LeftOut[];
  /** The value that the setting `byteLimits` needs for these texts; undefined where the present one is enough. */
  readonly byteLimits: Partial<ByteLimits> | undefined;
}

/** Something that is live and cannot be declared. */
export interface LeftOut {
  /** A topic's id, or the community's. */
  readonly id: string;
  /** Absent where the whole topic is left out. */
  readonly field?: string;
  /** The rest of a sentence: "the topic is left out: …". */
  readonly reason: string;
}

/**
 * Texts that Pulumi's engine takes for a value that it does not know.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go
 */
const UNKNOWN_VALUES: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** The names of a community's texts in `byteLimits`. */
const COMMUNITY_LIMITS = {
  name: "communityName",
  introduction: "communityIntroduction",
  notification: "communityNotification",
  faceUrl: "communityFaceUrl",
} as const satisfies Record<(typeof COMMUNITY_TEXT_FIELDS)[number], LimitedText>;

/** @throws Where the community was asked for and cannot be declared. */
export function selectFields(source: ExportSource): Selection {
  const { groupId, community } = source;
  const limits = sufficientLimits(source);
  const leftOut: LeftOut[] = [];
  /** The fields that a program can declare. The others are added to `leftOut`. */
  const declarable = (rules: z.ZodObject, id: string, fields: DeclaredFields): DeclaredFields => {
    const entries = Object.entries(fields).filter(([field, value]) => {
      const reason = issueOf(rules, field, value);
      if (reason !== undefined) leftOut.push({ id, field, reason });
      return reason === undefined;
    });
    return Object.fromEntries(entries);
  };

  const topics = new Map<string, DeclaredFields>();
  for (const topic of source.topics) {
    const reason = issueOfTopic(setTopicRules(limits), groupId, topic);
    if (reason !== undefined) leftOut.push({ id: topic.topicId, reason });
    else topics.set(topic.topicId, declarable(setTopicRules(limits), topic.topicId, fieldsOfTopic(topic)));
  }
  const nameIssue = community && issueOf(communityRules(limits), "name", community.name);
  if (nameIssue !== undefined) {
    throw new Error(
      `the community ${groupId} cannot be declared: its name ${nameIssue}. ` +
        "What to do: give it another one in the console, or export it without --community.",
    );
  }
  return {
    topics,
    community: community && declarable(communityRules(limits), groupId, fieldsOfCommunity(community)),
    leftOut,
    byteLimits: raised(limits, source.byteLimits),
  };
}

/** Why no program can declare the topic at all: its id and its name are required. */
function issueOfTopic(rules: z.ZodObject, groupId: string, { topicId, topicName }: LiveTopic): string | undefined {
  const [idIssue] = topicIdIssues(topicId, groupId);
  if (idIssue !== undefined) return `its id ${idIssue.problem}`;
  const nameIssue = issueOf(rules, "topicName", topicName);
  return nameIssue && `its name ${nameIssue}`;
}

function issueOf(rules: z.ZodObject, field: string, value: unknown): string | undefined {
  if (UNKNOWN_VALUES.has(value)) return "is a text that Pulumi takes for a value that it does not know";
  return rules.safeParse({ [field]: value }).error?.issues[0]?.message;
}

function fieldsOfTopic(topic: LiveTopic): DeclaredFields {
  return { ...filled(TEXT_FIELDS, topic), ...(topic.muteAllMember && { muteAllMember: true }) };
}

function fieldsOfCommunity(community: LiveCommunity): DeclaredFields {
  const { maxMemberCount, muteAllMember } = community;
  return {
    ...filled(COMMUNITY_TEXT_FIELDS, community),
    ...(maxMemberCount !== undefined && maxMemberCount !== DEFAULT_MAX_MEMBER_COUNT && { maxMemberCount }),
    ...(muteAllMember && { muteAllMember }),
  };
}

function filled<K extends string>(names: readonly K[], from: Readonly<Record<K, string>>): Record<string, string> {
  return Object.fromEntries(names.filter((name) => from[name] !== "").map((name) => [name, from[name]]));
}

/** The limits of the settings, raised where a live text is longer. */
function sufficientLimits({ topics, community, byteLimits }: ExportSource): ByteLimits {
  const limits: Record<LimitedText, number> = { ...byteLimits };
  const raise = (name: LimitedText, text: string) => {
    limits[name] = Math.max(limits[name], utf8Bytes(text));
  };
  for (const topic of topics) for (const name of TEXT_FIELDS) raise(name, topic[name]);
  if (community) for (const name of COMMUNITY_TEXT_FIELDS) raise(COMMUNITY_LIMITS[name], community[name]);
  return limits;
}

/** The new value of the setting. It replaces the present one, so it also holds what that one raises. */
function raised(limits: ByteLimits, present: ByteLimits): Partial<ByteLimits> | undefined {
  const names = Object.keys(BYTE_LIMITS) as LimitedText[];
  if (names.every((name) => limits[name] === present[name])) return undefined;
  return Object.fromEntries(
    names.filter((name) => limits[name] > BYTE_LIMITS[name]).map((name) => [name, limits[name]]),
  );
}
