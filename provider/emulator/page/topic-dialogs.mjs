/**
 * What a person does to a topic from outside, as another client of the app would: edit it, post messages, delete it. The
 * emulator checks it like any client's call, and the dialog shows what it refuses.
 */

/** @import { PageTopic } from "../page-update.js" */
/** @import { ByteLimits } from "../../chat/limits.js" */

import { bytesOf, showBytes } from "./bytes.mjs";
import { control } from "./control.mjs";
import { showDialog } from "./dialog.mjs";
import { button, element } from "./element.mjs";

/** Name, and lines of its field. */
const TEXTS = /** @type {const} */ ([
  ["topicName", 1],
  ["introduction", 3],
  ["notification", 3],
  ["faceUrl", 1],
  ["customString", 4],
]);

/**
 * @param {PageTopic} topic
 * @param {ByteLimits} limits
 */
export function editTopic(topic, limits) {
  const fields = TEXTS.map(([name, lines]) => {
    const input = element(lines > 1 ? "textarea" : "input", {
      name,
      rows: lines > 1 ? lines : undefined,
      spellcheck: "false",
    });
    input.value = topic[name];
    const bytes = bytesOf(input.value, limits[name]);
    input.addEventListener("input", () => showBytes(bytes, input.value, limits[name]));
    const label = element("label", { class: "field" }, element("span", {}, name, bytes), input);
    return { name, input, label };
  });
  const muted = element("input", { type: "checkbox", role: "switch" });
  muted.checked = topic.muteAllMember;
  ask(
    topic,
    `Edit ${nameOf(topic)}`,
    "As another client would: the next pulumi refresh finds what changed in declared fields.",
    [...fields.map(({ label }) => label), element("label", { class: "check" }, muted, "muteAllMember")],
    "Save",
    () => {
      const texts = fields.filter(({ name, input }) => input.value !== topic[name]);
      return control("POST", "topics", {
        ...addressOf(topic),
        ...Object.fromEntries(texts.map(({ name, input }) => [name, input.value])),
        ...(muted.checked === topic.muteAllMember ? {} : { muteAllMember: muted.checked }),
      });
    },
  );
}

/** @param {PageTopic} topic */
export function postMessages(topic) {
  const count = element("input", { type: "number", min: 1, max: 1_000_000, value: 1, required: true });
  ask(
    topic,
    `Post messages to ${nameOf(topic)}`,
    "A topic with messages is used: it is not destroyed unless the program says so.",
    [element("label", { class: "field" }, element("span", {}, "messages"), count)],
    "Post",
    () => control("POST", "messages", { ...addressOf(topic), count: count.valueAsNumber }),
  );
  count.select();
}

/** @param {PageTopic} topic */
export function deleteTopic(topic) {
  const messages = topic.nextMsgSeq - 1;
  const what =
    messages === 0
      ? "It has no messages."
      : `Its ${messages === 1 ? "message goes" : `${messages.toLocaleString("en")} messages go`} with it.`;
  ask(
    topic,
    `Delete ${nameOf(topic)}?`,
    `${what} The next pulumi refresh finds it gone, as when another client deletes it.`,
    [],
    "Delete",
    () => control("DELETE", "topics", addressOf(topic)),
    "danger",
  );
}

/** @param {PageTopic} topic */
function nameOf({ topicName, topicId }) {
  return topicName === "" ? topicId : `“${topicName}”`;
}

/** @param {PageTopic} topic */
function addressOf({ topicId, sdkAppId }) {
  return { topicId, sdkAppId };
}

/**
 * Shows a dialog about a topic that stays until its action succeeds or it is left.
 *
 * @param {PageTopic} topic
 * @param {string} title
 * @param {string} explanation
 * @param {readonly Node[]} content
 * @param {string} caption Of the button that acts.
 * @param {() => Promise<void>} act
 * @param {string} [kind] A class for that button.
 */
function ask(topic, title, explanation, content, caption, act, kind = "primary") {
  showDialog(title, (close) => {
    const issue = element("p", { class: "issue", role: "alert", hidden: true });
    const yes = element("button", { class: kind }, caption);
    const form = element(
      "form",
      {},
      element("p", { class: "summary" }, `App ${topic.sdkAppId}, `, element("code", {}, topic.topicId)),
      element("p", { class: "summary" }, explanation),
      ...content,
      issue,
      element("div", { class: "buttons" }, button("Cancel", close), yes),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      yes.disabled = true;
      try {
        await act();
        close();
      } catch (error) {
        issue.textContent = error instanceof Error ? error.message : String(error);
        issue.hidden = false;
        placeIssue(form, issue);
      } finally {
        yes.disabled = false;
      }
    });
    return form;
  });
}

/**
 * Moves the text of a refusal below the field that it names, as in “TopicName is 31 bytes”. Without a field it stays.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLParagraphElement} issue
 */
function placeIssue(form, issue) {
  for (const field of form.querySelectorAll("input, textarea")) {
    const name = field.getAttribute("name");
    const isMeant = name !== null && new RegExp(`\\b${name}\\b`, "i").test(issue.textContent ?? "");
    if (!isMeant) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      continue;
    }
    issue.id = "dialog-issue";
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", issue.id);
    field.closest("label")?.after(issue);
  }
}
