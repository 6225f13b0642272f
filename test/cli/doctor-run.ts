/**
 * `tencent-chat doctor` in this process, on a project of its own and a PATH of its own, with the settings of an emulator
 * in the environment. The Pulumi CLI is a script here that tells a version; the real one is in the engine tests.
 */
import { chmod, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { runCli } from "../../provider/cli/program.js";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY, type Emulator } from "../../provider/emulator/index.js";
import { createProject, type ProjectFolder } from "../dynamic/project-folder.js";

export interface Finding {
  readonly name: string;
  readonly status: string;
  readonly text: string;
  readonly remedy: string | null;
}

export interface Examination {
  readonly code: number;
  /** Names of checks. */
  readonly failed: readonly string[];
  readonly warned: readonly string[];
  readonly skipped: readonly string[];
  readonly of: (check: string) => Finding;
}

export interface Examined {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A project in which all is well, with the `@pulumi/pulumi` of a folder, by default the installed one. */
export async function createHealthyProject(sdk?: string): Promise<ProjectFolder> {
  const project = await createProject(sdk);
  await writeFile(join(project.path, "Pulumi.yaml"), "name: healthy\nruntime: nodejs\n");
  const programs = programsOf(project);
  await mkdir(programs);
  await symlink(process.execPath, join(programs, "node"));
  await writeProgram(join(programs, "pulumi"), "echo v3.274.1");
  return project;
}

/** For tests that are not about Node.js: a script that says in no time what the real one would. */
export async function hurryNode(project: ProjectFolder): Promise<void> {
  const file = join(programsOf(project), "node");
  const { version } = JSON.parse(await readFile("package.json", "utf8"));
  await rm(file);
  await writeProgram(file, `[ "$1" = --version ] && echo ${process.version} || echo '["${version}"]'`);
}

/** The only folder on PATH. */
export function programsOf(project: ProjectFolder): string {
  return join(project.path, "programs");
}

/** A shell script in the place of a program. */
export async function writeProgram(file: string, script: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

/** The environment of the following runs, undone by `vi.unstubAllEnvs`. */
export function stubEnvironment(project: ProjectFolder, emulator: Emulator): void {
  for (const name of Object.keys(process.env)) {
    if (/^(TENCENT_CHAT_|PULUMI_|npm_)|_proxy$/i.test(name)) vi.stubEnv(name, undefined);
  }
  vi.stubEnv("PATH", programsOf(project));
  vi.stubEnv("TENCENT_CHAT_SDK_APP_ID", String(DEFAULT_SDK_APP_ID));
  vi.stubEnv("TENCENT_CHAT_SECRET_KEY", DEFAULT_SECRET_KEY);
  vi.stubEnv("TENCENT_CHAT_ENDPOINT", emulator.url);
  vi.stubEnv("TENCENT_CHAT_TIMEOUT_SECONDS", "2");
}

export async function runDoctor(...args: string[]): Promise<Examined> {
  let out = "";
  let err = "";
  const code = await runCli(["doctor", ...args], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    stopped: () => new Promise(() => {}),
  });
  expectNoSecretIn(out + err);
  return { code, out, err };
}

/** A UserSig is base64 of zlib: it starts with these letters. */
const USER_SIG = /eJ[A-Za-z0-9*_-]{10}/;

function expectNoSecretIn(said: string): void {
  expect(said, "no part of the secret key may be shown").not.toContain(DEFAULT_SECRET_KEY.slice(0, 17));
  expect(said, "no part of a signature may be shown").not.toMatch(USER_SIG);
}

/** What it finds, by the names of the checks. */
export async function examine(...args: string[]): Promise<Examination> {
  const { code, out } = await runDoctor("--json", ...args);
  const { checks } = JSON.parse(out) as { checks: Finding[] };
  const named = (status: string) => checks.flatMap((finding) => (finding.status === status ? finding.name : []));
  return {
    code,
    failed: named("failed"),
    warned: named("warning"),
    skipped: named("skipped"),
    of: (name) => checks.find((finding) => finding.name === name) ?? expect.fail(`there is no check ${name}`),
  };
}
