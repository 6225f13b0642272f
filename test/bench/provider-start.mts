/**
 * How long Pulumi's dynamic provider process takes from its start to its first answered check: with this package, and
 * with a provider that does nothing. Without the CLI, in turns, so that the machine's moods meet both alike.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { CheckRequest, CheckResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import { CHAT_TOPIC_SET_SHIM, CHAT_TOPIC_SHIM } from "pulumi-tencent-chat";
import { DEFAULT_SDK_APP_ID, DEFAULT_SECRET_KEY } from "pulumi-tencent-chat/emulator";
import { machineEnvironment } from "./machine-environment.mts";
import { createWorkFolder } from "./work-folder.mts";

export type Subject = "empty" | "ChatTopic" | "ChatTopicSet";

const ROUNDS = 10;
const START_MS = 20_000;

const GROUP_ID = "@TGS#_community1";
const TOPIC = { topicName: "Topic", introduction: "What people talk about." };

/** What the engine sends in the first check. */
const INPUTS: Readonly<Record<Subject, Readonly<Record<string, unknown>>>> = {
  empty: { __provider: "exports.handler = () => ({ check: async (_olds, news) => ({ inputs: news }) });", ...TOPIC },
  ChatTopic: { __provider: CHAT_TOPIC_SHIM, groupId: GROUP_ID, topicKey: "topic", ...TOPIC },
  ChatTopicSet: { __provider: CHAT_TOPIC_SET_SHIM, groupId: GROUP_ID, topics: { topic: TOPIC } },
};

/** As the engine gives them; nothing is called. */
const SETTINGS = {
  "tencent-chat:sdkAppId": String(DEFAULT_SDK_APP_ID),
  "tencent-chat:secretKey": DEFAULT_SECRET_KEY,
  "tencent-chat:endpoint": "http://127.0.0.1:1",
};

// Both come with @pulumi/pulumi, and are not ours to depend on.
const require = createRequire(import.meta.url);
const requireOfSdk = createRequire(require.resolve("@pulumi/pulumi"));
const grpc = requireOfSdk("@grpc/grpc-js");
const { Struct } = requireOfSdk("google-protobuf/google/protobuf/struct_pb.js");
// By `require`, since Node.js cannot tell the names that these files export.
const { ResourceProviderClient: Client } = require("@pulumi/pulumi/proto/provider_grpc_pb.js");
const messages: typeof import("@pulumi/pulumi/proto/provider_pb.js") = require("@pulumi/pulumi/proto/provider_pb.js");
const SERVER = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");

/** Milliseconds of each round. */
export async function measureProviderStart(
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<Record<Subject, number[]>> {
  const engine = new grpc.Server();
  const port = await new Promise<number>((bound, failed) => {
    engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error: Error | null, free: number) =>
      error === null ? bound(free) : failed(error),
    );
  });
  await using folder = await createWorkFolder("start");
  try {
    const taken: Record<Subject, number[]> = { empty: [], ChatTopic: [], ChatTopicSet: [] };
    const subjects = Object.keys(taken) as Subject[];
    // The first start of each fills the machine's caches, and does not count.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const subject of subjects) {
        const milliseconds = await timeToFirstCheck(INPUTS[subject], folder.path, `127.0.0.1:${port}`, signal);
        if (round > 0) taken[subject].push(milliseconds);
      }
    }
    for (const subject of subjects) log(`provider start, ${subject}: ${taken[subject].map(Math.round).join(", ")} ms`);
    return taken;
  } finally {
    engine.forceShutdown();
  }
}

async function timeToFirstCheck(
  inputs: Readonly<Record<string, unknown>>,
  project: string,
  engineAddress: string,
  signal: AbortSignal,
): Promise<number> {
  signal.throwIfAborted();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [SERVER, engineAddress], {
    cwd: project,
    env: machineEnvironment(),
    stdio: ["ignore", "pipe", "inherit"],
    timeout: START_MS,
    killSignal: "SIGKILL",
  });
  const exited = once(child, "exit");
  try {
    const client: ResourceProviderClient = new Client(
      `127.0.0.1:${await portOf(child)}`,
      grpc.credentials.createInsecure(),
      {
        // The machine's proxy is not for loopback.
        "grpc.enable_http_proxy": 0,
      },
    );
    await call(client, client.configure, new messages.ConfigureRequest().setArgs(Struct.fromJavaScript(SETTINGS)));
    const check = new messages.CheckRequest().setNews(Struct.fromJavaScript(inputs)).setOlds(Struct.fromJavaScript({}));
    const answer = await call<CheckRequest, CheckResponse>(client, client.check, check);
    const milliseconds = performance.now() - startedAt;
    client.close();
    const [failure] = answer.getFailuresList();
    if (failure) throw new Error(`the provider refuses the check: ${failure.getProperty()} ${failure.getReason()}`);
    return milliseconds;
  } finally {
    child.kill("SIGKILL");
    await exited;
  }
}

/** The process writes its port as its first line. */
async function portOf(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [port] = await once(lines, "line", { signal: AbortSignal.timeout(START_MS) });
  return port;
}

function call<Request, Answer>(
  client: ResourceProviderClient,
  method: (request: Request, callback: (error: Error | null, answer: Answer) => void) => unknown,
  request: Request,
): Promise<Answer> {
  return new Promise((answered, failed) => {
    method.call(client, request, (error, answer) => (error === null ? answered(answer) : failed(error)));
  });
}
