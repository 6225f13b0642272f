/**
 * The stream of events that keeps the page up to date. When it breaks, for example because the emulator was restarted, it
 * is opened again until it works. A tab in the background has no connection: a browser opens only a few to one server.
 */

/** @import { PageUpdate } from "../page-update.js" */

const RETRY_MS = 1000;

/**
 * @param {(update: PageUpdate) => void} onUpdate
 * @param {(status: "live" | "lost") => void} onStatus
 */
export function connect(onUpdate, onStatus) {
  /** @type {EventSource | undefined} */
  let source;

  const open = () => {
    if (source !== undefined || document.hidden) return;
    const opened = new EventSource("/_emulator/events");
    source = opened;
    opened.onmessage = (event) => {
      onStatus("live");
      onUpdate(JSON.parse(event.data));
    };
    opened.onerror = () => {
      if (source !== opened) return;
      close();
      onStatus("lost");
      setTimeout(open, RETRY_MS);
    };
  };
  const close = () => {
    source?.close();
    source = undefined;
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  open();
}
