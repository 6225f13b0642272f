/** What the workflows of `examples/github-actions` promise: few rights, pinned actions, no two runs on one stack. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ENGINE_VERSION } from "../engine/pulumi/programs.mjs";
import { type Job, readWorkflow } from "../engine/workflow.js";

const KIT = resolve("examples/github-actions");
const FILES = readdirSync(join(KIT, ".github"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yml"))
  .map((name) => ({ name, text: readFileSync(join(KIT, ".github", name), "utf8") }));
const WORKFLOWS = Object.fromEntries(
  ["preview", "promote", "drift"].map((name) => [name, readWorkflow(join(KIT, `.github/workflows/${name}.yml`))]),
);
const JOBS = Object.entries(WORKFLOWS).flatMap(([workflow, { jobs }]) =>
  Object.entries(jobs).map(([name, job]): [string, Job] => [`${workflow}/${name}`, job]),
);
const commandsOf = ({ steps }: Job) => steps.map(({ run = "" }) => run).join("\n");
const secretsOf = (job: Job) => JSON.stringify(job).match(/secrets\.\w+/g) ?? [];

test.each(FILES)("$name pins every action by its commit, with the version beside it", ({ text }) => {
  for (const [line, action] of text.matchAll(/uses: (\S+).*/g)) {
    if (!action?.startsWith("./")) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

test("the pins of an action are the same everywhere", () => {
  const pins = new Map<string, Set<string>>();
  for (const [, action = "", pin = ""] of FILES.flatMap(({ text }) => [...text.matchAll(/uses: ([\w/-]+)@(.+)/g)])) {
    pins.set(action, (pins.get(action) ?? new Set()).add(pin));
  }
  expect([...pins.keys()].sort()).toEqual(["actions/checkout", "actions/setup-node", "pulumi/actions"]);
  for (const pinned of pins.values()) expect(pinned.size).toBe(1);
});

test("the Pulumi that they install is the one that all tests run with", () => {
  const setup = readFileSync(join(KIT, ".github/actions/setup/action.yml"), "utf8");
  expect(setup).toContain(`pulumi-version: ${ENGINE_VERSION}\n`);
});

describe.each(Object.entries(WORKFLOWS))("%s.yml", (_, workflow) => {
  test("gives no rights but those that its jobs ask for", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeDefined();
  });

  test("is not started by code that nobody has reviewed while it holds secrets of an app", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    if (!("pull_request" in workflow.on)) return;
    for (const job of Object.values(workflow.jobs))
      expect(secretsOf(job)).not.toContain("secrets.TENCENT_CHAT_SECRET_KEY");
  });

  test("stops at a command that fails inside a pipe", () => {
    expect(workflow.defaults.run.shell).toBe("bash");
  });
});

describe.each(JOBS)("the job %s", (_, job) => {
  test("writes nothing to the repository, and writes to pull requests only where it runs none of their code", () => {
    const granted = Object.entries(job.permissions ?? {});
    const writing = granted.filter(([, right]) => right === "write").map(([scope]) => scope);
    if (writing.length === 0) return;
    expect(writing).toEqual(["pull-requests"]);
    expect(job.steps.flatMap(({ uses = [] }) => uses)).toEqual([]);
    expect(secretsOf(job)).toEqual([]);
  });

  test("takes its secrets from an environment", () => {
    if (secretsOf(job).length > 0) expect(job.environment).toBeDefined();
  });

  test("puts no text from outside into a script", () => {
    expect(commandsOf(job)).not.toContain("${{");
  });

  test("ends in a bounded time", () => {
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
  });

  test("shares its stack with no other run, and is not cancelled in the middle of it", () => {
    const stacks = [...commandsOf(job).matchAll(/pulumi (?:up|refresh) --stack (\S+)/g)].map(([, stack]) => stack);
    if (stacks.length === 0) return;
    const stack = stacks[0] === '"$STACK"' ? `\${{ matrix.stack }}` : stacks[0];
    expect(new Set(stacks).size).toBe(1);
    expect(job.concurrency).toEqual({ group: `stack-${stack}`, "cancel-in-progress": false });
  });
});

test("a promotion does not overtake another one", () => {
  expect(WORKFLOWS.promote?.concurrency).toEqual({ group: "promote", "cancel-in-progress": false });
});

test("prod waits for the gate and for an approval", () => {
  const jobs = WORKFLOWS.promote?.jobs ?? {};
  const before = (name: string): string[] => {
    const needed = jobs[name]?.needs;
    return needed === undefined ? [] : [needed, ...before(needed)];
  };
  expect(before("prod")).toEqual(["approval", "gate", "staging", "dev"]);
  expect(jobs.approval?.environment).toBe("prod-approval");
});
