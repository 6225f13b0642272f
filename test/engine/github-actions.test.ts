/**
 * The workflows of `examples/github-actions`, step by step, with the real Pulumi CLI: a project that has the packed package
 * installed, and three environments that are apps of an emulator.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openApp } from "../../provider/chat/open-app.js";
import { type Emulator, type SeedTopic, startEmulator } from "../../provider/emulator/index.js";
import { resolveSettings } from "../../provider/settings/settings.js";
import { processesIn } from "./processes.js";
import { stackEnvironment } from "./stack-environment.js";
import { type Contexts, expand, type Job, type JobRun, Runner, readWorkflow, type Workflow } from "./workflow.js";

const run = promisify(execFile);
const KIT = resolve("examples/github-actions");
const STACKS = ["dev", "staging", "prod"];
const APPS = STACKS.map((stack, index) => ({ sdkAppId: 1400000001 + index, secretKey: `key-of-the-app-of-${stack}` }));
const GROUP = "@TGS#_players";

let emulator: Emulator;
let folder: string;
let environment: NodeJS.ProcessEnv;
let runner: Runner;
const workflows = Object.fromEntries(
  ["preview", "promote", "drift"].map((name) => [name, readWorkflow(join(KIT, `.github/workflows/${name}.yml`))]),
);

beforeAll(async () => {
  emulator = await startEmulator({ seed: { apps: APPS } });
  folder = await mkdtemp(join(tmpdir(), "github-actions-"));
  await cp(KIT, folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
  await run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { timeout: 60_000 });
  // What the developer does once, before the first commit: the lock file comes of it.
  const install = ["install", "--package-lock-only", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  await run("npm", install, { cwd: folder, timeout: 170_000 });
  await mkdir(join(folder, "state"));
  environment = {
    ...Object.fromEntries(
      Object.entries(stackEnvironment(folder, inject("engineFolder"))).filter(
        ([name]) => !/^(TENCENT_CHAT_|VITEST)/.test(name),
      ),
    ),
    // No command of the repository can be found, but a Node.js that is new enough.
    PATH: [inject("engineFolder"), resolve("node_modules/node/bin"), process.env.PATH].join(delimiter),
    // The kit's program is checked with all other examples, once and not in each run.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    npm_config_prefer_offline: "true",
    // In place of the region that the stacks name.
    TENCENT_CHAT_ENDPOINT: emulator.url,
    GITHUB_REPOSITORY: "players/topics",
  };
  runner = new Runner(folder, environment);
  for (const stack of STACKS) await run("pulumi", ["stack", "init", stack], { cwd: folder, env: environment });
});
afterAll(async () => {
  for (const { pid } of processesIn(folder)) process.kill(pid, "SIGKILL");
  await emulator?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The secrets of an environment: keys are in those of the apps, and in no other. */
function contextsOf({ environment: named = "" }: Job, more: Contexts): Contexts {
  const name = expand(typeof named === "object" ? named.name : named, more);
  const key = APPS[STACKS.indexOf(name)]?.secretKey;
  return { secrets: { PULUMI_ACCESS_TOKEN: "", ...(key ? { TENCENT_CHAT_SECRET_KEY: key } : {}) }, ...more };
}

function jobOf(workflow: string, name: string): Job {
  const job = workflows[workflow]?.jobs[name];
  if (job === undefined) throw new Error(`${workflow}.yml has no job ${name}`);
  return job;
}

const runJob = (workflow: string, name: string, more: Contexts = {}) => {
  const job = jobOf(workflow, name);
  return runner.run(job, contextsOf(job, more));
};

/** Runs the jobs of promote.yml in the order of their needs, those whose needs have failed excepted. */
async function promote(before?: (name: string) => Promise<void>): Promise<Record<string, JobRun>> {
  const { jobs } = workflows.promote as Workflow;
  const ended: Record<string, JobRun> = {};
  for (const [name, { needs }] of Object.entries(jobs)) {
    if (needs !== undefined && ended[needs]?.exitCode !== 0) continue;
    await before?.(name);
    ended[name] = await runJob("promote", name);
  }
  return ended;
}

const drift = (stack: string) => runJob("drift", "drift", { matrix: { stack } });

