/** Starts the page: hands what the emulator tells to the parts that show it, at most once a frame. */

import { connect } from "./connection.mjs";
import { byId } from "./element.mjs";
import { FaultsView } from "./faults.mjs";
import { RatesView } from "./rates.mjs";
import { RequestsView } from "./requests.mjs";
import { RulesView } from "./rules.mjs";
import { startTabs } from "./tabs.mjs";
import { TopicsView } from "./topics.mjs";

const status = byId("status", HTMLParagraphElement);
const alarm = byId("alarm", HTMLParagraphElement);
byId("place", HTMLParagraphElement).textContent = location.host;
document.title = `Chat emulator · ${location.host}`;

const topics = new TopicsView();
const requests = new RequestsView();
const rates = new RatesView();
const faults = new FaultsView();
const rules = new RulesView();
const views = [topics, requests, rates, faults, rules];

/** The most of the time that may be spent on drawing: the rest is for what the person does. */
const SHARE = 0.2;
/** The longest that anything waits to be drawn, in milliseconds. */
const LONGEST_REST_MS = 500;

let restsUntil = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let resting;
let drawing = false;

/** Draws in the next frame. */
function draw() {
  clearTimeout(resting);
  resting = undefined;
  if (drawing) return;
  drawing = true;
  requestAnimationFrame((begin) => {
    drawing = false;
    for (const view of views) view.draw();
    // Style and layout come after this, and before the next task.
    setTimeout(() => {
      const end = performance.now();
      restsUntil = end + Math.min((end - begin) / SHARE, LONGEST_REST_MS);
    });
  });
}

/** Draws, but not before the pause that belongs to the last drawing is over. */
function drawInTime() {
  resting ??= setTimeout(draw, restsUntil - performance.now());
}

for (const view of views) view.changed = draw;
const showTab = startTabs(draw);

connect(
  (update) => {
    for (const view of views) view.take(update);
    if (update.health !== undefined) {
      alarm.hidden = update.health.error === undefined;
      alarm.textContent = update.health.error ?? "";
    }
    drawInTime();
  },
  (now) => {
    status.dataset.status = now;
    status.textContent = now === "live" ? "live" : "not running, waiting for it";
  },
);

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select, dialog *");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  showTab("topics");
  byId("topics-search", HTMLInputElement).focus();
});
