import { stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureBuiltPackage, REPOSITORY } from "./built-package.js";

test("a package that is up to date is not built again", async () => {
  const builtAt = async () => (await stat(join(REPOSITORY, "dist/index.js"))).mtimeMs;
  await ensureBuiltPackage();
  const before = await builtAt();
  await ensureBuiltPackage();
  expect(await builtAt()).toBe(before);
});
