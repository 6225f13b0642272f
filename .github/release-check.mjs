/** Before a release: the tag, package.json and the changelog name the same version, and the changelog dates it. */
import { readFileSync } from "node:fs";

const tag = process.argv[2] ?? "";
const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const { version } = JSON.parse(read("package.json"));

const faults = [];
if (tag !== `v${version}`) {
  faults.push(`The tag is ${tag}, and package.json says ${version}: tag v${version}, or set the version first.`);
}
const heading = read("CHANGELOG.md")
  .split("\n")
  .find((line) => line.startsWith(`## [${version}]`));
if (!/ - \d{4}-\d{2}-\d{2}$/.test(heading ?? "")) {
  faults.push(`CHANGELOG.md has no line “## [${version}] - <date>”: give what is under “Unreleased” that heading.`);
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
