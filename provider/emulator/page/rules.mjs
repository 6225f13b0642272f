/** The rules: each with the control that fits its values; one that differs from its default is marked. */

/** @import { PageRule, PageUpdate } from "../page-update.js" */

import { tryControl } from "./control.mjs";
import { button, byId, element } from "./element.mjs";
import { countOnTab } from "./tabs.mjs";
import { View } from "./view.mjs";

/** @typedef {{ rule: PageRule, row: HTMLLIElement, show: (value: unknown) => void, shown?: string | undefined }} Row */

export class RulesView extends View {
  #list = byId("rules-list", HTMLUListElement);
  /** @type {readonly Row[]} */
  #rows = [];
  /** @type {Readonly<Record<string, unknown>>} */
  #rules = {};
  #dirty = true;

  constructor() {
    super();
    byId("rules-restore", HTMLButtonElement).addEventListener("click", () => tryControl("DELETE", "rules"));
  }

  /**
   * @override
   * @param {PageUpdate} update
   */
  take({ start, rules }) {
    if (start !== undefined) {
      this.#rows = start.rules.map((rule) => this.#row(rule));
      this.#list.replaceChildren(...this.#rows.map(({ row }) => row));
    }
    if (rules === undefined) return;
    this.#rules = /** @type {any} */ (rules);
    this.#dirty = true;
    countOnTab("rules", this.#rows.filter(({ rule }) => this.#differs(rule)).length);
  }

  /** @override */
  draw() {
    if (!this.#dirty) return;
    this.#dirty = false;
    for (const each of this.#rows) {
      const value = this.#rules[each.rule.name];
      const text = JSON.stringify(value);
      // What a person is typing stays, unless this very rule changed.
      if (each.shown !== text) each.show(value);
      each.shown = text;
      each.row.classList.toggle("changed", this.#differs(each.rule));
    }
  }

  /** @param {PageRule} rule */
  #differs(rule) {
    return JSON.stringify(this.#rules[rule.name]) !== JSON.stringify(rule.default);
  }

  /**
   * @param {PageRule} rule
   * @returns {Row}
   */
  #row(rule) {
    const { name, meaning, source } = rule;
    const set = async (/** @type {unknown} */ value) => {
      await tryControl("POST", "rules", { [name]: value });
      // What was refused goes back to what is in force.
      made.shown = undefined;
      this.#dirty = true;
      this.changed();
    };
    const { control, show } = controlOf(rule, set);
    const back = button("default", () => set(rule.default), {
      class: "back",
      "aria-label": `${name}: back to the default`,
    });
    const row = element(
      "li",
      {},
      element("span", { class: "rule" }, element("b", {}, name), back),
      control,
      element("span", { class: "meaning", title: `Source: ${source}` }, meaning),
    );
    /** @type {Row} */
    const made = { rule, row, show };
    return made;
  }
}

/**
 * @param {PageRule} rule
 * @param {(value: unknown) => void} set
 * @returns {{ control: HTMLElement, show: (value: unknown) => void }}
 */
function controlOf({ name, input }, set) {
  if (input.kind === "switch") {
    const control = element("input", { type: "checkbox", role: "switch", "aria-label": name });
    control.addEventListener("change", () => set(control.checked));
    return { control, show: (value) => (control.checked = value === true) };
  }
  if (input.kind === "choice") {
    const options = input.choices.map((choice) => element("option", {}, String(choice)));
    const control = element("select", { "aria-label": name }, ...options);
    control.addEventListener("change", () => set(input.choices[control.selectedIndex]));
    return { control, show: (value) => (control.value = String(value)) };
  }
  const isNumber = input.kind === "number";
  const control = element("input", {
    type: isNumber ? "number" : "text",
    step: "any",
    "aria-label": name,
    spellcheck: "false",
  });
  control.addEventListener("change", () => set(isNumber ? control.valueAsNumber : parsed(control.value)));
  const show = (/** @type {unknown} */ value) => {
    control.value = isNumber ? String(value) : JSON.stringify(value);
  };
  return { control, show };
}

/** JSON, or the text itself, which the emulator then refuses with a reason. @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
