/** Bytes of UTF-8 against a limit, as the service counts them. */

import { element } from "./element.mjs";

const encoder = new TextEncoder();

/** A text that is longer than this share of its limit is shown as nearly full. */
const NEARLY = 0.9;

/** @param {string} text */
export function byteLength(text) {
  return encoder.encode(text).length;
}

/**
 * “12/30 B” with a bar below it.
 *
 * @param {string} text
 * @param {number} limit
 */
export function bytesOf(text, limit) {
  const shown = element("span", { class: "bytes" });
  showBytes(shown, text, limit);
  return shown;
}

/**
 * The same in an element that is there already.
 *
 * @param {HTMLElement} shown
 * @param {string} text
 * @param {number} limit
 */
export function showBytes(shown, text, limit) {
  const bytes = byteLength(text);
  shown.textContent = `${bytes}/${limit} B`;
  shown.title = `${bytes} of at most ${limit} bytes of UTF-8`;
  shown.dataset.level = bytes > limit ? "over" : bytes > NEARLY * limit ? "nearly" : "well";
  shown.style.setProperty("--share", String(Math.min(1, bytes / limit)));
}
