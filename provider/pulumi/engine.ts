/**
 * The connection back to Pulumi's engine: warnings and progress lines on a resource's row, and the end of this process
 * when the engine is gone. A killed CLI leaves the provider process behind, and it would go on writing beside the next
 * run; the engine's address is the last argument of the process.
 */
import { createRequire } from "node:module";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb.js";

export interface Engine {
  /** A warning on the row of `urn`, or of the stack without one. */
  warn(message: string, urn: string | undefined): Promise<void>;
  /** A line that the next one replaces. */
  status(message: string, urn: string | undefined): void;
}

/** Where no engine listens, in tests of the provider process: nothing to tell, nothing to watch. */
const NO_ENGINE: Engine = { warn: async () => {}, status: () => {} };

/** The states of a gRPC channel (https://grpc.github.io/grpc/core/md_doc_connectivity-semantics-and-api.html). */
const READY = 2;
const TRANSIENT_FAILURE = 3;

/** Longest wait for the engine to take a line, in milliseconds. */
const LOG_TIMEOUT_MS = 5_000;

export function connectEngine(address: string | undefined, onGone: () => void): Engine {
  if (address === undefined || !/^[\w.[\]:-]+:\d+$/.test(address)) return NO_ENGINE;
  // gRPC comes with @pulumi/pulumi and is not ours to depend on.
  const grpc = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js");
  // The engine is on this machine. gRPC would take a proxy for it where `https_proxy` is set.
  const options = { "grpc.enable_http_proxy": 0 };
  const client: EngineClient = new EngineClient(address, grpc.credentials.createInsecure(), options);
  watch(client, onGone);

  const send = (
    message: string,
    urn: string | undefined,
    severity: 0 | 1 | 2 | 3,
    ephemeral: boolean,
  ): Promise<void> => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn ?? "");
    request.setEphemeral(ephemeral);
    // A line that cannot be delivered is no reason to fail an operation.
    return new Promise((resolve) => {
      client.log(request, new grpc.Metadata(), { deadline: Date.now() + LOG_TIMEOUT_MS }, () => resolve());
    });
  };
  let shown: Promise<void> = Promise.resolve();
  return {
    warn: (message, urn) => send(message, urn, LogSeverity.WARNING, false),
    status: (message, urn) => {
      // One after the other: the last one stays.
      shown = shown.then(() => send(message, urn, LogSeverity.INFO, true));
    },
  };
}

/**
 * Calls `onGone` when an engine that was there cannot be reached: one that has answered, or that started this process. It
 * can be killed before it has answered, and calls to the service be under way then.
 */
function watch(client: EngineClient, onGone: () => void): void {
  const channel = client.getChannel();
  let wasThere = isStartedByEngine();
  const follow = (): void => {
    const state = channel.getConnectivityState(true);
    if (state === READY) wasThere = true;
    if (state === TRANSIENT_FAILURE && wasThere) {
      onGone();
      return;
    }
    channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, follow);
  };
  follow();
}

/**
 * An engine, which listens before it starts a dynamic provider's process, sets this variable for it
 * (https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/provider_plugin.go).
 */
function isStartedByEngine(): boolean {
  return process.env.PULUMI_NODEJS_PROJECT !== undefined;
}
