/**
 * Pulumi's dynamic provider process as the engine starts it, `node …/@pulumi/pulumi/cmd/dynamic-provider <engine>`, and
 * the gRPC calls that the engine makes, in plain values. It keeps all that the process says, so that a test can look
 * for what must never be said.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import {
  CheckRequest,
  type CheckResponse,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  ErrorResourceInitFailed,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import { Status } from "@pulumi/pulumi/proto/status_pb.js";
import { CHAT_TOPIC_SHIM } from "../../provider/dynamic/shim.js";
import { COMPILE_CACHE } from "../engine/stack-environment.js";
import { REPOSITORY } from "./built-package.js";

export type Properties = Readonly<Record<string, unknown>>;

/** The folder of the `@pulumi/pulumi` that the repository has installed. */
export const INSTALLED_SDK = dirname(require.resolve("@pulumi/pulumi/package.json"));
/** An address that looks like an engine's and at which nothing listens. */
const NO_ENGINE = "127.0.0.1:1";

const START_MS = 20_000;
const CALL_MS = 25_000;
/** No test takes this long: a process that is forgotten ends all the same. */
const LIFE_MS = 60_000;

// Both come with @pulumi/pulumi, and are not ours to depend on.
const requireOfSdk = createRequire(require.resolve("@pulumi/pulumi"));
const grpc = requireOfSdk("@grpc/grpc-js");
const { Struct } = requireOfSdk("google-protobuf/google/protobuf/struct_pb.js");
type Struct = NonNullable<ReturnType<CheckResponse["getInputs"]>>;
const struct = (properties: Properties): Struct => Struct.fromJavaScript(properties);
const plain = (properties: Struct | undefined): Properties => properties?.toJavaScript() ?? {};

export interface ProviderOptions {
  /** The project's folder. Default: the repository. */
  readonly project?: string;
  /** The folder of the `@pulumi/pulumi` whose server is started. Default: the installed one. */
  readonly sdk?: string;
  /** Default: an address at which nothing listens. */
  readonly engineAddress?: string;
  /** The `node` that is started. Default: the one that runs the tests. */
  readonly node?: string;
  readonly nodeArguments?: readonly string[];
  /** Variables beside the machine's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface CheckAnswer {
  readonly inputs: Properties;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export interface DiffAnswer {
  /** Undefined leaves the decision to the engine. */
  readonly changes: boolean | undefined;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** What a call ended in instead of an answer. */
export class CallError extends Error {
  override readonly name = "CallError";

  constructor(
    message: string,
    /** What the engine saves of a write that got part of the way. */
    readonly partial: { id: string; properties: Properties; reasons: readonly string[] } | undefined,
  ) {
    super(message);
  }
}

export class ProviderProcess {
  /** What the process wrote, without the line with its port. */
  stdout = "";
  stderr = "";
  readonly #answers: unknown[] = [];
  readonly #exit: Promise<number | null>;

