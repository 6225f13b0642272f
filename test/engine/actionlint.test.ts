/**
 * The workflows of `examples/github-actions` pass actionlint, built from its published Go module; its version and sums are
 * pinned in the folder `actionlint` beside this file.
 */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ProgramError, runProgram } from "./pulumi/run-program.mjs";

const WORKFLOWS = resolve("examples/github-actions/.github/workflows");

function actionlint(...files: readonly string[]): Promise<string> {
  const flags = [
    "-mod=readonly",
    "github.com/rhysd/actionlint/cmd/actionlint",
    "-no-color",
    "-shellcheck=",
    "-pyflakes=",
  ];
  return runProgram("go", ["run", ...flags, ...files], {
    cwd: resolve("test/engine/actionlint"),
    env: { ...process.env, GOWORK: "off", GO111MODULE: "on", GOFLAGS: "", GOOS: "", GOARCH: "", CGO_ENABLED: "0" },
    timeLimit: 170_000,
    doing: "checking the workflows with actionlint",
  });
}

beforeAll(async () => {
  try {
    await runProgram("go", ["version"], { timeLimit: 60_000, doing: "asking Go for its version" });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new Error(
      `actionlint cannot be built: ${error.message} Install Go (https://go.dev) so that \`go\` is on PATH, with a way to a Go module proxy.`,
    );
  }
});

test("the workflows of the kit have no fault", async () => {
  const files = readdirSync(WORKFLOWS).map((name) => join(WORKFLOWS, name));
  expect(files).toHaveLength(3);
  expect(await actionlint(...files)).toBe("");
});
