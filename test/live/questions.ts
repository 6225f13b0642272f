/** Puts the open questions to the app, one after the other, and brings the answers together into rules of the emulator. */
import type { Rules } from "../../provider/emulator/index.js";
import type { Exchange, LiveApp } from "./live-app.js";
import { PROBES } from "./probes/index.js";
import type { Finding, Probe } from "./probes/probe.js";

/** A question with its answer, or with the reason why there is none. */
export interface Answered extends Pick<Probe, "question" | "how"> {
  readonly answer?: string;
  readonly rules?: Finding["rules"];
  readonly failure?: string;
  /** What was sent for it and what came back. */
  readonly exchanges: readonly Exchange[];
}

export interface Answers {
  readonly askedAt: string;
  readonly sdkAppId: number;
  readonly host: string;
  readonly run: string;
  readonly answers: readonly Answered[];
  /** With these the emulator behaves as the service did. */
  readonly rules: Partial<Rules>;
  /** Rules for which two answers want different values. */
  readonly conflicts: readonly string[];
}

export async function askAll(app: LiveApp, probes: readonly Probe[] = PROBES): Promise<Answers> {
  const answers: Answered[] = [];
  for (const { question, how, ask } of probes) {
    const from = app.exchanges.length;
    // One that cannot be answered does not keep the others from being asked.
    const outcome = await ask(app).catch((error: Error) => ({ failure: error.message }));
    answers.push({ question, how, ...outcome, exchanges: app.exchanges.slice(from) });
  }
  const { baseUrl, sdkAppId } = app.settings;
  return {
    askedAt: new Date().toISOString(),
    sdkAppId,
    host: new URL(baseUrl).host,
    run: app.run,
    answers,
    ...together(answers.map(({ rules = {} }) => rules)),
  };
}

function together(findings: readonly Partial<Rules>[]): Pick<Answers, "rules" | "conflicts"> {
  const rules = new Map<string, unknown>();
  const conflicts = new Set<string>();
  for (const [name, value] of findings.flatMap((finding) => Object.entries(finding))) {
    const known = rules.get(name);
    if (name === "byteLimits") rules.set(name, { ...(known as object), ...(value as object) });
    else if (known !== undefined && known !== value) conflicts.add(name);
    else rules.set(name, value);
  }
  for (const name of conflicts) rules.delete(name);
  return { rules: Object.fromEntries(rules), conflicts: [...conflicts] };
}
