/** Files are written all together or not at all, and never over others unasked. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeFiles } from "../../../provider/cli/export/write-files.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "export-files-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const FILES = { "topics.ts": "program", "import.json": "{}" };

test("files go into a folder that is made for them, and nothing else stays there", async () => {
  const out = join(folder, "a/b");
  expect(await writeFiles(out, FILES, false)).toEqual([join(out, "topics.ts"), join(out, "import.json")]);
  expect((await readdir(out)).sort()).toEqual(["import.json", "topics.ts"]);
  expect(await readFile(join(out, "topics.ts"), "utf8")).toBe("program");
});

describe("a file that exists", () => {
  beforeEach(() => writeFile(join(folder, "topics.ts"), "mine"));

  test("is refused, and none is written", async () => {
    await expect(writeFiles(folder, FILES, false)).rejects.toThrow(/topics\.ts exists already\. What to do: .*--force/);
    expect(await readdir(folder)).toEqual(["topics.ts"]);
    expect(await readFile(join(folder, "topics.ts"), "utf8")).toBe("mine");
  });

  test("is overwritten where that is asked for", async () => {
    await writeFiles(folder, FILES, true);
    expect(await readFile(join(folder, "topics.ts"), "utf8")).toBe("program");
  });

  test("has its former text again when another one cannot be written", async () => {
    await mkdir(join(folder, "import.json"));
    await expect(writeFiles(folder, FILES, true)).rejects.toThrow(/could not be written to .*What to do/);
    expect((await readdir(folder)).sort()).toEqual(["import.json", "topics.ts"]);
    expect(await readFile(join(folder, "topics.ts"), "utf8")).toBe("mine");
  });
});

describe("where the files cannot be written", () => {
  test("nothing stays of a folder that was made for them", async () => {
    const files = { "topics.ts": "program", "no/such/folder.json": "{}" };
    await expect(writeFiles(join(folder, "a/b"), files, false)).rejects.toThrow("could not be written");
    expect(await readdir(folder)).toEqual([]);
  });

  test("nothing stays of one file without the other", async () => {
    const files = { "topics.ts": "program", "no/such/folder.json": "{}" };
    await expect(writeFiles(folder, files, false)).rejects.toThrow("could not be written");
    expect(await readdir(folder)).toEqual([]);
  });

  test("a file in the folder's place is said to be one", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(writeFiles(join(folder, "file"), FILES, false)).rejects.toThrow(/file.*What to do: give --out/);
    await expect(writeFiles(join(folder, "file/below"), FILES, false)).rejects.toThrow(/could not be written/);
  });

  test("a folder without the right to write is named", async () => {
    await chmod(folder, 0o500);
    // Root may write there all the same, but not into the kernel's own folders.
    const closed = process.getuid?.() === 0 ? "/proc/sys" : folder;
    await expect(writeFiles(closed, FILES, false)).rejects.toThrow(`could not be written to ${closed}`);
  });
});
