/** `tencent-chat parity`: are the topics of several environments the same? */
import { type Command, Option } from "commander";
import { CheckFailed } from "../check-failed.js";
import type { Io } from "../io.js";
import { assertFolderExists } from "../project-folder.js";

interface ParityOptions {
  readonly cwd: string;
  readonly set: string[];
  readonly live?: true;
  readonly json?: true;
}

const DETAILS = `
Compares the topics of the stacks of a Pulumi project: ChatTopicSet and ChatTopic resources are matched by name, type and
the types of the components that they are in, topics by key, and every field that a user of the community meets is
compared (topicName, introduction, notification, faceUrl, customString, muteAllMember). The first stack is the reference.
Ids, ages and creators are not compared.

Where several resources have one name, it is shown after the components of each: my:mod:Comp::topics. --set takes that
form too, or the end of a URN (types::name); a name alone means all resources of that name.

Without --live it reads the stacks' state, through the Pulumi CLI. With --live it reads the Chat apps, with the settings
of each stack's configuration (TENCENT_CHAT_* variables stand in for what a configuration lacks): all topics of the
communities, and all their fields, declared or not.

Results go to stdout. Exit status: 0 all are equal, 1 something differs or no stack has topics, 2 wrong usage, or a stack or an app cannot be
read.

Examples
  tencent-chat parity dev staging prod
  tencent-chat parity dev prod --set topics     only resources named "topics"
  tencent-chat parity dev prod --live --json
`;

/** Adds the subcommand. */
export function addParityCommand(program: Command, io: Io): void {
  program
    .command("parity")
    .summary("compare the topics of several environments")
    .description("Compare the topics of several environments, and fail when they differ.")
    .argument("<reference>", "the stack that the others are compared with")
    .argument("<stacks...>", "the other stacks")
    .option("--cwd <folder>", "folder of the Pulumi project", ".")
    .addOption(
      new Option("--set <name>", "compare only the resources of this name; may be given again")
        .argParser((name, names: string[]) => [...names, name])
        .default([], "all"),
    )
    .option("--live", "compare what the Chat apps hold now")
    .option("--json", "print JSON")
    .addHelpText("after", DETAILS)
    .action((reference: string, stacks: string[], options: ParityOptions) => {
      return runParity([reference, ...stacks], options, io);
    });
}

async function runParity(stacks: readonly string[], options: ParityOptions, io: Io): Promise<void> {
  const [{ isNamed, shownNames }, { compare }, { onlyNamed }, { toJson, toText }] = await Promise.all([
    import("../resource-keys.js"),
    import("./compare.js"),
    import("./environment.js"),
    import("./report.js"),
  ]);
  const environments = await readEnvironments(stacks, options);
  const names = shownNames(environments.flatMap(({ groups }) => [...groups.keys()]));
  const unknown = options.set.filter((name) => ![...names.keys()].some((key) => isNamed(key, name)));
  if (unknown.length > 0) {
    throw new Error(
      `no stack has a resource of topics named ${unknown.join(", ")}; there are: ${[...names.values()].join(", ")}`,
    );
  }
  if (names.size === 0) {
    io.err(`tencent-chat: no topics are declared in ${stacks.join(", ")}: nothing was compared\n`);
    throw new CheckFailed();
  }
  const [reference, ...others] = environments.map((environment) => onlyNamed(environment, options.set));
  if (reference === undefined) throw new Error("there is no stack to compare with");
  const comparisons = [reference, ...others].map((environment) => ({
    environment,
    differences: environment === reference ? [] : compare(reference, environment),
  }));
  io.out(options.json ? toJson(reference, comparisons, names) : toText(reference, comparisons, names));
  if (comparisons.some(({ differences }) => differences.length > 0)) throw new CheckFailed();
}

async function readEnvironments(stacks: readonly string[], options: ParityOptions) {
  const [{ PulumiStacks }, { declaredEnvironment, topicResources }, { liveEnvironment }] = await Promise.all([
    import("../pulumi-stacks.js"),
    import("./declared.js"),
    import("./live.js"),
  ]);
  assertFolderExists(options.cwd);
  const pulumi = new PulumiStacks(options.cwd);
  return Promise.all(
    stacks.map(async (stack) => {
      const resources = topicResources(await pulumi.resources(stack));
      if (!options.live) return declaredEnvironment(stack, resources);
      const values = await pulumi.configuration(stack);
      // The variable holds the key of one app, and each stack has its own app: it is used only where a stack has no key.
      const hasKey = values.has("tencent-chat:secretKey");
      const variables = hasKey ? { ...process.env, TENCENT_CHAT_SECRET_KEY: undefined } : process.env;
      return liveEnvironment(stack, resources, {
        configuration: (key) => values.get(key),
        environment: variables,
      }).catch((error: Error) => {
        throw new Error(`stack ${stack}: ${error.message}`);
      });
    }),
  );
}
