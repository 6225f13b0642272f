/**
 * The topics by keyboard: one stop of the Tab key for all of them, arrows from one to the next, and a key for each thing
 * that can be done. Of the buttons, those of the present topic alone are reached by Tab.
 */

/** @type {Readonly<Record<string, string>>} */
const ACTIONS = { Enter: "edit", e: "edit", m: "messages", Delete: "delete" };

/**
 * @param {HTMLElement} list In which the topics lie, however deep.
 * @param {HTMLInputElement} search From which the arrow goes into the list, and Enter edits the first topic found.
 * @param {() => void} draw Redraws the list for what was typed in the search.
 */
export function topicKeys(list, search, draw) {
  search.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    draw();
    const first = list.querySelector("li.topic");
    if (!(first instanceof HTMLLIElement)) return;
    first.focus();
    if (event.key === "Enter") act(first, event.key);
  });
  list.addEventListener("focusin", ({ target }) => {
    const row = rowOf(target);
    if (row !== undefined) makePresent(list, row);
  });
  // A first stop is needed before any topic was reached, and again after its row went.
  new MutationObserver(() => {
    const first = list.querySelector("li.topic");
    if (first instanceof HTMLLIElement && list.querySelector('li.topic[tabindex="0"]') === null)
      makePresent(list, first);
  }).observe(list, { childList: true, subtree: true });

  list.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      const rows = [...list.querySelectorAll("li.topic")];
      const next = rows[rows.indexOf(row) + step];
      if (next instanceof HTMLLIElement) next.focus();
      else if (step < 0) search.focus();
      event.preventDefault();
    } else if (event.target === row && act(row, event.key)) event.preventDefault();
  });
}

/**
 * Does what a key does to a topic; says whether it does anything.
 *
 * @param {HTMLLIElement} row
 * @param {string} key
 */
function act(row, key) {
  const action = row.querySelector(`[data-action="${ACTIONS[key] ?? ""}"]`);
  if (!(action instanceof HTMLButtonElement)) return false;
  action.click();
  return true;
}

/** @param {EventTarget | null} target */
function rowOf(target) {
  const row = target instanceof Element ? target.closest("li.topic") : undefined;
  return row instanceof HTMLLIElement ? row : undefined;
}

/**
 * @param {HTMLElement} list
 * @param {HTMLLIElement} row
 */
function makePresent(list, row) {
  for (const former of list.querySelectorAll('li.topic[tabindex="0"]')) setStops(former, -1);
  setStops(row, 0);
}

/**
 * @param {Element} row
 * @param {0 | -1} stop
 */
function setStops(row, stop) {
  row.setAttribute("tabindex", String(stop));
  for (const each of row.querySelectorAll("button")) each.tabIndex = stop;
}
