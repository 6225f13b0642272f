/** The gauge: calls of the last second by command, against the limit. */

/** @import { PageRate, PageUpdate } from "../page-update.js" */

import { byId, element } from "./element.mjs";
import { View } from "./view.mjs";

/** A command stays on the gauge for this long after its last call, and so does its peak. */
const KEPT_MS = 15_000;

/** @typedef {{ rate: PageRate, peak: number, at: number }} Kept */

export class RatesView extends View {
  #list = byId("rates", HTMLDivElement);
  /** @type {Map<string, Kept>} */
  #kept = new Map();
  #drawn = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @override
   * @param {PageUpdate} update
   */
  take({ start, rates }) {
    if (start !== undefined) this.#kept.clear();
    if (rates === undefined) return;
    const now = performance.now();
    for (const kept of this.#kept.values()) kept.rate = { ...kept.rate, calls: 0, throttled: 0 };
    for (const rate of rates) {
      const key = `${rate.sdkAppId} ${rate.command}`;
      const peak = Math.max(this.#kept.get(key)?.peak ?? 0, rate.calls);
      this.#kept.set(key, { rate, peak, at: now });
    }
  }

  /** @override */
  draw() {
    const now = performance.now();
    for (const [key, { at, rate }] of this.#kept) {
      if (rate.calls + rate.throttled === 0 && now - at > KEPT_MS) this.#kept.delete(key);
    }
    clearTimeout(this.#timer);
    if (this.#kept.size > 0) this.#timer = setTimeout(this.changed, KEPT_MS);
    const kept = [...this.#kept.values()];
    const drawn = JSON.stringify(kept.map(({ rate, peak }) => [rate, peak]));
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const several = new Set(kept.map(({ rate }) => rate.sdkAppId)).size > 1;
    const rows = kept.map((each) => rowOf(each, several));
    this.#list.replaceChildren(
      ...(rows.length > 0 ? rows : [element("p", { class: "empty" }, "Nothing calls at the moment.")]),
    );
  }
}

/**
 * @param {Kept} kept
 * @param {boolean} withApp
 */
function rowOf({ rate, peak }, withApp) {
  const { calls, throttled, limit, command, sdkAppId } = rate;
  const bar = element("span", { class: "gauge", "aria-hidden": "true" });
  bar.style.setProperty("--share", String(Math.min(1, calls / (limit ?? Math.max(peak, 1)))));
  bar.style.setProperty("--peak", String(peak > calls ? Math.min(1, peak / (limit ?? peak)) : 0));
  bar.dataset.level =
    limit !== null && calls >= limit ? "over" : limit !== null && calls > 0.9 * limit ? "nearly" : "well";
  return element(
    "div",
    { class: "rate" },
    element(
      "span",
      { class: "command" },
      command,
      withApp ? element("small", {}, ` ${sdkAppId ?? "no app"}`) : undefined,
    ),
    bar,
    element("span", { class: "throttled bad" }, throttled > 0 ? `${throttled} throttled` : ""),
    element(
      "span",
      { class: "number" },
      element("b", {}, String(calls)),
      limit === null ? "/s, no limit" : ` of ${limit}/s`,
    ),
  );
}
