/**
 * The emulator's page: its files, the stream of events that keeps it up to date, and the bodies of calls. It loads
 * nothing from elsewhere, and its Content-Security-Policy forbids it to do so and to turn text into markup.
 */

import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Backend } from "./backend.js";
import type { Control } from "./control.js";
import { PageWatch } from "./page-watch.js";

const FOLDER = join(__dirname, "page");

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const HEADERS = {
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  // Another version of the emulator may answer on the same port next time.
  "cache-control": "no-store",
};

/** The least time between two events, in milliseconds. */
const MIN_INTERVAL_MS = 150;

/** The most of the time that may be spent on finding out what has changed. */
const MAX_SHARE_OF_TIME = 0.05;

/** @internal The page at `/`, its files beside it, and its events at `/_emulator/events`. */
export function pageRoutes(backend: Backend, control: Control): Hono {
  const routes = new Hono();
  for (const name of readdirSync(FOLDER)) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const content = readFileSync(join(FOLDER, name), "utf8");
    const path = name === "index.html" ? "/" : `/page/${name}`;
    routes.get(path, (context) => context.body(content, 200, { ...HEADERS, "content-type": type }));
  }
  routes.get("/page/requests/:number", (context) => {
    const body = backend.log.bodyOf(Number(context.req.param("number")));
    const headers = { ...HEADERS, "content-type": "application/json" };
    return body === undefined ? context.notFound() : context.body(body, 200, headers);
  });
  routes.get("/_emulator/events", (context) =>
    streamSSE(context, async (stream) => {
      const watch = new PageWatch(backend, control);
      while (!stream.aborted) {
        const before = performance.now();
        const data = watch.next();
        const spent = performance.now() - before;
        if (data !== undefined) await stream.writeSSE({ data });
        await wait(Math.max(MIN_INTERVAL_MS, spent / MAX_SHARE_OF_TIME), undefined, { ref: false });
      }
    }),
  );
  return routes;
}
