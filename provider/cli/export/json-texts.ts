/** The exported resources as JSON: their arguments, as a program passes them on. */

import { visibleJson } from "./literal.js";
import type { ExportedResource } from "./resources.js";

/** By file name: the arguments of the set, or those of each topic by its resource's name; and those of the community. */
export function jsonTexts(resources: readonly ExportedResource[]): Record<string, string> {
  const community = resources.find(({ kind }) => kind === "ChatCommunity");
  const set = resources.find(({ kind }) => kind === "ChatTopicSet");
  const topics = resources.filter(({ kind }) => kind === "ChatTopic").map(({ name, args }) => [name, args]);
  return {
    "topics.json": text(set?.args ?? Object.fromEntries(topics)),
    ...(community && { "community.json": text(community.args) }),
  };
}

function text(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}

/** The program that reads them. `path` gives where a file is from the project's folder, in which Pulumi runs programs. */
export function readingProgram(resources: readonly ExportedResource[], path: (file: string) => string): string {
  const community = resources.find(({ kind }) => kind === "ChatCommunity");
  const set = resources.find(({ kind }) => kind === "ChatTopicSet");
  const kinds = [...(community ? ["ChatCommunity"] : []), set ? "ChatTopicSet" : "ChatTopic"];
  const parsed = (file: string) => `JSON.parse(readFileSync(${JSON.stringify(path(file))}, "utf8"))`;
  const args = community ? "{ ...args, groupId: community.groupId }" : "args";
  return [
    'import { readFileSync } from "node:fs";',
    `import { ${kinds.join(", ")} } from "pulumi-tencent-chat";`,
    // A line of its own, for the TypeScript 3.8 that Pulumi brings along.
    `import type { ${kinds.map((kind) => `${kind}Args`).join(", ")} } from "pulumi-tencent-chat";`,
    "",
    ...(community
      ? [
          `const ofCommunity: ChatCommunityArgs = ${parsed("community.json")};`,
          `const community = new ChatCommunity(${JSON.stringify(community.name)}, ofCommunity);`,
        ]
      : []),
    ...(set
      ? [
          `const args: ChatTopicSetArgs = ${parsed("topics.json")};`,
          `export const { topicIds, fingerprint } = new ChatTopicSet(${JSON.stringify(set.name)}, ${args});`,
        ]
      : [
          `const topics: Record<string, ChatTopicArgs> = ${parsed("topics.json")};`,
          `for (const [name, args] of Object.entries(topics)) new ChatTopic(name, ${args});`,
        ]),
  ].join("\n");
}
