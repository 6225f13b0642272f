/** How errors and issues read in Pulumi's output: the one place that writes them for the engine, and for a program. */
import { type ChatError, ConnectionError, errorText, ServiceError } from "../chat/errors/index.js";
import type { CheckIssue, PropertyIssue } from "../lifecycle/check-issue.js";
import { FixedFieldError, SeveralFailuresError } from "../lifecycle/errors/index.js";
import type { Failure } from "../lifecycle/failure.js";
import { nameSome } from "../lifecycle/name-some.js";
import { factsWithCredentials } from "../settings/credentials.js";
import type { Settings } from "../settings/settings.js";
import { SettingsError } from "../settings/settings-error.js";

/** In what operation the error came. */
export interface ErrorContext {
  /** Undefined where they are not in order. */
  readonly settings: Settings | undefined;
  /** Does the engine take the settings from the state, as in a refresh or a destroy? */
  readonly usesSettingsFromState?: boolean;
}

const FORMER_SETTINGS =
  "(`pulumi refresh` and `pulumi destroy` run on the settings of the last `pulumi up`: run one first, or add " +
  "`--run-program`.)";

export function engineText(error: ChatError, context: ErrorContext): string {
  const text = textOf(error, context);
  if (!context.usesSettingsFromState || !isAboutSettings(error, context)) return text;
  return `${text}${text.includes("\n") ? "\n" : " "}${FORMER_SETTINGS}`;
}

function textOf(error: ChatError, context: ErrorContext): string {
  if (error instanceof FixedFieldError) return issueTexts(error.issues, context).join("\n");
  if (error instanceof SeveralFailuresError) {
    const lines = failureTexts(error.failures, error.untried, context);
    return [errorText(error.facts), ...lines.map((line) => `- ${line}`)].join("\n");
  }
  return errorText(factsWithCredentials(error, context.settings));
}

/** Would other settings help, which a refresh or a destroy does not take from the program? */
function isAboutSettings(error: ChatError, { settings }: ErrorContext): boolean {
  if (error instanceof SeveralFailuresError) {
    return error.failures.some((failure) => isAboutSettings(failure.error, { settings }));
  }
  if (error instanceof ServiceError) {
    // A key in the environment is the present one.
    return error.isAboutCredentials && settings?.credentialsOrigin.kind !== "environment";
  }
  return error instanceof SettingsError || error instanceof ConnectionError;
}

/** One text for each cause, and one for what was not tried. */
export function failureTexts(
  failures: readonly Failure[],
  untried: readonly string[],
  context: ErrorContext,
): string[] {
  const byCause = Map.groupBy(failures, ({ error }) => error.groupKey);
  const texts = [...byCause.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { progress, error } = first;
    const isAlike = others.every((other) => other.progress?.what === progress?.what);
    const done = progress === undefined || !isAlike ? "" : `${progress.subject} ${progress.what}. `;
    return `${done}${textOf(error, context)}${others.length === 0 ? "" : affected([first, ...others], isAlike)}`;
  });
  if (untried.length === 0) return texts;
  const were = untried.length === 1 ? "1 topic was" : `${untried.length} topics were`;
  return [...texts, `${were} not tried after that: ${nameSome(untried)}.`];
}

/** The topics of a group. Where they differ in how far each got, or in a detail of the error, each name is told with it. */
function affected(failures: readonly Failure[], isProgressAlike: boolean): string {
  const isDetailAlike = failures.every(({ error }) => error.detail === failures[0]?.error.detail);
  const names = failures.map(({ name, progress, error }) => {
    const details = [isProgressAlike ? undefined : progress?.what, isDetailAlike ? undefined : error.detail];
    const told = details.filter((detail) => detail !== undefined);
    return told.length === 0 ? name : `${name} (${told.join("; ")})`;
  });
  const isEachNamed = !isProgressAlike || failures.some(({ error }) => error.needsFixPerObject);
  return ` (${names.length} topics: ${isEachNamed ? names.join(", ") : nameSome(names)}.)`;
}

/** One text for each cause; topics of a set that break the same rule are told together, all of them by their keys. */
export function issueTexts(issues: readonly CheckIssue[], context: ErrorContext): string[] {
  const ofProperties = issues.filter((issue): issue is PropertyIssue => !("error" in issue));
  const failures = issues.filter((issue): issue is Failure => "error" in issue);
  const byCause = Map.groupBy(ofProperties, (issue) => {
    const { topicKey, property, problem, rule, remedy } = issue;
    return topicKey === undefined ? issue : JSON.stringify([property, rule?.rule ?? problem, remedy]);
  });
  return [...failureTexts(failures, [], context), ...[...byCause.values()].map(issueText)];
}

function issueText(issues: readonly PropertyIssue[]): string {
  const [first, ...others] = issues;
  if (first === undefined) return "";
  const { topicKey, property, problem, rule, remedy } = first;
  const isSentence = topicKey === undefined && property === "";
  const remedyText = remedy === undefined ? "" : isSentence ? `. What to do: ${remedy}.` : `; ${remedy}`;
  if (others.length === 0) return `${propertyPath(first)}${problem}${remedyText}`;
  const isOneProblem = others.every((other) => other.problem === problem);
  const topics = issues.map(({ topicKey: key, rule: own }) => {
    return `${key}${isOneProblem || own?.detail === undefined ? "" : ` (${own.detail})`}`;
  });
  const named = `${issues.length} topics (${topics.join(", ")})`;
  const what = property === "" ? `${named}:` : `\`${property}\` of ${named}`;
  return `${what} ${isOneProblem ? problem : (rule?.rule ?? problem)}${remedyText}`;
}

/** `topics["general"].topicName`, as a sentence starts with it. */
function propertyPath({ topicKey, property }: PropertyIssue): string {
  const path = [topicKey === undefined ? [] : `topics[${JSON.stringify(topicKey)}]`, property === "" ? [] : property];
  const text = path.flat().join(".");
  return text === "" ? "" : `\`${text}\` `;
}
