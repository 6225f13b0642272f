/** The answers as text for a terminal, and as a file. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Answers } from "./questions.js";

export function answersFile(folder: string, run: string): string {
  return join(folder, `answers-${run}.json`);
}

export function writeAnswers(folder: string, answers: Answers): void {
  writeFileSync(answersFile(folder, answers.run), `${JSON.stringify(answers, null, 2)}\n`);
}

/** The answers of a run, or undefined where it got none. */
export function readAnswers(folder: string, run: string): Answers | undefined {
  try {
    return JSON.parse(readFileSync(answersFile(folder, run), "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export function toText({ answers, host, sdkAppId, askedAt, rules, conflicts }: Answers): string {
  const width = Math.max(...answers.map(({ question }) => question.length));
  const rows = answers.map(
    ({ question, answer, failure }) => `${question.padEnd(width)}  ${answer ?? `not known: ${failure}`}`,
  );
  return [
    `What app ${sdkAppId} at ${host} answered at ${askedAt}:`,
    "",
    ...rows,
    "",
    "Rules that make the emulator behave so (POST /_emulator/rules, or startEmulator({ rules })):",
    JSON.stringify(rules),
    ...conflicts.map((name) => `The answers want different values of the rule ${name}.`),
    "",
  ].join("\n");
}
