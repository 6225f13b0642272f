/**
 * The part of Pulumi's engine to which a provider process talks back, as a process that can be killed. It prints its
 * address, then a line of JSON for each message that it gets.
 */
import { createRequire } from "node:module";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";

const requireOfSdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
const grpc = requireOfSdk("@grpc/grpc-js");
const { Empty } = requireOfSdk("google-protobuf/google/protobuf/empty_pb.js");

interface Call {
  readonly request: LogRequest;
}

const server = new grpc.Server();
server.addService(EngineService, {
  log({ request }: Call, callback: (error: null, answer: unknown) => void) {
    const line = {
      severity: ["debug", "info", "warning", "error"][request.getSeverity()],
      message: request.getMessage(),
      urn: request.getUrn(),
      ephemeral: request.getEphemeral(),
    };
    console.log(JSON.stringify(line));
    callback(null, new Empty());
  },
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error: Error | null, port: number) => {
  if (error) throw error;
  console.log(`127.0.0.1:${port}`);
});
