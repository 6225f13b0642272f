/** What an export tells: what it wrote and the commands that come next; or the same as JSON. */

import { describeTopic, splitTopicId } from "../../chat/topic-id.js";
import type { Declaration, LeftOut } from "./declaration.js";
import type { Live } from "./live.js";

export interface Exported {
  readonly live: Live;
  readonly declaration: Declaration;
  /** Paths. */
  readonly files: readonly string[];
  readonly commands: readonly string[];
  /** What the program of the project has to hold. */
  readonly program: string;
}

export interface Project {
  /** As given, with `--cwd` and `--stack`. */
  readonly cwd: string;
  readonly stack: string | undefined;
  /** From the project's folder. */
  readonly importFile: string;
}

/** The commands that bring the export into the stack, one a line. */
export function nextCommands({ cwd, stack, importFile }: Project, { byteLimits }: Declaration): string[] {
  const pulumi = cwd === "." ? "pulumi" : `pulumi --cwd ${quoted(cwd)}`;
  const ofStack = stack === undefined ? "" : ` --stack ${quoted(stack)}`;
  const flags = `--generate-code=false --protect=false --yes${ofStack}`;
  return [
    ...(byteLimits === undefined
      ? []
      : [`${pulumi} config set tencent-chat:byteLimits ${quoted(JSON.stringify(byteLimits))}${ofStack}`]),
    `${pulumi} import --file ${quoted(importFile)} ${flags}`,
    `${pulumi} preview${ofStack}`,
  ];
}

export function toText({ live, declaration, files, commands, program }: Exported): string {
  const count = declaration.topics.size;
  const what = `${count} topic${count === 1 ? "" : "s"} of ${live.groupId} (app ${live.sdkAppId})`;
  return [
    `Exported ${what} to ${files.join(" and ")}.`,
    "",
    "The program of the project:",
    ...program.split("\n").map((line) => `  ${line}`),
    "",
    "Next, which imports it into the stack and shows no changes:",
    ...commands.map((command) => `  ${command}`),
    "",
  ].join("\n");
}

export function toJson({ live, declaration, files, commands, program }: Exported): string {
  const { groupId, sdkAppId } = live;
  const { topics, leftOut, byteLimits = null } = declaration;
  return `${JSON.stringify({ groupId, sdkAppId, topics: topics.size, files, byteLimits, leftOut, program, commands }, null, 2)}\n`;
}

/** What the user has to know beside the result, one message each. */
export function warningsOf({ leftOut, byteLimits }: Declaration): string[] {
  return [
    ...leftOut.map(describeLeftOut),
    ...(byteLimits === undefined
      ? []
      : [
          `texts are longer than today's limits (${Object.keys(byteLimits).join(", ")}): they are kept, and the program ` +
            "needs the setting `byteLimits`, see below",
        ]),
  ];
}

function describeLeftOut({ id, field, reason }: LeftOut): string {
  const what = splitTopicId(id) ? `topic ${describeTopic(id)}` : `community ${id}`;
  if (field === undefined) return `${what} is left out: ${reason}`;
  return `${what}: \`${field}\` is left out and stays as it is in the app, since it ${reason}`;
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
