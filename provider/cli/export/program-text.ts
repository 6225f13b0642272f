/** The exported resources as a TypeScript program. Live texts stand in it only as string literals, never in a comment. */

import { Identifier, literal } from "./literal.js";
import type { ExportedArgs, ExportedResource } from "./resources.js";

const HEADER = "/** A community of Tencent Cloud Chat as it was exported by `tencent-chat export`. Yours to edit. */";
const ADOPT =
  "// In use: a stack that does not know them takes them over, with all messages, where every declared field is equal.";

export function programText(groupId: string, resources: readonly ExportedResource[]): string {
  const classes = [...new Set(resources.map(({ kind }) => kind))].sort();
  const hasCommunity = classes.includes("ChatCommunity");
  const statements = resources.map(statement);
  return [
    HEADER,
    `import { ${classes.join(", ")} } from "pulumi-tencent-chat";`,
    "",
    ...(hasCommunity ? [] : [`const groupId = ${literal(groupId)};`]),
    ADOPT,
    'const adopt = "matching";',
    "",
    ...statements,
    "",
  ].join("\n");
}

function statement({ kind, name, args }: ExportedResource): string {
  // The topics use the community's output, so that Pulumi makes it first.
  if (kind === "ChatCommunity")
    return `${construction(kind, name, args, "export const { groupId } = ", args.groupId)}\n`;
  if (kind === "ChatTopicSet") {
    return construction(kind, name, args, "export const { topicIds, fingerprint } = ", new Identifier("groupId"));
  }
  return construction(kind, name, args, "", new Identifier("groupId"));
}

function construction(kind: string, name: string, args: ExportedArgs, start: string, groupId: unknown): string {
  const opening = `${start}new ${kind}(${literal(name)}, `;
  return `${opening}${literal({ ...args, groupId, adopt: new Identifier("adopt") }, "", opening.length)});`;
}
