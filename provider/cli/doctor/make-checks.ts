/** Makes the checks one after the other; one whose needs were not met is not made, and says which. */
import type { Check } from "./check.js";
import type { Examination } from "./examination.js";
import { notChecked, type Outcome } from "./outcome.js";

export interface Finding extends Outcome {
  readonly name: string;
}

/** The findings in order, each as soon as it is there. */
export async function* makeChecks(checks: readonly Check[], examination: Examination): AsyncGenerator<Finding> {
  const status = new Map<string, Outcome["status"]>();
  for (const check of checks) {
    const unmet = check.needs.find((name) => status.get(name) === "failed" || status.get(name) === "skipped");
    const outcome =
      unmet === undefined
        ? await check.run(examination)
        : notChecked(`“${unmet}” ${status.get(unmet) === "failed" ? "failed" : "was not checked"}`);
    status.set(check.name, outcome.status);
    yield { name: check.name, ...outcome };
  }
}
