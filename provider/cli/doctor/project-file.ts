/**
 * The Pulumi project that a folder belongs to, and the folder in which Pulumi starts the provider process: that of
 * `main`, else that of the project file. Only the few settings that matter here are read; Pulumi itself reads the rest.
 */
import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";

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

/** There is a project file, and what is in it is no project. */
export class ProjectFileError extends Error {
  constructor(file: string, reason: string) {
    super(`${file} cannot be read as a project: ${reason}`);
  }
}

const FILE_NAMES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** https://www.pulumi.com/docs/iac/concepts/projects/project-file/ */
const contents = z.object({
  main: z.string().nullish(),
  runtime: z
    .union(
      [z.string(), z.object({ name: z.string(), options: z.object({ typescript: z.unknown() }).partial().nullish() })],
      "is neither a name nor an object with a `name`",
    )
    .nullish(),
});

/**
 * The project of a folder or of the nearest one above it, as Pulumi looks for it.
 *
 * @throws {ProjectFileError} where its file is no YAML, or says what no project can.
 */
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
  const { data, error } = contents.safeParse(await parseYaml(file, text));
  if (error) throw new ProjectFileError(file, describeIssue(error.issues[0]));
  const runtime = typeof data.runtime === "string" ? { name: data.runtime } : data.runtime;
  const main = resolve(dirname(file), data.main ?? ".");
  const isFolder = await stat(main).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return {
    file,
    folder: isFolder ? main : dirname(main),
    runtime: runtime?.name,
    compilesTypeScript: runtime?.options?.typescript !== false,
  };
}

/** JSON is YAML too. Of several documents Pulumi reads the first. */
async function parseYaml(file: string, text: string): Promise<unknown> {
  const { LineCounter, parseAllDocuments } = await import("yaml");
  const lineCounter = new LineCounter();
  const [document] = parseAllDocuments(text, { merge: true, prettyErrors: false, lineCounter });
  const [error] = document?.errors ?? [];
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw new ProjectFileError(file, `${error.message} at line ${line}, column ${col}`);
  }
  try {
    return document?.toJS();
  } catch (thrown) {
    // An alias of an anchor that does not exist.
    throw new ProjectFileError(file, (thrown as Error).message);
  }
}

function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined || issue.path.length === 0) return "it holds no settings";
  return `\`${issue.path.join(".")}\` ${issue.code === "invalid_type" ? `is not a ${issue.expected}` : issue.message}`;
}
