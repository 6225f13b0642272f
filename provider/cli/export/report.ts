/** What an export prints: what it wrote and the commands that come next; or the same as JSON. */

import { describeTopic, splitTopicId } from "../../chat/topic-id.js";
import type { ExportSource } from "./export-source.js";
import type { LeftOut, Selection } from "./selection.js";

export interface ExportSummary {
  readonly source: ExportSource;
  readonly selection: Selection;
  /** Paths. */
  readonly files: readonly string[];
  readonly commands: readonly string[];
  /** What the project's program has to contain. */
  readonly program: string;
}

export interface ImportTarget {
  /** As given, with `--cwd` and `--stack`. */
  readonly cwd: string;
  readonly stack: string | undefined;
  /** From the project's folder. */
  readonly importFile: string;
}

/** The commands that bring the export into the stack, one a line. */
export function nextCommands({ cwd, stack, importFile }: ImportTarget, { byteLimits }: Selection): string[] {
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

export function toText({ source, selection, files, commands, program }: ExportSummary): string {
  const count = selection.topics.size;
  const what = `${count} topic${count === 1 ? "" : "s"} of ${source.groupId} (app ${source.sdkAppId})`;
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

export function toJson({ source, selection, files, commands, program }: ExportSummary): string {
  const { groupId, sdkAppId } = source;
  const { topics, leftOut, byteLimits = null } = selection;
  return `${JSON.stringify({ groupId, sdkAppId, topics: topics.size, files, byteLimits, leftOut, program, commands }, null, 2)}\n`;
}

/** What the user has to know besides the result, one message each. */
export function warningsOf({ leftOut, byteLimits }: Selection): string[] {
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
