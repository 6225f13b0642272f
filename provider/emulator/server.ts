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
import type { Backend, HttpReply } from "./backend.js";
import type { Control } from "./control.js";
import { controlRoutes } from "./control-routes.js";
import { headersIssue, type ServerAddress } from "./guard.js";
import { pageRoutes } from "./page-routes.js";
import type { TlsFiles } from "./tls-files.js";

const ADDRESS = "127.0.0.1";

/** Far above any real request: it only keeps a mistake from filling the memory. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/** Longer than clients keep an idle connection, so that none is closed at the moment when a client uses it again. */
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
    // The client has closed the connection while it sent its body: no error of the emulator, and nobody reads an answer.
    if (context.env.incoming.destroyed) return RESPONSE_ALREADY_SENT;
    console.error("internal error of the emulator:", error);
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
    const reply = backend.handle({ method: context.req.method, service, command, query, body });
    // Node.js sets a Date header by the machine's clock.
    const clock = new Date(backend.nowSeconds() * 1000).toUTCString();
    if (reply.delayMs > 0) await wait(reply.delayMs, undefined, { ref: false });
    return send(context, reply, backend.rules.clockOffsetSeconds === 0 ? undefined : clock);
  });
  return app;
}

function send(context: Context<Bindings>, reply: HttpReply, date: string | undefined): Response {
  const { outgoing } = context.env;
  const headers: Record<string, string> = { "content-type": reply.contentType };
  if (date !== undefined) headers.date = date;
  if (reply.status !== 0 && !reply.truncated) {
    return new Response(reply.text, { status: reply.status, headers });
  }
  if (reply.truncated) {
    const bytes = Buffer.from(reply.text, "utf8");
    outgoing.writeHead(reply.status, { ...headers, "content-length": bytes.length });
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