/** The live topics of an environment's app, by key. */
function live(stack: string): Record<string, SeedTopic> {
  const community = emulator.state().apps[STACKS.indexOf(stack)]?.communities?.find(({ groupId }) => groupId === GROUP);
  const topics = community?.topics ?? [];
  return Object.fromEntries(topics.map((topic) => [topic.topicId?.slice(`${GROUP}@TOPIC#_`.length), topic]));
}

/** Changes a text of the program, as a commit would. */
async function edit(text: string, replacement: string): Promise<void> {
  const file = join(folder, "index.ts");
  const program = await readFile(file, "utf8");
  expect(program).toContain(text);
  await writeFile(file, program.replace(text, replacement));
}

// Each goes on from where the one before it ended, as a project does.
describe("the workflows", () => {
  test("preview all environments without a key of an app and without a call", async () => {
    const preview = await runJob("preview", "preview");
    expect(preview.exitCode, preview.log).toBe(0);
    for (const stack of STACKS) expect(preview.outputs.comment).toContain(`### ${stack}\n\n~~~~~text`);
    expect(preview.outputs.comment?.match(/3 to create/g)).toHaveLength(3);
    expect(emulator.requests()).toEqual([]);
  });

  test("promote what is on main through dev and staging to prod, which gets it last", async () => {
    const order: string[] = [];
    const jobs = await promote(async (name) => {
      order.push(`${name}: ${STACKS.filter((stack) => Object.keys(live(stack)).length > 0).join(", ")}`);
    });
    expect(Object.values(jobs).map(({ exitCode, log }) => (exitCode === 0 ? 0 : log))).toEqual([0, 0, 0, 0, 0]);
    expect(order).toEqual([
      "dev: ",
      "staging: dev",
      "gate: dev, staging",
      "approval: dev, staging",
      "prod: dev, staging",
    ]);
    for (const stack of STACKS) expect(Object.keys(live(stack))).toEqual(["announcements", "general", "rules"]);
    expect(jobs.gate?.summary).toMatch(/### prod will get\n\n~~~~~text\n[\s\S]*3 to create/);
    expect(jobs.prod?.log).toMatch(/prod\s+1400000003\s+3\s+[0-9a-f]{12}\s+yes/);
  });

  test("find no drift where nobody has edited anything", async () => {
    const checked = await drift("dev");
    expect(checked.exitCode, checked.log).toBe(0);
    expect(checked.summary).toContain("### dev: no drift");
  });

  test("fail on drift, say what it is, and change nothing", async () => {
    const { topics, close } = openApp(
      resolveSettings({
        configuration: () => undefined,
        environment: {
          TENCENT_CHAT_SDK_APP_ID: String(APPS[2]?.sdkAppId),
          TENCENT_CHAT_SECRET_KEY: APPS[2]?.secretKey,
          TENCENT_CHAT_ENDPOINT: emulator.url,
        },
      }),
    );
    const edited = (topicName: string) => topics.modify(GROUP, `${GROUP}@TOPIC#_general`, { topicName });
    await edited("Hijacked");
    emulator.clearRequests();
    const checked = await drift("prod");
    expect(checked).toMatchObject({ exitCode: 7, failedStep: "Compare the state with the app" });
    expect(checked.summary).toMatch(/### prod: somebody has edited topics outside of Pulumi/);
    expect(checked.summary).toMatch(/topicName\s*: "General" => "Hijacked"/);
    expect(new Set(emulator.requests().map(({ command }) => command))).toEqual(
      new Set(["get_group_info", "get_topic"]),
    );
    await edited("General");
    await close();
  });

  test("tell a check that could not look from drift", async () => {
    const job = jobOf("drift", "drift");
    const checked = await runner.run(job, {
      secrets: { PULUMI_ACCESS_TOKEN: "", TENCENT_CHAT_SECRET_KEY: "of another app" },
      matrix: { stack: "dev" },
    });
    expect(checked.exitCode).not.toBe(0);
    expect(checked.exitCode).not.toBe(7);
    expect(checked.summary).toContain("### dev: the check itself failed");
  });

  test("stop at the gate where dev is not what staging is, before anybody is asked and before prod", async () => {
    await edit('topicName: "General"', 'topicName: "Talk"');
    const jobs = await promote(async (name) => {
      if (name !== "gate") return;
      // Somebody tries something in dev from another branch meanwhile.
      await edit('topicName: "Talk"', 'topicName: "Mine"');
      const job = jobOf("promote", "dev");
      expect(await runner.run(job, contextsOf(job, {}))).toMatchObject({ exitCode: 0 });
    });
    expect(Object.keys(jobs)).toEqual(["dev", "staging", "gate"]);
    expect(jobs.gate).toMatchObject({ exitCode: 1, failedStep: "Are dev and staging equal?" });
    expect(jobs.gate?.log).toContain('topics › general.topicName: "Mine" in dev, "Talk" in staging');
    expect(live("staging").general?.topicName).toBe("Talk");
    expect(live("prod").general?.topicName).toBe("General");
  });

  test("fail a pull request whose preview fails, and still have its comment", async () => {
    // Issues of their own, enough for more than a comment holds.
    const many =
      "Object.fromEntries(Array.from({ length: 190 }, (_, n) => ['t' + n, { topicName: 'x', ['no such field '.repeat(10) + n]: n }]))";
    await edit('topicName: "Mine"', `topicName: "General" }, ...${many}, last: { topicName: "Last"`);
    const preview = await runJob("preview", "preview");
    expect(preview.exitCode).toBe(1);
    expect(preview.log).toContain("### prod");
    const { comment = "" } = preview.outputs;
    expect(comment).toContain("is not an argument of a topic of ChatTopicSet");
    expect(comment).toMatch(/\n~~~~~\n\nThe rest is in the log of this run\.$/);
    expect(comment.length).toBeGreaterThan(59_000);
    expect(comment.length).toBeLessThan(65_000);
  });
});

describe("the comment on a pull request", () => {
  /** As much of GitHub as the step asks for: https://docs.github.com/en/rest/issues/comments */
  interface Comment {
    readonly id: number;
    readonly user: { readonly type: string };
    body: string;
  }
  let comments: Comment[];
  let github: Server;
  let authorized: boolean;

  beforeAll(async () => {
    github = createServer((request, response) => {
      authorized &&= request.headers.authorization === "Bearer token-of-the-run";
      let text = "";
      request.on("data", (chunk) => (text += chunk));
      request.on("end", () => {
        const url = new URL(request.url ?? "", "http://localhost");
        const answer = answerTo(`${request.method} ${url.pathname}`, url.searchParams, text);
        response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
        response.end(JSON.stringify(answer ?? { message: "Not Found" }));
      });
    });
    await new Promise<void>((done) => github.listen(0, "127.0.0.1", done));
  });
  afterAll(() => new Promise((done) => github.close(done)));

  function answerTo(call: string, query: URLSearchParams, text: string): unknown {
    const path = "/repos/players/topics/issues";
    if (call === `GET ${path}/5/comments`) {
      const size = Number(query.get("per_page"));
      const start = (Number(query.get("page")) - 1) * size;
      return comments.slice(start, start + size);
    }
    if (call === `POST ${path}/5/comments`) {
      comments.push({ id: 1000 + comments.length, user: { type: "Bot" }, body: JSON.parse(text).body });
      return comments.at(-1);
    }
    const known = comments.find(({ id }) => call === `PATCH ${path}/comments/${id}`);
    if (known) known.body = JSON.parse(text).body;
    return known;
  }

  const write = (comment: string) =>
    new Runner(folder, {
      ...environment,
      GITHUB_API_URL: `http://127.0.0.1:${(github.address() as AddressInfo).port}`,
    }).run(jobOf("preview", "comment"), {
      github: { token: "token-of-the-run", event: { pull_request: { number: 5 } } },
      needs: { preview: { outputs: { comment } } },
    });

  test("is written once and brought up to date by each later run, also behind many others, and is nobody else's", async () => {
    authorized = true;
    // The first quotes the bot.
    comments = [{ id: 1, user: { type: "User" }, body: "<!-- preview of the chat topics --> looks good" }];
    for (let id = 2; id <= 120; id++) comments.push({ id, user: { type: "User" }, body: "a remark" });
    const dangerous = "### dev\n`$(exit 3)` \"quoted\" 'text' END\n新手\n";
    expect(await write(dangerous)).toMatchObject({ exitCode: 0 });
    expect(comments.at(-1)?.body).toBe(`<!-- preview of the chat topics -->\n${dangerous}`);
    expect(await write("### dev\nno changes")).toMatchObject({ exitCode: 0 });
    expect(comments).toHaveLength(121);
    expect(comments.at(-1)?.body).toContain("no changes");
    expect(comments[0]?.body).toContain("looks good");
    expect(authorized).toBe(true);
  });
});
