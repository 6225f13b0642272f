/** `npm run live:sweep`: removes what earlier runs of the live suite left in the app that the environment names. */
import { parseArgs } from "node:util";
import { liveSettings, settingsIssues } from "./live-settings.js";
import { liveFolder } from "./record.js";
import { type Swept, sweep } from "./sweep.js";

const HELP = `Usage: npm run live:sweep -- [--all] [--json]

Destroys the communities that earlier runs of the live suite left in the app that the TENCENT_CHAT_* variables name: those
that the suite has written down in .local/live, and those that the app lists (get_appid_group_list) under an id of the
form @TGS#_pulumi-live-<start>-<mark>-<name>. No other community is touched.

  --all    also those of runs that started less than an hour ago, which may still be going on
  --json   print JSON

Exit status: 0 none is left, 1 some could not be destroyed, 2 wrong usage or settings.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { all: { type: "boolean" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const issues = settingsIssues();
  if (issues.length > 0) {
    process.stderr.write(`Nothing was swept:\n${issues.map((issue) => `- ${issue}\n`).join("")}`);
    return 2;
  }
  const swept = await sweep(liveSettings(), { folder: liveFolder(), all: values.all ?? false });
  process.stdout.write(values.json ? `${JSON.stringify(swept, null, 2)}\n` : toText(swept));
  return swept.failed.length > 0 ? 1 : 0;
}

function toText({ removed, kept, failed, unlisted }: Swept): string {
  const lines = [
    ...removed.map((groupId) => `destroyed ${groupId}`),
    ...kept.map((groupId) => `kept ${groupId}: its run started less than an hour ago (--all destroys it)`),
    ...failed.map(({ groupId, reason }) => `could not destroy ${groupId}: ${reason}`),
  ];
  if (lines.length === 0) lines.push("No community of the live suite is left.");
  if (unlisted) lines.push(`Only what is written down here was looked at; the app gave no list: ${unlisted}`);
  return `${lines.join("\n")}\n`;
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  },
);
