/** `tencent-chat doctor`: checks everything that `pulumi up` needs. */
import type { Command } from "commander";
import { CheckFailed } from "../check-failed.js";
import type { Io } from "../io.js";
import { assertFolderExists } from "../project-folder.js";
import type { ExaminationOptions } from "./examination.js";
import type { Finding } from "./run-checks.js";

interface DoctorOptions extends ExaminationOptions {
  readonly json?: true;
}

const DETAILS = `
Checks, one line each, what has to be right before \`pulumi up\` can work, and says what to do where something is wrong:

  project        there is a Pulumi project of the runtime nodejs
  pulumi         the Pulumi CLI that is on PATH is new enough
  node           so is the Node.js that is on PATH: the engine starts that one
  sdk            the project has a @pulumi/pulumi that fits this package and that Node.js
  package        Pulumi's provider process can load this package from the project
  typescript     Pulumi can compile programs with the TypeScript that it finds
  settings       all settings are there, and where each came from; of secrets it tells the length
  spelling       no configuration key and no variable looks like a mistyped setting
  state          the stack's state belongs to the app that the settings name (with --stack)
  proxy          which proxy calls go through
  host           the host can be reached: DNS, TCP, TLS, HTTP
  clock          this machine and the service agree about the time
  app            the app takes the signature, and how long it lasts
  administrator  the account that signs may call the REST API
  community      the community exists and is one (with --group-id)
  topics         topics are switched on for it (with --group-id)

Each ends as ok, warning, failed, or skipped, which says why it was "not checked". The app is only read, with one call
and, with --group-id, a second one. Settings that a program gives to a provider of its own are not looked at.

Results go to stdout. Exit status: 0 nothing failed, 1 a check failed, 2 wrong usage.

Examples
  tencent-chat doctor --stack dev
  tencent-chat doctor --stack prod --group-id @TGS#_players --json
  TENCENT_CHAT_REGION=tokyo tencent-chat doctor      settings from the environment alone
`;

/** Adds the subcommand. */
export function addDoctorCommand(program: Command, io: Io): void {
  program
    .command("doctor")
    .summary("check what `pulumi up` needs")
    .description("Check everything that has to be right before `pulumi up` can work.")
    .option("--stack <name>", "read the settings of this stack's configuration; without it, the environment alone")
    .option("--cwd <folder>", "folder of the Pulumi project", ".")
    .option("--group-id <id>", "check this community as well")
    .option("--json", "print JSON")
    .addHelpText("after", DETAILS)
    .action((options: DoctorOptions) => runDoctor(options, io));
}

async function runDoctor(options: DoctorOptions, io: Io): Promise<void> {
  assertFolderExists(options.cwd);
  const [{ CHECKS }, { Examination }, { runChecks }, { isWell, toJson, toLine, toSummary }] = await Promise.all([
    import("./checks/index.js"),
    import("./examination.js"),
    import("./run-checks.js"),
    import("./report.js"),
  ]);
  const findings: Finding[] = [];
  for await (const finding of runChecks(CHECKS, new Examination(options))) {
    findings.push(finding);
    if (!options.json) io.out(toLine(finding));
  }
  io.out(options.json ? toJson(findings) : toSummary(findings));
  if (!isWell(findings)) throw new CheckFailed();
}
