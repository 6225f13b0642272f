/** Runs the checks one after the other. One that needs a check which failed, or was skipped, is skipped. */
import type { Check } from "./check.js";
import { type CheckResult, notChecked } from "./check-result.js";
import type { Examination } from "./examination.js";

export interface Finding extends CheckResult {
  readonly name: string;
}

/** The findings in the order of the checks, each as soon as its check has ended. */
export async function* runChecks(checks: readonly Check[], examination: Examination): AsyncGenerator<Finding> {
  const status = new Map<string, CheckResult["status"]>();
  for (const check of checks) {
    const unmet = check.needs.find((name) => status.get(name) === "failed" || status.get(name) === "skipped");
    const result =
      unmet === undefined
        ? await check.run(examination)
        : notChecked(`“${unmet}” ${status.get(unmet) === "failed" ? "failed" : "was not checked"}`);
    status.set(check.name, result.status);
    yield { name: check.name, ...result };
  }
}
