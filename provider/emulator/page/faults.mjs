/** Faults as switches: while one is on, every call goes wrong; “next call” makes a single call go wrong. */

/** @import { Fault } from "../fault.js" */
/** @import { PageUpdate } from "../page-update.js" */

import { control, tryControl } from "./control.mjs";
import { button, byId, element } from "./element.mjs";
import { numberIn, refusalLine } from "./refusal.mjs";
import { countOnTab } from "./tabs.mjs";
import { View } from "./view.mjs";

/** More calls than there will ever be. */
const ALWAYS = 1_000_000_000;

/**
 * @typedef {{ name: string, meaning: string, fault: Partial<Fault>, field?: "code" | "status" | "delayMs" }} Kind
 * @type {readonly Kind[]}
 */
const KINDS = [
  { name: "Throttled", meaning: "refused for its frequency", fault: { kind: "throttle" } },
  { name: "Refused", meaning: "an error with the code", fault: { kind: "error", code: 10002 }, field: "code" },
  { name: "HTTP", meaning: "in place of an answer, the status", fault: { kind: "http", status: 502 }, field: "status" },
  { name: "Call lost", meaning: "the connection closes, nothing is done", fault: { kind: "drop-before" } },
  { name: "Answer lost", meaning: "it is done, then the connection closes", fault: { kind: "drop-after" } },
  {
    name: "Late",
    meaning: "done at once, answered after milliseconds",
    fault: { kind: "delay", delayMs: 2000 },
    field: "delayMs",
  },
  { name: "Garbage", meaning: "HTML in place of the answer", fault: { kind: "garbage" } },
  { name: "Cut off", meaning: "it is done, and half of its answer comes", fault: { kind: "garbage", truncated: true } },
];

export class FaultsView extends View {
  #command = byId("faults-command", HTMLSelectElement);
  #pending = byId("faults-pending", HTMLUListElement);
  #empty = byId("faults-empty", HTMLParagraphElement);
  /** @type {readonly Fault[]} */
  #faults = [];
  /** @type {{ fault: () => Fault, input: HTMLInputElement }[]} */
  #switches = [];
  #dirty = true;

  constructor() {
    super();
    byId("faults-kinds", HTMLUListElement).append(...KINDS.map((kind) => this.#row(kind)));
    byId("faults-clear", HTMLButtonElement).addEventListener("click", () => tryControl("DELETE", "faults"));
    this.#command.addEventListener("input", () => this.#redraw());
  }

  /**
   * @override
   * @param {PageUpdate} update
   */
  take({ start, faults }) {
    if (start !== undefined) {
      for (const command of [...this.#command.options].slice(1)) command.remove();
      this.#command.append(...start.commands.map((command) => element("option", {}, command)));
    }
    if (faults === undefined) return;
    this.#faults = faults;
    this.#dirty = true;
    countOnTab("faults", faults.length);
  }

  /** @override */
  draw() {
    if (!this.#dirty) return;
    this.#dirty = false;
    for (const { fault, input } of this.#switches)
      input.checked = this.#faults.some((each) => isLasting(each, fault()));
    this.#empty.hidden = this.#faults.length > 0;
    this.#pending.replaceChildren(
      ...this.#faults.map((fault) =>
        element(
          "li",
          {},
          element("span", {}, `${describe(fault)}, ${fault.command ?? "any command"}`),
          element("small", {}, (fault.times ?? 1) > ALWAYS / 2 ? "until switched off" : `${fault.times} to come`),
          button("Forget", () => tryControl("DELETE", "faults", fault), { "aria-label": `Forget: ${describe(fault)}` }),
        ),
      ),
    );
  }

  #redraw() {
    this.#dirty = true;
    this.changed();
  }

  /** @param {Kind} kind */
  #row({ name, meaning, fault: facts, field }) {
    const number =
      field &&
      element("input", {
        type: "number",
        class: "number",
        min: 1,
        value: facts[field],
        "aria-label": `${name}: ${field}`,
      });
    const refusal = refusalLine(`fault-${name.replace(" ", "-")}-refusal`, number);
    /** @param {Readonly<Record<string, unknown>>} [more] */
    const ask = async (more) => {
      try {
        if (number) numberIn(number);
        await control("POST", "faults", { ...fault(), ...more });
        refusal.tell();
      } catch (error) {
        refusal.tell(error);
      }
    };
    const fault = () => {
      const command = this.#command.value === "" ? {} : { command: this.#command.value };
      const given = number && field ? { [field]: number.valueAsNumber } : {};
      return /** @type {Fault} */ ({ ...facts, ...given, ...command });
    };
    const input = element("input", { type: "checkbox", role: "switch", "aria-label": `${name}, every call` });
    input.addEventListener("change", async () => {
      await (input.checked
        ? ask({ times: ALWAYS })
        : Promise.all(
            this.#faults.filter((each) => isLasting(each, fault())).map((each) => tryControl("DELETE", "faults", each)),
          ));
      this.#redraw();
    });
    number?.addEventListener("input", () => this.#redraw());
    this.#switches.push({ fault, input });
    return element(
      "li",
      {},
      element("label", {}, input, element("b", {}, name)),
      element("span", { class: "meaning" }, meaning, number && " ", number),
      button("Next call", () => ask(), { "aria-label": `${name}, the next call` }),
      refusal.line,
    );
  }
}

/**
 * Is this the fault that a switch has turned on?
 *
 * @param {Fault} pending
 * @param {Fault} fault
 */
function isLasting({ times = 1, ...pending }, fault) {
  const names = /** @type {(keyof typeof pending)[]} */ ([
    ...new Set([...Object.keys(pending), ...Object.keys(fault)]),
  ]);
  return times > ALWAYS / 2 && names.every((name) => pending[name] === fault[name]);
}

/** A fault in the words of its switch. @param {Fault} fault */
function describe({ kind, code, status, delayMs, truncated = false, perItem, done }) {
  const like = KINDS.find(({ fault }) => fault.kind === kind && (fault.truncated ?? false) === truncated);
  const details = [
    code ?? status ?? (delayMs === undefined ? undefined : `${delayMs} ms`),
    perItem ? "in each item" : undefined,
    done ? "after it is done" : undefined,
  ];
  return [like?.name ?? kind, ...details.filter((detail) => detail !== undefined)].join(" ");
}
