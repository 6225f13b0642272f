/** The request log as it happens, newest first, filtered; only so much of it is kept and shown as a person can read. */

/** @import { PageRequest, PageUpdate } from "../page-update.js" */

import { tryControl } from "./control.mjs";
import { byId, element } from "./element.mjs";
import { View } from "./view.mjs";

/** Calls that the filter looks through. */
const KEPT = 5000;

/** Calls that are shown of those that it finds. */
const SHOWN = 200;

export class RequestsView extends View {
  #rows = byId("requests-rows", HTMLTableSectionElement);
  #summary = byId("requests-summary", HTMLParagraphElement);
  #empty = byId("requests-empty", HTMLParagraphElement);
  #search = byId("requests-search", HTMLInputElement);
  #command = byId("requests-command", HTMLSelectElement);
  #failures = byId("requests-failures", HTMLInputElement);
  #hold = byId("requests-hold", HTMLButtonElement);
  /** Oldest first. @type {PageRequest[]} */
  #kept = [];
  /** What is shown while the log is held. @type {PageRequest[] | undefined} */
  #held;
  #total = 0;
  #cleared = 0;
  /** The rows by the number of their call. @type {Map<number, HTMLTableRowElement>} */
  #drawn = new Map();
  #dirty = true;

  constructor() {
    super();
    const filter = () => {
      this.#dirty = true;
      this.changed();
    };
    for (const control of [this.#search, this.#command, this.#failures]) control.addEventListener("input", filter);
    this.#hold.addEventListener("click", () => {
      this.#held = this.#held === undefined ? this.#kept.slice() : undefined;
      this.#hold.setAttribute("aria-pressed", String(this.#held !== undefined));
      filter();
    });
    byId("requests-clear", HTMLButtonElement).addEventListener("click", () => tryControl("DELETE", "requests"));
  }

  /**
   * @override
   * @param {PageUpdate} update
   */
  take({ start, requests }) {
    if (start !== undefined) {
      this.#kept = [];
      this.#drawn.clear();
      this.#rows.replaceChildren();
      for (const command of [...this.#command.options].slice(1)) command.remove();
      this.#command.append(...start.commands.map((command) => element("option", {}, command)));
    }
    if (requests === undefined) return;
    this.#total = requests.total;
    this.#cleared = requests.cleared;
    const kept = this.#kept.filter(({ number }) => number > requests.cleared);
    this.#kept = [...kept, ...requests.latest].slice(-KEPT);
    this.#dirty = true;
  }

  /** @override */
  draw() {
    if (!this.#dirty || this.#rows.closest("[hidden]")) return;
    this.#dirty = false;
    const matching = (this.#held ?? this.#kept).filter((request) => this.#matches(request));
    const shown = matching.slice(-SHOWN).reverse();
    this.#place(shown);
    const count = this.#total - this.#cleared;
    const filtered = this.#search.value.trim() !== "" || this.#command.value !== "" || this.#failures.checked;
    const parts = [`${number(count)} ${count === 1 ? "call" : "calls"}`];
    if (filtered) parts.push(`${number(matching.length)} match`);
    if (shown.length < matching.length) parts.push(`the last ${SHOWN} shown`);
    if (this.#held !== undefined) parts.push("held");
    this.#summary.textContent = parts.join(", ");
    this.#empty.hidden = shown.length > 0;
    this.#empty.textContent = count === 0 ? "No call of the REST API yet." : "No call matches the filter.";
  }

  /** @param {PageRequest} request */
  #matches(request) {
    if (this.#failures.checked && !isFailure(request)) return false;
    if (this.#command.value !== "" && request.command !== this.#command.value) return false;
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return true;
    const { command, about, code, status, reason, app } = request;
    const text = `${command} ${about} ${code ?? ""} ${status} ${reason} ${app ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }

  /** Shows these calls and no others; rows that are there already stay. @param {readonly PageRequest[]} shown */
  #place(shown) {
    const numbers = new Set(shown.map(({ number }) => number));
    for (const [number, row] of this.#drawn) {
      if (numbers.has(number)) continue;
      row.remove();
      this.#drawn.delete(number);
    }
    let next = this.#rows.firstElementChild;
    for (const request of shown) {
      const row = this.#drawn.get(request.number) ?? rowOf(request);
      this.#drawn.set(request.number, row);
      if (row === next) next = row.nextElementSibling;
      else this.#rows.insertBefore(row, next);
    }
  }
}

/** @param {PageRequest} request */
function isFailure({ code, status }) {
  return code !== 0 || status !== 200;
}

/** @param {PageRequest} request */
function rowOf(request) {
  const { time, command, about, code, status, reason, app } = request;
  const [group = "", key] = about.split("@TOPIC#_");
  const topic = element("td", { class: "about", title: about });
  if (key === undefined) topic.append(group);
  else topic.append(key, element("small", {}, ` ${group}`));
  if (reason !== "") topic.append(element("span", { class: "reason", title: reason }, reason));
  return element(
    "tr",
    { class: isFailure(request) ? "failure" : undefined, title: app === null ? undefined : `app ${app}` },
    element("td", { class: "time" }, timeOf(time)),
    element("td", { class: "command" }, command),
    topic,
    element("td", { class: "code" }, verdict(code, status)),
  );
}

/**
 * @param {number | null} code
 * @param {number} status
 */
function verdict(code, status) {
  if (status === 0) return "closed";
  if (status !== 200) return `HTTP ${status}`;
  return code === null ? "none" : String(code);
}

/** @param {number} milliseconds Unix time. */
function timeOf(milliseconds) {
  const date = new Date(milliseconds);
  const digits = (/** @type {number} */ value, length = 2) => String(value).padStart(length, "0");
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => digits(part)).join(":");
  const fraction = element("small", {}, `.${digits(date.getMilliseconds(), 3)}`);
  return element("time", { datetime: date.toISOString() }, clock, fraction);
}

/** @param {number} value */
function number(value) {
  return value.toLocaleString("en");
}
