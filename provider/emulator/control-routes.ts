/**
 * The control endpoints, under `/_emulator/`: the methods of `Control` over HTTP. A wrong request is answered with 400
 * and `{ "error": "…" }`.
 */

import { type Context, Hono } from "hono";
import type { Backend } from "./backend.js";
import type { Control } from "./control.js";
import { addMessages, deleteTopic, editTopic } from "./outside-changes.js";

/** @internal The routes, to be mounted at `/_emulator`. Internal keeps hono out of the published declarations. */
export function controlRoutes(backend: Backend, control: Control): Hono {
  const routes = new Hono();
  routes.onError((error, context) => context.json({ error: error.message }, 400));
  /** An endpoint that answers when `run` is done. What the body holds is checked by `run`, as all methods of `Control` do. */
  const action = <Body>(method: "POST" | "DELETE", path: string, run: (body: Body) => void | Promise<void>) =>
    routes.on(method, path, async (context) => {
      await run(await readJson(context));
      return context.json({ status: "ok" });
    });

  routes.get("/health", (context) => {
    const health = control.health();
    return context.json(health, health.status === "ok" ? 200 : 503);
  });
  routes.get("/state", (context) => context.json(control.state()));
  action("POST", "/reset", control.reset);
  // The log's own text: a deeply nested body can be read as JSON, but not be written as JSON again.
  routes.get("/requests", (context) => {
    return context.body(backend.log.toJson(), 200, { "content-type": "application/json" });
  });
  action("DELETE", "/requests", control.clearRequests);
  routes.get("/faults", (context) => context.json(control.faults()));
  action("POST", "/faults", control.addFault);
  action("DELETE", "/faults", control.clearFaults);
  routes.get("/rules", (context) => context.json(control.rules()));
  routes.post("/rules", async (context) => {
    control.changeRules(await readJson(context));
    return context.json(control.rules());
  });
  routes.delete("/rules", (context) => {
    control.restoreRules();
    return context.json(control.rules());
  });
  action("POST", "/topics", (body) => editTopic(backend, body));
  action("DELETE", "/topics", (body) => deleteTopic(backend, body));
  action("POST", "/messages", (body) => addMessages(backend, body));
  return routes;
}

/** The body's JSON; undefined when there is no body. */
async function readJson(context: Context) {
  const text = await context.req.text();
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch (error) {
    throw new Error(`the body is not JSON: ${(error as Error).message}`);
  }
}
