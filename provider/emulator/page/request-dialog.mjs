/** One call of the request log in full: when, of which app, about what, how it ended, and its body. */

/** @import { PageRequest } from "../page-update.js" */

import { showDialog } from "./dialog.mjs";
import { button, element } from "./element.mjs";

/**
 * @param {PageRequest} request
 * @param {string} verdict How it ended, as the log shows it.
 */
export function showRequest(request, verdict) {
  const { number, time, command, about, app, reason } = request;
  const body = element("pre", { tabindex: 0, "aria-label": "Body" }, "…");
  const facts = [
    ["time", new Date(time).toISOString()],
    ["app", app === null ? "none" : String(app)],
    ["about", about],
    ["code", verdict],
    ["reason", reason],
  ];
  showDialog(command, (close) =>
    element(
      "div",
      { class: "call" },
      element(
        "dl",
        {},
        ...facts.flatMap(([name = "", text = ""]) =>
          text === "" ? [] : [element("dt", {}, name), element("dd", {}, text)],
        ),
      ),
      body,
      element("div", { class: "buttons" }, button("Close", close, { autofocus: true })),
    ),
  );
  bodyOf(number).then(
    (text) => (body.textContent = text),
    (error) => (body.textContent = error instanceof Error ? error.message : String(error)),
  );
}

/** @param {number} number */
async function bodyOf(number) {
  const response = await fetch(`/page/requests/${number}`);
  if (!response.ok) throw new Error("The emulator has forgotten this body.");
  const text = await response.text();
  const value = JSON.parse(text);
  // Formatting would round large numbers: then the body is shown as it came.
  return JSON.stringify(value) === text ? JSON.stringify(value, null, 2) : text;
}
