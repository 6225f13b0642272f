/** Calls the control endpoints, and shows in the page's alarm line what they refuse. */

import { byId } from "./element.mjs";

/**
 * Calls an endpoint under `/_emulator/`. Rejects with an Error that says what it answered.
 *
 * @param {"POST" | "DELETE"} method
 * @param {string} path
 * @param {unknown} [body]
 */
export async function control(method, path, body) {
  const response = await fetch(`/_emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error("the emulator does not answer");
  });
  if (response.ok) return;
  const answer = await response.json().catch(() => ({}));
  throw new Error(answer.error ?? `the emulator answered with HTTP ${response.status}`);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding;

/**
 * The same, for a button or field that has no line of its own for an error. Resolves to whether it was done.
 *
 * @param {"POST" | "DELETE"} method
 * @param {string} path
 * @param {unknown} [body]
 */
export async function tryControl(method, path, body) {
  const alarm = byId("alarm", HTMLParagraphElement);
  clearTimeout(hiding);
  try {
    await control(method, path, body);
    alarm.hidden = true;
    return true;
  } catch (error) {
    alarm.textContent = error instanceof Error ? error.message : String(error);
    alarm.hidden = false;
    hiding = setTimeout(() => {
      alarm.hidden = true;
    }, 15_000);
    return false;
  }
}
