/** What the doctor reads in a project file, and what it says of one that is wrong. */
import { mkdir, mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findProject } from "../../provider/cli/doctor/project-file.js";

async function read(text: string, name = "Pulumi.yaml") {
  await using folder = await mkdtempDisposable(join(tmpdir(), "project-file-"));
  await mkdir(join(folder.path, "app"));
  await writeFile(join(folder.path, name), text);
  const project = await findProject(folder.path);
  return project && { ...project, folder: project.folder.slice(folder.path.length + 1) };
}

describe("the runtime", () => {
  test.each([
    ["is a text", "runtime: nodejs"],
    ["is a text in quotes, after a quoted key", `"runtime": 'nodejs'`],
    ["is the name of an object", "runtime:\n  name: nodejs"],
    ["has its options before its name", "runtime:\n  options:\n    typescript: true\n  name: nodejs"],
    ["is an object in one line", "runtime: { options: { typescript: true }, name: nodejs }"],
    ["follows a comment", "runtime: # the usual one\n  name: nodejs # really"],
    ["stands behind an anchor", "template:\n  runtime: &ours { name: nodejs }\nruntime: *ours"],
    ["comes by a merge key", "base: &base { name: nodejs }\nruntime:\n  <<: *base"],
    ["is not the `name` of something else", "runtime: nodejs\nbackend:\n  name: python\nauthor: { runtime: python }"],
    ["is not what a text says", "description: |\n  runtime: python\nruntime: nodejs"],
    ["is that of the first document", "---\nruntime: nodejs\n---\nruntime: python"],
  ])("%s", async (_what, yaml) => {
    expect(await read(`name: project\n${yaml}\n`.replace(/^name: project\n---/, "---\nname: project"))).toMatchObject({
      runtime: "nodejs",
      compilesTypeScript: true,
      folder: "",
    });
  });

  test.each([
    ["Pulumi.yml", "runtime: { name: python }"],
    ["Pulumi.json", '{\n\t"name": "project",\n\t"runtime": {\n\t\t"name": "python"\n\t}\n}'],
  ])("is read from %s too", async (name, text) => {
    expect(await read(text, name)).toMatchObject({ runtime: "python" });
  });

  test("is not known where the file does not name it", async () => {
    expect(await read("name: project\nruntime:\n")).toMatchObject({ runtime: undefined, compilesTypeScript: true });
  });
});

describe("Pulumi compiles TypeScript", () => {
  test.each([
    ["where only a comment says `typescript: false`", "runtime:\n  name: nodejs\n  # options: { typescript: false }"],
    ["where another key has that setting", "runtime: nodejs\nconfig:\n  typescript: false"],
    ["where only a text says so", 'runtime: nodejs\ndescription: "runs with typescript: false"'],
    ["where the options are empty", "runtime:\n  name: nodejs\n  options:"],
  ])("%s", async (_what, yaml) => {
    expect((await read(`name: project\n${yaml}\n`))?.compilesTypeScript).toBe(true);
  });

  test.each([
    ["where its option says no", "runtime:\n  name: nodejs\n  options:\n    typescript: false # compiled before"],
    ["where it says so in one line", "runtime: { name: nodejs, options: { 'typescript': false } }"],
    ["where it says so by an anchor", "x: &off { typescript: false }\nruntime: { name: nodejs, options: *off }"],
  ])("not %s", async (_what, yaml) => {
    expect((await read(`name: project\n${yaml}\n`))?.compilesTypeScript).toBe(false);
  });
});

describe("the program's folder", () => {
  test.each(["main: app", "main: app/", `"main": "app/index.ts" # the program`, "main: >-\n  app/index.ts"])(
    "is that of `main`: %j",
    async (line) => {
      expect((await read(`name: project\nruntime: nodejs\n${line}\n`))?.folder).toBe("app");
    },
  );
});

describe("a file that is no project is an error that says why", () => {
  test.each([
    ["is no YAML", "name: [", /: Flow sequence in block collection must be .* at line 1, column 8$/],
    ["has a key twice", "runtime: nodejs\nruntime: python", /: Map keys must be unique at line 2, column 1$/],
    ["has an alias of nothing", "runtime: *nothing", /: Unresolved alias .*: nothing$/],
    ["is a list", "- name: project", /: it holds no settings$/],
    ["is empty", "", /: it holds no settings$/],
    ["has a number for a runtime", "runtime: 5", /: `runtime` is neither a name nor an object with a `name`$/],
    ["has a runtime without a name", "runtime: { options: {} }", /: `runtime` is neither a name nor an object/],
    ["has a list for `main`", "runtime: nodejs\nmain: []", /: `main` is not a string$/],
  ])("where it %s", async (_what, text, message) => {
    const reading = read(text);
    await expect(reading).rejects.toThrow(/^\S+Pulumi\.yaml cannot be read as a project: /);
    await expect(reading).rejects.toThrow(message);
  });
});
