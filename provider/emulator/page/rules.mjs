/** The rules: each with the control that fits its values; one that differs from its default is marked. */

/** @import { PageRule, PageUpdate } from "../page-update.js" */

import { control, tryControl } from "./control.mjs";
import { button, byId, element } from "./element.mjs";
import { numberIn, refusalLine } from "./refusal.mjs";
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
    /** What is refused stays as it was typed, with the reason below it. @param {() => unknown} value */
    const set = async (value) => {
      try {
        await control("POST", "rules", { [name]: value() });
      } catch (error) {
        return refusal.tell(error);
      }
      // The value in force may be the one that was shown before a refusal: then no update comes, and it is shown again.
      made.shown = undefined;
      this.#dirty = true;
      this.changed();
    };
    const { field, show } = fieldOf(rule, set);
    const refusal = refusalLine(`rule-${name}-refusal`, field);
    const back = button("Reset", () => set(() => rule.default), {
      class: "back",
      "aria-label": `Reset ${name} to its default`,
    });
    const row = element(
      "li",
      {},
      element("span", { class: "rule" }, element("b", {}, name), back),
      field,
      element("span", { class: "meaning", title: `Source: ${source}` }, ...withCode(meaning)),
      refusal.line,
    );
    /** @type {Row} */
    const made = {
      rule,
      row,
      show: (value) => {
        show(value);
        refusal.tell();
      },
    };
    return made;
  }
}

/**
 * @param {PageRule} rule
 * @param {(value: () => unknown) => void} set
 * @returns {{ field: HTMLElement, show: (value: unknown) => void }}
 */
function fieldOf({ name, input }, set) {
  if (input.kind === "switch") {
    const field = element("input", { type: "checkbox", role: "switch", "aria-label": name });
    field.addEventListener("change", () => set(() => field.checked));
    return { field, show: (value) => (field.checked = value === true) };
  }
  if (input.kind === "choice") {
    const options = input.choices.map((choice) => element("option", {}, String(choice)));
    const field = element("select", { "aria-label": name }, ...options);
    field.addEventListener("change", () => set(() => input.choices[field.selectedIndex]));
    return { field, show: (value) => (field.value = String(value)) };
  }
  const isNumber = input.kind === "number";
  const field = element("input", {
    type: isNumber ? "number" : "text",
    step: "any",
    "aria-label": name,
    spellcheck: "false",
  });
  field.addEventListener("change", () => set(() => (isNumber ? numberIn(field) : jsonIn(field))));
  const show = (/** @type {unknown} */ value) => {
    field.value = isNumber ? String(value) : JSON.stringify(value);
  };
  return { field, show };
}

/** @param {HTMLInputElement} field */
function jsonIn({ value }) {
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new Error(`must be JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A text whose names stand between backticks. @param {string} text */
function withCode(text) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part));
}
