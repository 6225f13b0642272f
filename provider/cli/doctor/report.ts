/** How findings are shown: a line each, with what to do below; or all of them as JSON. */
import { STATUSES } from "./check-result.js";
import type { Finding } from "./run-checks.js";

const STATUS_WIDTH = "warning".length;
const NAME_WIDTH = "administrator".length;
const GAP = "  ";
const INDENT = " ".repeat(STATUS_WIDTH + NAME_WIDTH + 2 * GAP.length);

export function toLine({ name, status, text, remedy }: Finding): string {
  const lines = [text, ...(remedy === undefined ? [] : [`What to do: ${remedy}`])].join("\n").split("\n");
  return `${status.padEnd(STATUS_WIDTH)}${GAP}${name.padEnd(NAME_WIDTH)}${GAP}${lines.join(`\n${INDENT}`)}\n`;
}

/** The last line: how many there are of each kind. */
export function toSummary(findings: readonly Finding[]): string {
  const counts = STATUSES.map(
    (status) => `${findings.filter((finding) => finding.status === status).length} ${status}`,
  );
  return `\n${counts.join(", ")}\n`;
}

export function toJson(findings: readonly Finding[]): string {
  const checks = findings.map(({ name, status, text, remedy = null }) => ({ name, status, text, remedy }));
  return `${JSON.stringify({ ok: isWell(findings), checks }, null, 2)}\n`;
}

export function isWell(findings: readonly Finding[]): boolean {
  return findings.every(({ status }) => status !== "failed");
}
