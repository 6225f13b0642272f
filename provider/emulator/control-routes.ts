/**
 * The control endpoints, under `/_emulator/`. What they do is in `Control`; here it gets its HTTP. A wrong request is
 * answered with 400 and `{ "error": "…" }`.
 */

import { type Context, Hono } from "hono";
import type { Control } from "./control.js";

/** @internal The routes, to be mounted at `/_emulator`. Internal keeps hono out of the published declarations. */
export function controlRoutes(control: Control): Hono {
  const routes = new Hono();
  routes.onError((error, context) => context.json({ error: error.message }, 400));

  routes.get("/health", (context) => {
    const health = control.health();
    return context.json(health, health.status === "ok" ? 200 : 503);
  });
  routes.get("/state", (context) => context.json(control.state()));
  routes.post("/reset", async (context) => {
    const text = await context.req.text();
    await control.reset(text === "" ? undefined : parseJson(text));
    return done(context);
  });
  routes.get("/requests", (context) => {
    return context.body(control.requestsJson(), 200, { "content-type": "application/json" });
  });
  routes.delete("/requests", (context) => {
    control.clearRequests();
    return done(context);
  });
  routes.get("/faults", (context) => context.json(control.faults()));
  routes.post("/faults", async (context) => {
    control.addFault(parseJson(await context.req.text()));
    return done(context);
  });
  routes.delete("/faults", async (context) => {
    const text = await context.req.text();
    control.clearFaults(text === "" ? undefined : parseJson(text));
    return done(context);
  });
  routes.get("/rules", (context) => context.json(control.rules()));
  routes.post("/rules", async (context) => context.json(control.changeRules(parseJson(await context.req.text()))));
  routes.delete("/rules", (context) => context.json(control.restoreRules()));
  routes.post("/topics", async (context) => {
    control.editTopic(parseJson(await context.req.text()));
    return done(context);
  });
  routes.delete("/topics", async (context) => {
    control.deleteTopic(parseJson(await context.req.text()));
    return done(context);
  });
  routes.post("/messages", async (context) => {
    control.addMessages(parseJson(await context.req.text()));
    return done(context);
  });
  return routes;
}

function done(context: Context): Response {
  return context.json({ status: "ok" });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`the body is not JSON: ${(error as Error).message}`);
  }
}
