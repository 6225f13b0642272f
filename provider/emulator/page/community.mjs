/** One community: what it is, and its topics while it is open. */

/** @import { PageCommunity, PageTopic } from "../page-update.js" */
/** @import { ByteLimits } from "../../chat/limits.js" */

import { bytesOf } from "./bytes.mjs";
import { element } from "./element.mjs";
import { textLine, topicRow } from "./topic-row.mjs";

const COMMUNITY_TEXTS = /** @type {const} */ ([
  ["introduction", "communityIntroduction"],
  ["notification", "communityNotification"],
  ["faceUrl", "communityFaceUrl"],
]);

/** @typedef {{ topic: PageTopic, words: string, isNew: boolean, row?: HTMLLIElement }} Entry */

export class CommunityView {
  #heading = element("summary");
  #texts = element("div", { class: "texts" });
  #list = element("ol", { class: "topics" });
  element = element("details", { class: "community" }, this.#heading, this.#texts, this.#list);
  /** By key, in the order of creation. @type {Map<string, Entry>} */
  #entries = new Map();
  /** @type {PageCommunity | undefined} */
  #community;
  /** @type {ByteLimits | undefined} */
  #limits;
  #query = "";
  /** Whether a person, or the page at first, wants it open; a search opens it meanwhile. */
  #wanted = false;
  #decided = false;
  #headingDirty = true;
  #listDirty = true;

  /** @param {() => void} changed Called when it is to be drawn. */
  constructor(changed) {
    this.#heading.addEventListener("click", (event) => {
      event.preventDefault();
      this.#wanted = !this.element.open;
      this.element.open = this.#wanted;
      this.#listDirty = true;
      changed();
    });
  }

  get size() {
    return this.#entries.size;
  }

  get isOpen() {
    return this.#wanted;
  }

  get isDecided() {
    return this.#decided;
  }

  /** How many of its topics match the search; without one, all. */
  get matching() {
    return this.#found().length;
  }

  open() {
    this.#wanted = true;
    this.#listDirty = true;
  }

  /** From now on only a person opens or closes it. */
  decide() {
    this.#decided = true;
  }

  /** @param {PageCommunity} community */
  show(community) {
    this.#community = community;
    this.#headingDirty = true;
  }

  /** @param {ByteLimits} limits */
  limit(limits) {
    if (this.#limits === limits) return;
    this.#limits = limits;
    this.#headingDirty = true;
    this.#listDirty = true;
    for (const entry of this.#entries.values()) delete entry.row;
  }

  /** @param {string} query */
  search(query) {
    if (query === this.#query) return;
    this.#query = query;
    this.#listDirty = true;
  }

  /**
   * @param {PageTopic} topic
   * @param {boolean} isNews Whether it changed under the reader's eyes.
   */
  put(topic, isNews) {
    const { topicId, topicName, introduction, notification, faceUrl, customString } = topic;
    const words = [topicId, topicName, introduction, notification, faceUrl, customString].join("\n").toLowerCase();
    this.#entries.set(topic.key, { topic, words, isNew: isNews });
    this.#headingDirty = true;
    this.#listDirty = true;
  }

  /** @param {string} key */
  remove(key) {
    this.#entries.delete(key);
    this.#headingDirty = true;
    this.#listDirty = true;
  }

  draw() {
    if (this.#headingDirty) this.#drawHeading();
    if (this.#listDirty) this.#drawList();
    this.#headingDirty = false;
    this.#listDirty = false;
  }

  #drawHeading() {
    const { name = "", groupId = "", memberNum = 0, muteAllMember, supportTopic, ownerAccount } = this.#community ?? {};
    const limits = this.#limits;
    const facts = [
      `${this.#entries.size} ${this.#entries.size === 1 ? "topic" : "topics"}`,
      memberNum > 0 ? `${memberNum} ${memberNum === 1 ? "member" : "members"}` : undefined,
      ownerAccount === undefined ? undefined : `owner ${ownerAccount}`,
    ];
    this.#heading.replaceChildren(
      element("span", { class: "name" }, name === "" ? "(no name)" : name),
      element("code", {}, groupId),
      muteAllMember ? element("span", { class: "tag" }, "muted") : "",
      supportTopic === false ? element("span", { class: "tag bad" }, "topics are off") : "",
      element("span", { class: "facts" }, facts.filter(Boolean).join(", ")),
      limits === undefined ? "" : bytesOf(name, limits.communityName),
    );
    const texts = COMMUNITY_TEXTS.map(([field, limit]) =>
      textLine(field, this.#community?.[field] ?? "", limits?.[limit] ?? 0),
    );
    this.#texts.replaceChildren(...texts.flatMap((line) => line ?? []));
  }

  #found() {
    const words = this.#query.toLowerCase().split(/\s+/).filter(Boolean);
    const entries = [...this.#entries.values()];
    return words.length === 0 ? entries : entries.filter((entry) => words.every((word) => entry.words.includes(word)));
  }

  #drawList() {
    const searching = this.#query.trim() !== "";
    const found = this.#found();
    this.element.hidden = searching && found.length === 0;
    this.element.open = searching ? found.length > 0 : this.#wanted;
    const rows = this.element.open ? found.map((entry) => this.#rowOf(entry)) : [];
    const focus = focusIn(this.#list);
    const wanted = new Set(rows);
    // Rows are removed first: otherwise rows that stay would be moved, and a moved row loses the focus.
    for (const row of [...this.#list.children]) if (!wanted.has(/** @type {HTMLLIElement} */ (row))) row.remove();
    let next = this.#list.firstElementChild;
    for (const row of rows) {
      if (row === next) next = next.nextElementSibling;
      else this.#list.insertBefore(row, next);
    }
    focus.restore();
  }

  /** @param {Entry} entry */
  #rowOf(entry) {
    if (entry.row === undefined) {
      entry.row = topicRow(entry.topic, /** @type {ByteLimits} */ (this.#limits));
      if (entry.isNew) entry.row.classList.add("news");
      entry.isNew = false;
    }
    return entry.row;
  }
}

/**
 * Remembers which topic of a list has the focus, to give it back to the topic's new row, or to the neighbour of one that
 * is gone.
 *
 * @param {HTMLElement} list
 */
function focusIn(list) {
  const active = document.activeElement;
  const row = active?.closest("li");
  if (!(row instanceof HTMLLIElement) || !list.contains(row)) return { restore: () => {} };
  const { key } = row.dataset;
  const action = active instanceof HTMLElement ? active.dataset.action : undefined;
  const index = [...list.children].indexOf(row);
  return {
    restore: () => {
      if (document.activeElement === active) return;
      const rows = /** @type {HTMLLIElement[]} */ ([...list.children]);
      const same = rows.find((each) => each.dataset.key === key);
      const next = same ?? rows[Math.min(index, rows.length - 1)];
      const inner = same && action ? same.querySelector(`[data-action="${action}"]`) : undefined;
      (inner instanceof HTMLElement ? inner : next)?.focus();
    },
  };
}
