/**
 * The resources that an export declares, each with the arguments that a program gives it: what the program, the JSON and
 * the import file are all written from.
 */

import type { ExportSource } from "./export-source.js";
import { nameCommunity, nameTopics } from "./names.js";
import type { Selection } from "./selection.js";

export interface ExportedResource {
  /** The class that a program makes it with. */
  readonly kind: "ChatCommunity" | "ChatTopicSet" | "ChatTopic";
  readonly name: string;
  /** Its Pulumi id. */
  readonly id: string;
  readonly args: ExportedArgs;
}

/** Plain JSON: no outputs of Pulumi, nothing undefined. */
export interface ExportedArgs extends Readonly<Record<string, unknown>> {
  readonly groupId: string;
  /** What is exported is in use, so a stack that does not know it may take it over with its messages. */
  readonly adopt: "matching";
}

export interface ResourceOptions {
  /** A `ChatTopic` for each topic, in place of one `ChatTopicSet`. */
  readonly perTopic: boolean;
  /** The name of the set, or what the names of the topics start with. */
  readonly name: string | undefined;
}

/** The community first, where it was asked for. */
export function exportedResources(
  { groupId, topics }: ExportSource,
  selection: Selection,
  { perTopic, name }: ResourceOptions,
): ExportedResource[] {
  const shared = { groupId, adopt: "matching" } as const;
  const declared = topics.filter(({ topicId }) => selection.topics.has(topicId));
  const names = nameTopics(groupId, declared, name);
  const described = [...names].map(([topicId, ofTopic]) => {
    return { topicId, ...ofTopic, fields: selection.topics.get(topicId) ?? {} };
  });
  const communityName = nameCommunity(groupId);
  const community: ExportedResource[] = selection.community
    ? [{ kind: "ChatCommunity", name: communityName, id: groupId, args: { ...shared, ...selection.community } }]
    : [];
  if (perTopic) {
    const single = described.map(({ topicId, key, isLabel, resource, fields }): ExportedResource => {
      const identity = isLabel ? { topicId } : { topicKey: key };
      return { kind: "ChatTopic", name: resource, id: topicId, args: { ...shared, ...identity, ...fields } };
    });
    return [...community, ...single];
  }
  const entries = described.map(({ topicId, key, isLabel, fields }) => {
    return [key, isLabel ? { ...fields, topicId } : fields] as const;
  });
  const args = { ...shared, topics: Object.fromEntries(entries) };
  return [...community, { kind: "ChatTopicSet", name: name ?? communityName, id: groupId, args }];
}
