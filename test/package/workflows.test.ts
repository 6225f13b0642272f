/** The workflows try what package.json promises, and run nothing that could change under them. */
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { ENGINE_VERSION } from "../engine/pulumi/programs.mjs";

const FOLDER = ".github/workflows";
const read = (name: string) => readFileSync(join(FOLDER, name), "utf8");
const { engines, peerDependencies, version } = JSON.parse(readFileSync("package.json", "utf8"));

test("the oldest Node.js and the oldest SDK that package.json allows are tried together", () => {
  const node = engines.node.replace(">=", "");
  const sdk = peerDependencies["@pulumi/pulumi"].split(" ")[0].replace(">=", "");
  expect(read("test.yml")).toContain(`{ node: ${node}.0, sdk: ${sdk} }`);
});

test("the CLI that CI installs is the one that is built where there is none", () => {
  expect(read("test.yml")).toContain(`pulumi-version: ${ENGINE_VERSION}`);
});

test("CI runs what a contributor runs", () => {
  expect(readFileSync(".ci/run", "utf8")).toMatch(/^npm cit /m);
  // npm cit is these two; between them the matrix may put other versions.
  expect(read("test.yml")).toMatch(/- run: npm ci\n[\s\S]*- run: npm test\n/);
});

describe.for(readdirSync(FOLDER))("%s", (name) => {
  test("pins every action to a commit, says which version that is, and limits rights and time", () => {
    const text = read(name);
    const actions = text.match(/uses: (?!\.\/).*/g) ?? [];
    for (const action of actions) expect(action).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(text).toMatch(/^permissions:/m);
    const jobsOnRunners = text.match(/runs-on:/g)?.length ?? 0;
    expect(text.match(/timeout-minutes:/g)).toHaveLength(jobsOnRunners);
  });
});

describe("the check before a release", () => {
  const complaints = (tag: string): Promise<string> =>
    promisify(execFile)(process.execPath, [".github/release-check.mjs", tag], { timeout: 20_000 }).then(
      () => "",
      ({ stderr }) => stderr,
    );

  test("refuses a tag that is not the version", async () => {
    expect(await complaints("v999.0.0")).toContain(`package.json says ${version}`);
  });

  test("has nothing against the tag of the version, but that the changelog must date it", async () => {
    const isDated = new RegExp(`^## \\[${version}\\] - \\d{4}-`, "m").test(readFileSync("CHANGELOG.md", "utf8"));
    const lines = (await complaints(`v${version}`)).trim().split("\n").filter(Boolean);
    expect(lines).toEqual(isDated ? [] : [expect.stringContaining("CHANGELOG.md has no line")]);
  });
});
