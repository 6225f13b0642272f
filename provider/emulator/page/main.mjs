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

let drawing = false;
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    for (const view of views) view.draw();
  });
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
    draw();
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
