/** Shows below a field what is wrong with it. What was typed stays. */

import { element } from "./element.mjs";

/**
 * A line for what is wrong with a field, and a function that shows an error there; without an error it clears the line.
 *
 * @param {string} id
 * @param {HTMLElement | undefined} field
 */
export function refusalLine(id, field) {
  const line = element("p", { class: "issue", id, role: "alert" });
  field?.setAttribute("aria-describedby", id);
  /** @param {unknown} [error] */
  const tell = (error) => {
    line.textContent = error === undefined ? "" : reasonOf(error);
    if (error === undefined) field?.removeAttribute("aria-invalid");
    else field?.setAttribute("aria-invalid", "true");
  };
  return { line, tell };
}

/** @param {HTMLInputElement} field */
export function numberIn({ valueAsNumber }) {
  if (Number.isNaN(valueAsNumber)) throw new Error("must be a number");
  return valueAsNumber;
}

/** The emulator's reasons without its heading, and without the name that stands beside the field. @param {unknown} error */
function reasonOf(error) {
  const lines = (error instanceof Error ? error.message : String(error)).split("\n");
  return lines
    .slice(lines.length > 1 ? 1 : 0)
    .map((line) => line.replace(/^(rules|fault)\.\w+(: |\.)?/, ""))
    .join("\n");
}
