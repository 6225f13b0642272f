/** A topic as a row: its name, its key, its texts with their bytes, and what can be done with it. */

/** @import { PageTopic } from "../page-update.js" */
/** @import { ByteLimits } from "../../chat/limits.js" */

import { bytesOf } from "./bytes.mjs";
import { button, element } from "./element.mjs";
import { deleteTopic, editTopic, postMessages } from "./topic-dialogs.mjs";

const TEXTS = /** @type {const} */ (["introduction", "notification", "faceUrl", "customString"]);

/**
 * @param {PageTopic} topic
 * @param {ByteLimits} limits
 */
export function topicRow(topic, limits) {
  const { topicName, topicId, groupId, muteAllMember, nextMsgSeq } = topic;
  const messages = nextMsgSeq - 1;
  const key = topicId.slice(groupId.length + "@TOPIC#_".length);
  const actions = {
    edit: () => editTopic(topic, limits),
    messages: () => postMessages(topic),
    delete: () => deleteTopic(topic),
  };
  const act = (/** @type {keyof typeof actions} */ action, /** @type {string} */ caption) =>
    button(caption, actions[action], {
      "data-action": action,
      tabindex: "-1",
      "aria-label": `${caption}: ${topicName}`,
    });
  return element(
    "li",
    { class: "topic", tabindex: -1, "data-key": topic.key, "aria-label": `Topic ${topicName}` },
    element(
      "div",
      { class: "head" },
      element("span", { class: "name" }, topicName === "" ? "(no name)" : topicName),
      element("code", { title: topicId }, key),
      muteAllMember ? element("span", { class: "tag" }, "muted") : undefined,
      messages > 0
        ? element("span", { class: "tag used" }, `${messages} ${messages === 1 ? "message" : "messages"}`)
        : undefined,
      element("span", { class: "actions" }, act("edit", "Edit"), act("messages", "Post"), act("delete", "Delete")),
      bytesOf(topicName, limits.topicName),
    ),
    ...TEXTS.map((field) => textLine(field, topic[field], limits[field])),
  );
}

/**
 * A text with its bytes; nothing where it is empty.
 *
 * @param {string} field
 * @param {string} text
 * @param {number} limit
 */
export function textLine(field, text, limit) {
  if (text === "") return undefined;
  return element(
    "div",
    { class: "line" },
    element("span", { class: "field" }, field),
    element("span", { class: "text" }, text),
    bytesOf(text, limit),
  );
}
