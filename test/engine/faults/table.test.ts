/** The tables of the fault matrix leave nothing out that the emulator can do, the service answer, or a resource call. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COMMANDS } from "../../../provider/chat/commands.js";
import { ERROR_CODES, type ErrorCodeFacts, errorCodeFacts } from "../../../provider/chat/error-codes.js";
import type { Fault } from "../../../provider/emulator/index.js";
import { SOAK } from "../../proof.js";
import { CELLS, CHOSEN, OPERATIONS, RESOURCES } from "./cells.js";
import { FAULTS, type FaultRow } from "./table.js";

const faults = Object.values<FaultRow>(FAULTS).map(({ fault }) => fault);

test("every kind of fault of the emulator is met", () => {
  const kinds: Record<Fault["kind"], true> = {
    throttle: true,
    error: true,
    http: true,
    "drop-before": true,
    "drop-after": true,
    delay: true,
    garbage: true,
  };
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
});

test("every class of error code is met that is no answer, with and without an end to its repetition", () => {
  const treatment = ({ class: name, maxRetries }: ErrorCodeFacts) => `${name}${maxRetries ? ", a few times" : ""}`;
  const answers = ["gone", "exists"];
  const all = new Set(Object.values(ERROR_CODES).map(treatment));
  const met = faults.map(({ kind, code }) => treatment(errorCodeFacts(kind === "throttle" ? 60007 : (code ?? 10002))));
  expect(new Set([...met, ...answers])).toEqual(all);
});

test("every command that a resource calls is met", () => {
  const others = ["create_topic", "create_group", "get_appid_group_list"];
  expect([...new Set<string>(CELLS.map(({ command }) => command)), ...others].sort()).toEqual(
    Object.keys(COMMANDS).sort(),
  );
});

test("the short run meets every resource and every operation", () => {
  expect(new Set(CHOSEN.map(({ resource }) => resource))).toEqual(new Set(Object.keys(RESOURCES)));
  expect(new Set(CHOSEN.map(({ operation }) => operation))).toEqual(new Set(Object.keys(OPERATIONS)));
});

test.skipIf(SOAK)("the README tells how many faults and cells there are", () => {
  const readme = readFileSync("README.md", "utf8").replaceAll(/\s+/g, " ");
  expect(readme).toContain(`each of ${faults.length} kinds of fault`);
  expect(readme).toContain(`${CELLS.length.toLocaleString("en")} cells, of which \`npm test\` runs ${CHOSEN.length}.`);
});
