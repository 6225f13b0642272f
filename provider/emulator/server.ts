/**
 * The emulator's HTTP server: the REST API under `/v4/`, the control endpoints under `/_emulator/`, loopback only.
 */

import type { Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Backend, Outcome } from "./backend.js";
import type { Control } from "./control.js";
import { controlRoutes } from "./control-routes.js";
import { headersIssue, type ServerAddress } from "./guard.js";
import { pageRoutes } from "./page-routes.js";
import type { TlsFiles } from "./tls-files.js";

const ADDRESS = "127.0.0.1";

/** No request is anywhere near; this only keeps a mistake from filling the memory. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/** An idle connection stays open long enough that a client's pool does not meet its end. */
const KEEP_ALIVE_MS = 65_000;

type Bindings = { Bindings: HttpBindings };

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  readonly url: string;
  /** Stops it; connections are closed, also those with a call under way. */
  close(): Promise<void>;
}

/** Starts the server, with `tls` over https; rejects when it cannot listen on the port, or not use these files. */
export async function startServer(
  backend: Backend,
  control: Control,
  port: number,
  tls: TlsFiles | undefined,
): Promise<RunningServer> {
  const address = { scheme: tls === undefined ? ("http" as const) : ("https" as const), port };
  const app = routes(backend, control, address);
  const server = createServer(app, tls);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, port);
  address.port = (server.address() as AddressInfo).port;
  return {
    port: address.port,
    url: `${address.scheme}://${ADDRESS}:${address.port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

function createServer({ fetch }: Hono<Bindings>, tls: TlsFiles | undefined): Server {
  if (tls === undefined) return createAdaptorServer({ fetch, hostname: ADDRESS }) as Server;
  try {
    const options = { fetch, hostname: ADDRESS, createServer: createTlsServer, serverOptions: { ...tls } };
    return createAdaptorServer(options) as Server;
  } catch (error) {
    throw new Error(`the TLS certificate and key cannot be used: ${(error as Error).message}`);
  }
}

function routes(backend: Backend, control: Control, address: ServerAddress): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.onError((error, context) => {
    // A client that goes away while it sends its body is no fault of ours, and nobody is there to read an answer.
    if (context.env.incoming.destroyed) return RESPONSE_ALREADY_SENT;
    console.error("the emulator failed, which is a fault of its own:", error);
    return context.json({ error: "internal error of the emulator" }, 500);
  });
  app.notFound((context) => context.json({ error: "there is nothing here: see /, /v4/ and /_emulator/" }, 404));
  app.use(async (context, next) => {
    const issue = headersIssue(context.req.header("host"), context.req.header("origin"), address);
    return issue === undefined ? next() : context.json({ error: issue }, 403);
  });
  app.use(
    bodyLimit({
      maxSize: MAX_REQUEST_BYTES,
      onError: (context) => context.json({ error: `the body is over ${MAX_REQUEST_BYTES} bytes` }, 413),
    }),
  );
  app.route("/", pageRoutes(backend, control));
  app.route("/_emulator", controlRoutes(backend, control));
  app.all("/v4/:service/:command", async (context) => {
    const { service, command } = context.req.param();
    const query = new URL(context.req.url).searchParams;
    const body = new Uint8Array(await context.req.arrayBuffer());
    const outcome = backend.handle({ method: context.req.method, service, command, query, body });
    // Node's own Date header is right unless the emulator's clock is not the machine's.
    const clock = new Date(backend.nowSeconds() * 1000).toUTCString();
    if (outcome.delayMs > 0) await wait(outcome.delayMs, undefined, { ref: false });
    return send(context, outcome, backend.rules.clockOffsetSeconds === 0 ? undefined : clock);
  });
  return app;
}

function send(context: Context<Bindings>, outcome: Outcome, date: string | undefined): Response {
  const { outgoing } = context.env;
  const headers: Record<string, string> = { "content-type": outcome.contentType };
  if (date !== undefined) headers.date = date;
  if (outcome.status !== 0 && !outcome.truncated) {
    return new Response(outcome.text, { status: outcome.status, headers });
  }
  if (outcome.truncated) {
    const bytes = Buffer.from(outcome.text, "utf8");
    outgoing.writeHead(outcome.status, { ...headers, "content-length": bytes.length });
    outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy());
  } else {
    outgoing.destroy();
  }
  return RESPONSE_ALREADY_SENT;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(new Error(listenFailure(error, port))));
    server.listen(port, ADDRESS, resolve);
  });
}

function listenFailure(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === "EADDRINUSE") {
    return `port ${port} on ${ADDRESS} is in use; choose another one, or 0 for one that is free`;
  }
  return `cannot listen on ${ADDRESS}:${port}: ${error.message}`;
}
