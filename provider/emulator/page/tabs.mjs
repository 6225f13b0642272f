/** The tabs: on a wide screen the topics are always there and the others share the place beside them. */

import { byId } from "./element.mjs";

const NAMES = ["topics", "requests", "faults", "rules"];

/** On a screen of this width the topics have a place of their own. */
const WIDE = matchMedia("(min-width: 68rem)");

/** @param {() => void} shown Called when another part is shown. */
export function startTabs(shown) {
  const tabs = NAMES.map((name) => byId(`tab-${name}`, HTMLButtonElement));
  let chosen = "topics";

  const show = () => {
    const visible = WIDE.matches && chosen === "topics" ? "requests" : chosen;
    for (const [index, name] of NAMES.entries()) {
      const tab = /** @type {HTMLButtonElement} */ (tabs[index]);
      const selected = name === visible;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
      tab.hidden = WIDE.matches && name === "topics";
      byId(name, HTMLElement).hidden = !(selected || (WIDE.matches && name === "topics"));
    }
    shown();
  };
  /** @param {string} name */
  const choose = (name) => {
    chosen = name;
    show();
  };

  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => choose(String(NAMES[index])));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      const visible = tabs.filter((each) => !each.hidden);
      const next = visible[(visible.indexOf(tab) + step + visible.length) % visible.length];
      next?.focus();
      next?.click();
    });
  }
  WIDE.addEventListener("change", show);
  show();
  return choose;
}

/**
 * A number on a tab: how many of its entries differ from the normal state. 0 is not shown.
 *
 * @param {string} name
 * @param {number} count
 */
export function countOnTab(name, count) {
  const shown = byId(`tab-${name}`, HTMLButtonElement).querySelector(".count");
  if (!(shown instanceof HTMLElement)) return;
  shown.hidden = count === 0;
  shown.textContent = String(count);
}
