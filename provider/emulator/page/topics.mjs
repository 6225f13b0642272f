/**
 * Apps, their communities and topics as they are now. A community's topics are in the page only while it is open; a
 * topic that changes replaces its own row and no other, so that what a person looks at stays where it is.
 */

/** @import { PageApp, PageCommunity, PageTopic, PageUpdate } from "../page-update.js" */
/** @import { ByteLimits } from "../../chat/limits.js" */

import { CommunityView } from "./community.mjs";
import { byId, element } from "./element.mjs";
import { topicKeys } from "./topic-keys.mjs";
import { View } from "./view.mjs";

/** Communities are open at first as long as no more topics than these are in the page by it. */
const OPEN_AT_FIRST = 120;

/** So many changes at once catch the eye; of more, none would stand out. */
const NEWS = 20;

export class TopicsView extends View {
  #list = byId("topics-list", HTMLDivElement);
  #summary = byId("topics-summary", HTMLParagraphElement);
  #search = byId("topics-search", HTMLInputElement);
  #none = byId("topics-none", HTMLParagraphElement);
  /** @type {readonly PageApp[]} */
  #apps = [];
  /** @type {ByteLimits | undefined} */
  #limits;
  /** By app and group id. @type {Map<string, CommunityView>} */
  #communities = new Map();
  /** The community of each topic, by the topic's key. @type {Map<string, CommunityView>} */
  #homes = new Map();
  #appsDirty = true;

  constructor() {
    super();
    this.#search.addEventListener("input", () => {
      for (const community of this.#communities.values()) community.search(this.#search.value);
      this.changed();
    });
    topicKeys(this.#list, this.#search, () => this.draw());
  }

  /**
   * @override
   * @param {PageUpdate} update
   */
  take({ start, apps, topics, byteLimits }) {
    if (byteLimits !== undefined) {
      this.#limits = byteLimits;
      for (const community of this.#communities.values()) community.limit(byteLimits);
      this.#appsDirty = true;
    }
    if (apps !== undefined) this.#takeApps(apps);
    if (start !== undefined) {
      // The same emulator, or another one on its port: topics that are not among the new ones are gone.
      const present = new Set(topics?.put.map(({ key }) => key));
      for (const key of this.#homes.keys()) if (!present.has(key)) this.#remove(key);
    }
    for (const key of topics?.gone ?? []) this.#remove(key);
    const isNews = start === undefined && (topics?.put.length ?? 0) <= NEWS;
    for (const topic of topics?.put ?? []) {
      const home = this.#communities.get(placeOf(topic.sdkAppId, topic.groupId));
      if (home === undefined) continue;
      home.put(topic, isNews);
      this.#homes.set(topic.key, home);
    }
    if (start !== undefined || apps !== undefined) this.#openSome();
  }

  /** @override */
  draw() {
    if (this.#appsDirty) this.#drawApps();
    this.#appsDirty = false;
    let matching = 0;
    for (const community of this.#communities.values()) {
      community.draw();
      matching += community.matching;
    }
    const all = this.#homes.size;
    const parts = [
      counted(this.#apps.length, "app"),
      counted(this.#communities.size, "community"),
      counted(all, "topic"),
    ];
    const searching = this.#search.value.trim() !== "";
    if (searching) parts.push(`${matching.toLocaleString("en")} found`);
    this.#none.textContent = searching && matching === 0 ? "No topic matches." : "";
    this.#summary.textContent = parts.join(", ");
  }

  /** @param {string} key */
  #remove(key) {
    this.#homes.get(key)?.remove(key);
    this.#homes.delete(key);
  }

  /** @param {readonly PageApp[]} apps */
  #takeApps(apps) {
    this.#apps = apps;
    this.#appsDirty = true;
    /** @type {Map<string, CommunityView>} */
    const present = new Map();
    for (const { sdkAppId, communities } of apps) {
      for (const community of communities) {
        const place = placeOf(sdkAppId, community.groupId);
        const view = this.#communities.get(place) ?? new CommunityView(() => this.changed());
        if (this.#limits !== undefined) view.limit(this.#limits);
        view.show(community);
        view.search(this.#search.value);
        present.set(place, view);
      }
    }
    for (const [place, view] of this.#communities) if (!present.has(place)) view.element.remove();
    this.#communities = present;
  }

  /** Opens communities that nobody has opened or closed yet, as far as there is room. */
  #openSome() {
    let topics = 0;
    for (const community of this.#communities.values()) {
      if (community.isOpen) topics += community.size;
      else if (!community.isDecided && topics + community.size <= OPEN_AT_FIRST) {
        community.open();
        topics += community.size;
      }
      community.decide();
    }
  }

  #drawApps() {
    const sections = this.#apps.map(({ sdkAppId, admins, communities }) =>
      element(
        "section",
        { class: "app" },
        element(
          "h3",
          {},
          `App ${sdkAppId}`,
          element("small", {}, ` admin ${admins.length === 1 ? "account" : "accounts"}: ${admins.join(", ")}`),
        ),
        ...(communities.length === 0 ? [element("p", { class: "empty" }, "No community yet.")] : []),
        ...communities.flatMap(({ groupId }) => this.#communities.get(placeOf(sdkAppId, groupId))?.element ?? []),
      ),
    );
    this.#list.replaceChildren(
      ...(sections.length > 0 ? sections : [element("p", { class: "empty" }, "This emulator holds no app.")]),
    );
  }
}

/**
 * @param {number} sdkAppId
 * @param {string} groupId
 */
function placeOf(sdkAppId, groupId) {
  return `${sdkAppId} ${groupId}`;
}

/**
 * @param {number} count
 * @param {"app" | "community" | "topic"} what
 */
function counted(count, what) {
  const many = what === "community" ? "communities" : `${what}s`;
  return `${count.toLocaleString("en")} ${count === 1 ? what : many}`;
}
