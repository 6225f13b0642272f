/** Makes elements. What goes into them becomes text, never markup: nothing here, or in the page, parses HTML. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | number | boolean | undefined | ((event: any) => void)>>} attributes `true` is
 *   an attribute without a value, `false` and `undefined` leave it out, a function listens to the event of that name.
 * @param {readonly (Node | string | undefined)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/**
 * The element of the page with this id.
 *
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} ${id}`);
  return found;
}

/**
 * A button with a caption.
 *
 * @param {string} caption
 * @param {(event: MouseEvent) => void} click
 * @param {Readonly<Record<string, string | boolean | undefined>>} attributes
 */
export function button(caption, click, attributes = {}) {
  return element("button", { type: "button", click, ...attributes }, caption);
}
