/**
 * What every contender declares: topics with a name and an introduction, 200 a community. Programs read it as
 * `declared.json`, so that none of them has a workload of its own.
 */
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, type Seed } from "pulumi-tencent-chat/emulator";

/** The last documented quota of topics in one community. */
const TOPICS_PER_COMMUNITY = 200;

/** Revision 2 has another introduction in every topic. */
export type Revision = 1 | 2;

export interface DeclaredTopic {
  readonly topicName: string;
  readonly introduction: string;
}

export interface DeclaredCommunity {
  readonly groupId: string;
  /** By topic key, which is unique among all communities. */
  readonly topics: Readonly<Record<string, DeclaredTopic>>;
}

export interface Load {
  readonly topics: number;
  readonly communities: number;
}

export function loadOf(topics: number): Load {
  return { topics, communities: Math.ceil(topics / TOPICS_PER_COMMUNITY) };
}

export function declare({ topics, communities }: Load, revision: Revision): DeclaredCommunity[] {
  return Array.from({ length: communities }, (_, community) => {
    const first = community * TOPICS_PER_COMMUNITY;
    const count = Math.min(TOPICS_PER_COMMUNITY, topics - first);
    const entries = Array.from({ length: count }, (_, index) => declareTopic(first + index + 1, revision));
    return { groupId: `@TGS#_community${community + 1}`, topics: Object.fromEntries(entries) };
  });
}

function declareTopic(number: number, revision: Revision): [string, DeclaredTopic] {
  const digits = String(number).padStart(4, "0");
  const introduction = `What people talk about in topic ${digits}, as of revision ${revision}.`;
  return [`topic-${digits}`, { topicName: `Topic ${digits}`, introduction }];
}

/** Bytes of the topics' own text: their names and introductions. */
export function textBytes(communities: readonly DeclaredCommunity[]): number {
  const texts = communities.flatMap(({ topics }) => Object.values(topics).flatMap((topic) => Object.values(topic)));
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}

/** An app with the communities, still without topics. */
export function seedOf(load: Load): Seed {
  const communities = declare(load, 1).map(({ groupId }) => ({ groupId, name: "Community", supportTopic: true }));
  return { apps: [{ sdkAppId: DEFAULT_SDK_APP_ID, secretKey: DEFAULT_SECRET_KEY, communities }] };
}
