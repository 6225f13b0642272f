/** What every part of the page is: it takes what the emulator tells at once, and draws it when asked to. */

/** @import { PageUpdate } from "../page-update.js" */

export class View {
  /** To be called when something is to be drawn that no update brought. */
  changed = () => {};

  /** @param {PageUpdate} _update */
  take(_update) {}

  draw() {}
}
