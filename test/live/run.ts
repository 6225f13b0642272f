/**
 * `npm run test:live`: runs the live suite against the app that the environment names, and ends with the answers that it
 * gave to the open questions. Where it cannot run it says why and ends with 2, which no run of tests does.
 */
import { spawn } from "node:child_process";
import { whyNotRun } from "./live-settings.js";
import { newRun } from "./names.js";
import { liveFolder } from "./record.js";
import { answersFile, readAnswers, toText } from "./report.js";

const HELP = `Usage: TENCENT_CHAT_LIVE=1 npm run test:live

Runs the live suite against a real app: the life of topics and communities through the real Pulumi CLI, then the questions
that Tencent's pages leave open. It makes communities whose ids start with @TGS#_pulumi-live-, and destroys them at its
end, also when it fails; \`npm run live:sweep\` removes what a killed run left. It keeps to 5 calls a second of each command
unless TENCENT_CHAT_CALLS_PER_SECOND says otherwise. Use an app that nobody else relies on: destroying topics fires its
webhooks.

Needed: TENCENT_CHAT_LIVE=1, and the app's settings as variables: TENCENT_CHAT_SDK_APP_ID, TENCENT_CHAT_SECRET_KEY or
TENCENT_CHAT_USER_SIG, TENCENT_CHAT_REGION or TENCENT_CHAT_ENDPOINT.

Exit status: 0 the suite passed, 1 it failed, 2 it did not run.
`;

async function main(): Promise<number> {
  if (process.argv.includes("--help")) {
    process.stdout.write(HELP);
    return 0;
  }
  const reasons = whyNotRun();
  if (reasons.length > 0) {
    const list = reasons.map((reason) => `- ${reason}\n`).join("");
    process.stderr.write(
      `The live suite did not run:\n${list}Here the variables count. \`npm run test:live -- --help\` says more.\n`,
    );
    return 2;
  }
  const run = newRun();
  const exitCode = await runSuite(run);
  const answers = readAnswers(liveFolder(), run);
  if (answers === undefined) process.stderr.write("The open questions were not put.\n");
  else process.stdout.write(`\n${toText(answers)}With all calls: ${answersFile(liveFolder(), run)}\n`);
  return exitCode;
}

function runSuite(run: string): Promise<number> {
  const env = { ...process.env, LIVE_RUN: run };
  const child = spawn("vitest", ["run", "--project", "live"], { env, stdio: "inherit" });
  // The terminal sends an interrupt to the suite as well; this process waits for it. What it leaves, the sweep removes.
  process.on("SIGINT", () => {});
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => done(code === 0 ? 0 : 1));
  });
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
