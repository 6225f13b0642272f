/** `examples/unit-tests`: a user's tests of a program, on the packed package. */
import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../dynamic/built-package.js";
import { createPackedProject, type PackedProject } from "../package/packed-project.js";

const TEST_MS = 25_000;

describe("the unit tests of a program", () => {
  let project: PackedProject;
  beforeAll(async () => {
    project = await createPackedProject();
    await cp(join(REPOSITORY, "examples/unit-tests"), project.path, { recursive: true });
  });
  afterAll(() => project?.[Symbol.asyncDispose]());

  async function npmTest(): Promise<string> {
    const run = promisify(execFile)("npm", ["test", "--", "--test-reporter", "tap"], {
      cwd: project.path,
      timeout: TEST_MS,
      // Node.js would take itself for a part of another test run.
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    });
    return run.then(
      ({ stdout }) => stdout,
      (error: { stdout?: string } & Error) => error.stdout || error.message,
    );
  }

  test("pass with Pulumi's mocks", async () => {
    expect(await npmTest()).toMatch(/^# pass 4\n# fail 0$/m);
  });

  test("fail when the program says something else", async () => {
    const file = join(project.path, "index.ts");
    const program = await readFile(file, "utf8");
    await writeFile(file, program.replace('onRemove: "retain"', 'onRemove: "destroy"').replace("!==", "==="));
    expect(await npmTest()).toMatch(/^# pass 1\n# fail 3$/m);
  });
});