  private constructor(
    readonly child: ChildProcess,
    private readonly client: ResourceProviderClient,
  ) {
    this.#exit = once(child, "exit").then(([code]) => code);
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      this.stderr += chunk;
    });
  }

  static async start(options: ProviderOptions = {}): Promise<ProviderProcess> {
    const { sdk = INSTALLED_SDK, engineAddress = NO_ENGINE, node = process.execPath, nodeArguments = [] } = options;
    const child = spawn(node, [...nodeArguments, `${sdk}/cmd/dynamic-provider`, engineAddress], {
      cwd: options.project ?? REPOSITORY,
      env: { ...machineEnvironment(), NODE_COMPILE_CACHE: COMPILE_CACHE, ...options.environment },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      timeout: LIFE_MS,
      killSignal: "SIGKILL",
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const firstLine = once(lines, "line", { signal: AbortSignal.timeout(START_MS) });
    const early = once(child, "exit").then(([code]) => Promise.reject(new Error(`it ended with ${code}`)));
    try {
      const [port] = await Promise.race([firstLine, early]);
      const credentials = grpc.credentials.createInsecure();
      // The machine's proxy is not for loopback.
      const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials, { "grpc.enable_http_proxy": 0 });
      const provider = new ProviderProcess(child, client);
      lines.on("line", (line) => {
        provider.stdout += `${line}\n`;
      });
      return provider;
    } catch (error) {
      child.kill("SIGKILL");
      throw new Error("the dynamic provider process did not start", { cause: error });
    } finally {
      early.catch(() => {});
    }
  }

  /** `settings` as the engine gives them: text by full configuration key. */
  async configure(settings: Properties): Promise<void> {
    const request = new ConfigureRequest().setArgs(struct(settings));
    await this.#call("configure", this.client.configure, request, () => undefined);
  }

  check(news: Properties, olds: Properties = {}): Promise<CheckAnswer> {
    const request = new CheckRequest().setNews(struct(withShim(news)));
    request.setOlds(struct(Object.keys(olds).length > 0 ? withShim(olds) : {}));
    return this.#call("check", this.client.check, request, (answer) => ({
      inputs: plain(answer.getInputs()),
      failures: answer.getFailuresList().map((failure) => failure.toObject()),
    }));
  }

  diff(id: string, olds: Properties, news: Properties): Promise<DiffAnswer> {
    const request = new DiffRequest().setId(id).setOlds(struct(withShim(olds)));
    request.setNews(struct(withShim(news)));
    const { DIFF_SOME, DIFF_UNKNOWN } = DiffResponse.DiffChanges;
    return this.#call("diff", this.client.diff, request, (answer) => ({
      changes: answer.getChanges() === DIFF_UNKNOWN ? undefined : answer.getChanges() === DIFF_SOME,
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    }));
  }

  create(inputs: Properties): Promise<{ id: string; properties: Properties }> {
    const request = new CreateRequest().setProperties(struct(withShim(inputs)));
    return this.#call("create", this.client.create, request, (answer) => ({
      id: answer.getId(),
      properties: plain(answer.getProperties()),
    }));
  }

  /** A refresh: the engine sends the former outputs. */
  refresh(id: string, outputs: Properties) {
    return this.#read(new ReadRequest().setId(id).setProperties(struct(withShim(outputs))));
  }

  /** A lookup (`ChatTopic.get`): the engine sends what the program gave, as inputs alone. */
  get(id: string, given: Properties = {}) {
    return this.#read(new ReadRequest().setId(id).setInputs(struct(withShim(given))));
  }

  #read(request: ReadRequest): Promise<{ id: string; properties: Properties; inputs: Properties | undefined }> {
    return this.#call("read", this.client.read, request, (answer) => ({
      id: answer.getId(),
      properties: plain(answer.getProperties()),
      inputs: answer.hasInputs() ? plain(answer.getInputs()) : undefined,
    }));
  }

  update(id: string, olds: Properties, news: Properties): Promise<{ properties: Properties }> {
    const request = new UpdateRequest().setId(id).setOlds(struct(withShim(olds)));
    request.setNews(struct(withShim(news)));
    return this.#call("update", this.client.update, request, (answer) => ({
      properties: plain(answer.getProperties()),
    }));
  }

  async delete(id: string, outputs: Properties): Promise<void> {
    const request = new DeleteRequest().setId(id).setProperties(struct(withShim(outputs)));
    await this.#call("delete", this.client.delete, request, () => undefined);
  }

  /** Waits until the process ends by itself, and gives its exit code. */
  async exited(withinMs: number): Promise<number | null> {
    const tooLate = sleep(withinMs, "too late" as const, { ref: false });
    const code = await Promise.race([this.#exit, tooLate]);
    if (code === "too late") throw new Error(`the provider process still runs after ${withinMs / 1000} s`);
    return code;
  }

  async end(): Promise<void> {
    this.client.close();
    this.child.kill("SIGKILL");
    await this.#exit;
  }

  /** All that the process has said: answers, errors and what it printed. */
  transcript(): string {
    return [...this.#answers.map((answer) => JSON.stringify(answer)), this.stdout, this.stderr].join("\n");
  }

  async #call<Request, Response, Answer>(
    name: string,
    method: UnaryMethod<Request, Response>,
    request: Request,
    read: (response: Response) => Answer,
  ): Promise<Answer> {
    try {
      const response = await new Promise<Response>((resolve, reject) => {
        const options = { deadline: Date.now() + CALL_MS };
        method.call(this.client, request, new grpc.Metadata(), options, (error, answer) =>
          error === null ? resolve(answer) : reject(callError(error)),
        );
      });
      const answer = read(response);
      this.#answers.push({ [name]: answer });
      return answer;
    } catch (error) {
      const { message, partial } = error as CallError;
      this.#answers.push({ [name]: { message, partial } });
      throw error;
    }
  }
}

interface GrpcError {
  readonly details: string;
  readonly metadata: { get(key: string): unknown[] };
}

type UnaryMethod<Request, Response> = (
  request: Request,
  // biome-ignore lint/suspicious/noExplicitAny: the type is gRPC's, which is not ours to depend on.
  metadata: any,
  options: { deadline: number },
  callback: (error: GrpcError | null, response: Response) => void,
) => unknown;

/** The details of a partial failure travel as a serialized `google.rpc.Status` in the metadata. */
function callError(error: GrpcError): CallError {
  const [bytes] = error.metadata.get("grpc-status-details-bin");
  if (bytes === undefined) return new CallError(error.details, undefined);
  const [details] = Status.deserializeBinary(bytes as Uint8Array).getDetailsList();
  const failed = details?.unpack(ErrorResourceInitFailed.deserializeBinary, "pulumirpc.ErrorResourceInitFailed");
  return new CallError(
    error.details,
    failed
      ? { id: failed.getId(), properties: plain(failed.getProperties()), reasons: failed.getReasonsList() }
      : undefined,
  );
}

/** The shim of a topic, unless the properties have another. */
function withShim(properties: Properties): Properties {
  return { __provider: CHAT_TOPIC_SHIM, ...properties };
}

/** Without settings of a real app, and without what steers Pulumi or Node.js. */
function machineEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TENCENT_CHAT_|PULUMI_|NODE_|VITEST)/.test(name)),
  );
}
