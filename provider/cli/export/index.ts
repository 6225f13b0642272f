/** `tencent-chat export`: a live community as a program, and as an import file for the state. */
import { type Command, Option } from "commander";
import { CheckFailed } from "../check-failed.js";
import type { Io } from "../io.js";
import { assertFolderExists } from "../project-folder.js";
import type { ExportSource } from "./export-source.js";
import type { ExportedResource } from "./resources.js";
import type { Selection } from "./selection.js";

interface ExportOptions {
  readonly groupId: string;
  readonly out: string;
  readonly format: "ts" | "json";
  readonly perTopic?: true;
  readonly community?: true;
  readonly name?: string;
  readonly stack?: string;
  readonly cwd: string;
  readonly force?: true;
  readonly json?: true;
}

const DETAILS = `
Reads the community and changes nothing in it. The settings come from the TENCENT_CHAT_* variables, or, with --stack, from
that stack's configuration as in \`pulumi up\`. It writes

  topics.ts     a program that declares the topics as one ChatTopicSet, or as ChatTopics (--per-topic); or topics.json
                (--format json) with the arguments alone, and community.json with those of --community
  import.json   for \`pulumi import --file\` (Pulumi CLI 3.254 or newer): the next \`pulumi preview\` shows no changes

and prints the commands that come next. \`pulumi up\` without the import works as well: it takes the topics over and
changes nothing in them, since the program says adopt: "matching".

What is declared
  Texts that are not empty, and muteAllMember where it is on. A declared field belongs to the program from then on; what
  it does not declare stays as it is, also after later edits outside. createTime, and the owner of a community, are left
  out: they are facts of this environment. Of a community, maxMemberCount is declared where it is not 2,000.

Keys
  A topic's key is the last part of its id. Where the service assigned the id, or Pulumi cannot carry the key, the key is
  made of the topic's name, and the id stands beside it as topicId.

Texts longer than today's limits are kept; the setting byteLimits that they need is printed as a command. What no program
can declare (a NUL character, say) is left out and reported on stderr.

topics.json, read by a program:
  import { readFileSync } from "node:fs";
  import { ChatTopicSet } from "pulumi-tencent-chat";
  import type { ChatTopicSetArgs } from "pulumi-tencent-chat";

  const args: ChatTopicSetArgs = JSON.parse(readFileSync("topics.json", "utf8"));
  export const { topicIds, fingerprint } = new ChatTopicSet("players", args);

Exit status: 0 all of it was exported, 1 something was left out, 2 wrong usage, or the app cannot be read or the files
cannot be written; then no file was written.

Examples
  tencent-chat export --group-id @TGS#_players --out .
  tencent-chat export --group-id @TGS#_players --out chat --stack prod --community
  tencent-chat export --group-id @TGS#_players --out chat --format json --json
`;

/** Adds the subcommand. */
export function addExportCommand(program: Command, io: Io): void {
  program
    .command("export")
    .summary("write a program that declares a live community")
    .description("Write a program that declares a live community, and a file that imports it into a stack.")
    .requiredOption("--group-id <id>", "the community, such as @TGS#_players")
    .requiredOption("--out <folder>", "folder for the files; made where it does not exist")
    .addOption(new Option("--format <format>", "TypeScript or JSON").choices(["ts", "json"]).default("ts"))
    .option("--per-topic", "a ChatTopic for each topic, in place of one ChatTopicSet")
    .option("--community", "declare the community too, as a ChatCommunity")
    .option("--name <name>", "name of the set (default: from the group id), or start of each topic's name")
    .option("--stack <name>", "take the settings from the configuration of this stack")
    .option("--cwd <folder>", "folder of the Pulumi project", ".")
    .option("--force", "overwrite files that exist")
    .option("--json", "print the summary as JSON")
    .addHelpText("after", DETAILS)
    .action((options: ExportOptions) => runExport(options, io));
}

async function runExport(options: ExportOptions, io: Io): Promise<void> {
  const { groupId, out, cwd, force = false } = options;
  assertFolderExists(cwd);
  const [{ groupIdIssues }, { assertWritable, writeFiles }] = await Promise.all([
    import("../../chat/topic-id.js"),
    import("./write-files.js"),
  ]);
  const issues = groupIdIssues(groupId);
  if (issues.length > 0)
    throw new Error(
      `--group-id ${issues.map(({ problem }) => problem).join("; ")}. What to do: give the id of a community.`,
    );
  await assertWritable(out, fileNames(options), force);

  const [{ settingSources }, { readExportSource }, { selectFields }, { exportedResources }] = await Promise.all([
    import("../app-settings.js"),
    import("./export-source.js"),
    import("./selection.js"),
    import("./resources.js"),
  ]);
  const source = await readExportSource(groupId, await settingSources(options), {
    community: options.community ?? false,
  });
  const selection = selectFields(source);
  const { perTopic = false, name } = options;
  const resources = exportedResources(source, selection, { perTopic, name });
  if (resources.length === 0) {
    throw new Error(
      `there is no topic in ${groupId} that could be declared. ` +
        "What to do: export it without --per-topic, as a set, which may be empty.",
    );
  }
  const files = await writeFiles(out, await fileTexts(options, source, resources), force);
  await printSummary(options, io, source, selection, resources, files);
  if (selection.leftOut.length > 0) throw new CheckFailed();
}

function fileNames({ format, community }: ExportOptions): string[] {
  if (format === "ts") return ["topics.ts", "import.json"];
  return ["topics.json", ...(community ? ["community.json"] : []), "import.json"];
}

/** The import file comes last: where it exists, the others were written too. */
async function fileTexts(options: ExportOptions, source: ExportSource, resources: readonly ExportedResource[]) {
  const [{ importFile }, { programText }, { jsonTexts }] = await Promise.all([
    import("./import-file.js"),
    import("./program-text.js"),
    import("./json-texts.js"),
  ]);
  const { groupId, sdkAppId } = source;
  const texts = options.format === "ts" ? { "topics.ts": programText(groupId, resources) } : jsonTexts(resources);
  return { ...texts, "import.json": importFile(sdkAppId, resources) };
}

async function printSummary(
  options: ExportOptions,
  io: Io,
  source: ExportSource,
  selection: Selection,
  resources: readonly ExportedResource[],
  files: readonly string[],
): Promise<void> {
  const [{ relative, sep }, { readingProgram }, report] = await Promise.all([
    import("node:path"),
    import("./json-texts.js"),
    import("./report.js"),
  ]);
  const { cwd, out, stack, format } = options;
  const fromProject = (file: string) => relative(cwd, `${out}${sep}${file}`).split(sep).join("/");
  const module = fromProject("topics").replace(/^(?!\.)/, "./");
  const program = format === "ts" ? `export * from ${JSON.stringify(module)};` : readingProgram(resources, fromProject);
  const commands = report.nextCommands({ cwd, stack, importFile: fromProject("import.json") }, selection);
  const summary = { source, selection, files, commands, program };
  for (const warning of report.warningsOf(selection)) io.err(`tencent-chat: ${warning}\n`);
  io.out(options.json ? report.toJson(summary) : report.toText(summary));
}
