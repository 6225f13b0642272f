/** A dialog of the page: it has a title, is left by Escape, and gives the focus back. */

import { element } from "./element.mjs";

/**
 * Shows a dialog.
 *
 * @param {string} title
 * @param {(close: () => void) => HTMLElement} content What comes below the title.
 */
export function showDialog(title, content) {
  const dialog = element("dialog", { "aria-labelledby": "dialog-title" });
  dialog.append(
    element("h2", { id: "dialog-title" }, title),
    content(() => dialog.close()),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
