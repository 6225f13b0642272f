/** The README's table of the emulator's rules, from their declarations in the built package. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { table } from "./table.mts";

const START = "<!-- Made by `npm run docs` from provider/emulator/rules.ts. -->\n\n";
const END = "\n\n<!-- Up to here. -->";

/** The README with the table as it has to be now. */
export function readmeWithRules(): string {
  const readme = readFileSync(resolve(import.meta.dirname, "../../README.md"), "utf8");
  const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`The README lacks the lines ${START.trim()} and ${END.trim()}`);
  return readme.slice(0, start + START.length) + ruleTable() + readme.slice(end);
}

function ruleTable(): string {
  const require = createRequire(import.meta.url);
  const { RULES } = require("pulumi-tencent-chat/emulator") as typeof import("../../provider/emulator/index.js");
  const rows = Object.entries(RULES).map(([name, { kind, meaning, source, ...facts }]) => {
    const others =
      kind.input.kind === "choice" ? kind.input.choices.filter((choice) => choice !== facts.default).map(inCode) : [];
    return [`\`${name}\``, inCode(facts.default), others.join(", "), meaning, source];
  });
  return table(["Rule", "Default", "Other values", "Meaning", "Source"], rows);
}

const inCode = (value: unknown) => `\`${JSON.stringify(value)}\``;
