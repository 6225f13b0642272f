/** The request log as it happens, newest first, filtered; only so much of it is kept and shown as a person can read. */

/** @import { PageApp, PageRequest, PageUpdate } from "../page-update.js" */

import { tryControl } from "./control.mjs";
import { byId, element } from "./element.mjs";
import { showRequest } from "./request-dialog.mjs";
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
  #app = byId("requests-app", HTMLSelectElement);
  #failures = byId("requests-failures", HTMLInputElement);
  #hold = byId("requests-hold", HTMLButtonElement);
  /** Oldest first. @type {PageRequest[]} */
  #kept = [];
  /** The calls that are shown while the log is stopped. @type {PageRequest[] | undefined} */
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
    for (const control of [this.#search, this.#command, this.#app, this.#failures])
      control.addEventListener("input", filter);
    this.#hold.addEventListener("click", () => {
      this.#held = this.#held === undefined ? this.#kept.slice() : undefined;
      this.#hold.setAttribute("aria-pressed", String(this.#held !== undefined));
      filter();
    });
    byId("requests-clear", HTMLButtonElement).addEventListener("click", () => tryControl("DELETE", "requests"));
    this.#rows.addEventListener("keydown", (event) => this.#move(event));
    this.#rows.addEventListener("focusin", ({ target }) => {
      const row = target instanceof Element ? target.closest("tr") : null;
      if (row !== null) this.#makePresent(row);
    });
  }

  /**
   * @override
   * @param {PageUpdate} update
   */
  take({ start, apps, requests }) {
    if (apps !== undefined) this.#takeApps(apps);
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
    this.#held = this.#held?.filter(({ number }) => number > requests.cleared);
    this.#dirty = true;
  }

  /** Where there are several apps each call says which is meant. @param {readonly PageApp[]} apps */
  #takeApps(apps) {
    const chosen = this.#app.value;
    const several = apps.length > 1;
    for (const app of [...this.#app.options].slice(1)) app.remove();
    if (several) {
      this.#app.append(...apps.map(({ sdkAppId }) => element("option", { value: sdkAppId }, `app ${sdkAppId}`)));
    }
    this.#app.value = apps.some(({ sdkAppId }) => String(sdkAppId) === chosen) && several ? chosen : "";
    this.#app.hidden = !several;
    this.#rows.classList.toggle("several-apps", several);
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
    const filtered =
      this.#search.value.trim() !== "" ||
      this.#command.value !== "" ||
      this.#app.value !== "" ||
      this.#failures.checked;
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
    if (this.#app.value !== "" && String(request.app) !== this.#app.value) return false;
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
    const first = this.#rows.rows[0];
    if (first !== undefined && this.#rows.querySelector('button[tabindex="0"]') === null) this.#makePresent(first);
  }

  /** The rows are one stop of the Tab key, and arrows go from one to the next. @param {HTMLTableRowElement} present */
  #makePresent(present) {
    for (const each of this.#rows.querySelectorAll("button")) each.tabIndex = present.contains(each) ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = event.target instanceof Element ? event.target.closest("tr") : null;
    if (step === undefined || row === null) return;
    event.preventDefault();
    this.#rows.rows[[...this.#rows.rows].indexOf(row) + step]?.querySelector("button")?.focus();
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
    {
      class: isFailure(request) ? "failure" : undefined,
      click: () => {
        // Selecting text ends with a click as well: then no dialog opens.
        if (getSelection()?.isCollapsed ?? true) showRequest(request, verdict(code, status));
      },
    },
    element("td", { class: "time" }, timeOf(time)),
    element(
      "td",
      { class: "command" },
      // A click on it is handled by its row.
      element("button", { type: "button", tabindex: -1, "aria-haspopup": "dialog" }, command),
      element("small", { class: "app" }, ` ${app === null ? "no app" : `app ${app}`}`),
    ),
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
