/**
 * The Pulumi project that a folder belongs to, and the folder in which Pulumi starts the provider process: that of
 * `main`, else that of Pulumi.yaml. Only the few lines that matter here are read; Pulumi itself reads the rest.
 */
import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

export interface Project {
  /** Pulumi.yaml, with its folder. */
  readonly file: string;
  /** In which the provider process runs, and looks for packages. */
  readonly folder: string;
  /** `nodejs`, `python` …; undefined where the file does not say. */
  readonly runtime: string | undefined;
  /** Does Pulumi run the program through its TypeScript compiler? */
  readonly compilesTypeScript: boolean;
}

const FILE_NAMES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The project of a folder or of the nearest one above it, as Pulumi looks for it. */
export async function findProject(start: string): Promise<Project | undefined> {
  const folder = resolve(start);
  for (const name of FILE_NAMES) {
    const file = join(folder, name);
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text !== undefined) return readProject(file, text);
  }
  return dirname(folder) === folder ? undefined : findProject(dirname(folder));
}

async function readProject(file: string, text: string): Promise<Project> {
  const main = resolve(dirname(file), scalar(text, "main") ?? ".");
  const isFolder = await stat(main).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return {
    file,
    folder: isFolder ? main : dirname(main),
    // Either `runtime: nodejs`, or `runtime:` with a `name:` of its own, deeper than the project's.
    runtime: scalar(text, "runtime") ?? /\bruntime"?:\s*\{?\s*"?name"?:\s*"?([\w-]+)/.exec(text)?.[1],
    compilesTypeScript: !/\btypescript"?:\s*false\b/.test(text),
  };
}

/** A value at the top of the file, which is YAML or, a kind of YAML too, JSON. */
function scalar(text: string, key: string): string | undefined {
  const yaml = new RegExp(`^${key}:[ \\t]*["']?([^"'\\s#{][^"'\\n#]*?)["']?[ \\t]*(#.*)?$`, "m");
  const json = new RegExp(`"${key}":\\s*"([^"]*)"`);
  return (yaml.exec(text) ?? json.exec(text))?.[1];
}
