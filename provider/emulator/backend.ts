/**
 * The emulator without its HTTP: takes a call of the REST API and says what becomes of it, faults included. Everything
 * one emulator has in memory hangs here, and the control endpoints reach it through here.
 */

import { type Answer, refusalAnswer, successAnswer } from "./answer.js";
import { answeringFor } from "./commands/dispatch.js";
import type { Fault } from "./fault.js";
import { Faults } from "./faults.js";
import { callsPerSecondOf, Frequency } from "./frequency.js";
import { authenticate } from "./gateway.js";
import { codeText, Refusal } from "./refusal.js";
import { bodyForLog, RequestLog } from "./request-log.js";
import type { Rules } from "./rules.js";
import type { Seed } from "./seed.js";
import { Store } from "./store.js";

/** A call of the REST API as HTTP brought it. */
export interface RestCall {
  readonly method: string;
  readonly service: string;
  readonly command: string;
  readonly query: URLSearchParams;
  /** The body's bytes. */
  readonly body: Uint8Array;
}

/** What HTTP has to do with a call. */
export interface Outcome {
  /** The status, or 0: close the connection without an answer. */
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** Close the connection in the middle of `text`. */
  readonly truncated: boolean;
  /** Milliseconds to wait before all of this. */
  readonly delayMs: number;
}

export interface BackendOptions {
  readonly seed: Seed;
  readonly rules: Rules;
  /** The machine's clock, Unix milliseconds. */
  readonly now: () => number;
  /** A clock in milliseconds that never goes back. */
  readonly monotonic: () => number;
  readonly random: () => number;
  /** Called after every change of what is held. */
  readonly changed: () => void;
}

const JSON_TYPE = "application/json";
const GARBAGE = "<html><head><title>Welcome</title></head><body>This is not the service.</body></html>\n";

export class Backend {
  store: Store;
  rules: Rules;
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly frequency: Frequency;
  private changes = 0;

  constructor(private readonly options: BackendOptions) {
    this.rules = options.rules;
    this.store = new Store(options.seed, this.nowSeconds());
    this.frequency = new Frequency(options.monotonic);
  }

  /** The machine's clock, Unix milliseconds. */
  now(): number {
    return this.options.now();
  }

  /** The emulator's clock, Unix seconds. */
  nowSeconds(): number {
    return Math.floor(this.now() / 1000 + this.rules.clockOffsetSeconds);
  }

  /** Another number after every change of what is held. */
  get revision(): number {
    return this.changes;
  }

  /** To be called after every change of what is held. */
  changed(): void {
    this.changes += 1;
    this.options.changed();
  }

  /** Replaces everything that is held; log, faults and the counted calls go. */
  reset(seed: Seed): void {
    this.store = new Store(seed, this.nowSeconds());
    this.faults.clear();
    this.log.clear();
    this.frequency.clear();
    this.changed();
  }

  /** Does a call of the REST API, as far as faults let it, and logs it. */
  handle(call: RestCall): Outcome {
    const time = this.now();
    const body = parseBody(call.body);
    const fault = this.faults.take(call.command);
    const answer = this.answerUnder(fault, call, body);
    const outcome = this.outcome(fault, answer);
    this.log.add({
      time,
      app: sdkAppIdForLog(call.query),
      command: call.command,
      bodyJson: bodyForLog(body.text, body.isJson),
      code: answer?.code ?? null,
      status: outcome.status,
      about: aboutOf(body.value),
      reason: answer?.reason ?? "",
    });
    return outcome;
  }

  /** The service's own answer; undefined where the fault keeps the call from reaching it. */
  private answerUnder(fault: Fault | undefined, call: RestCall, body: Body): Answer | undefined {
    switch (fault?.kind) {
      case "throttle":
        return this.refuse(fault.code ?? this.rules.throttleCode);
      case "error":
        return fault.perItem ? this.answer(call, body, fault.code) : this.refuse(fault.code ?? 10002);
      case "drop-before":
        return undefined;
      case "http":
      case "garbage":
        return fault.done || fault.truncated ? this.answer(call, body) : undefined;
      default:
        return this.answer(call, body);
    }
  }

  private refuse(code: number): Answer {
    return refusalAnswer(new Refusal(code, `${codeText(code)} (a fault that was asked for)`), this.rules);
  }

  private answer(call: RestCall, body: Body, itemCode?: number): Answer {
    const { rules } = this;
    try {
      const answering = answeringFor(call.service, call.command, rules);
      if (answering === undefined) throw new Refusal(rules.unknownCommandCode);
      if (call.method !== "POST") throw new Refusal(60008, "the HTTP method is not POST");
      const now = this.nowSeconds();
      const app = authenticate(call.query, this.store, rules, now);
      const callsPerSecond = callsPerSecondOf(call.command, rules);
      if (rules.enforceFrequency && !this.frequency.admit(app.sdkAppId, call.command, callsPerSecond)) {
        throw new Refusal(rules.throttleCode, `over ${callsPerSecond} calls of ${call.command} a second`);
      }
      const { random } = this.options;
      try {
        return successAnswer(
          answering.handler({ app, body: requireObject(body), rules, now, random, itemCode }),
          rules,
        );
      } finally {
        if (answering.writes) this.changed();
      }
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, rules);
      throw error;
    }
  }

  private outcome(fault: Fault | undefined, answer: Answer | undefined): Outcome {
    const usual = { status: 200, contentType: JSON_TYPE, truncated: false, delayMs: this.rules.latencyMs };
    switch (fault?.kind) {
      case "drop-before":
      case "drop-after":
        return { ...usual, status: 0, text: "" };
      case "http":
        return { ...usual, status: fault.status ?? 502, contentType: "text/plain", text: fault.body ?? "a fault\n" };
      case "garbage":
        if (fault.truncated) return { ...usual, truncated: true, text: answer?.text ?? "" };
        return fault.body === undefined
          ? { ...usual, contentType: "text/html", text: GARBAGE }
          : { ...usual, text: fault.body };
      case "delay":
        return { ...usual, delayMs: usual.delayMs + (fault.delayMs ?? 0), text: answer?.text ?? "" };
      default:
        return { ...usual, text: answer?.text ?? "" };
    }
  }
}

interface Body {
  readonly text: string;
  readonly isJson: boolean;
  readonly value: unknown;
}

function parseBody(bytes: Uint8Array): Body {
  const text = Buffer.from(bytes).toString("utf8");
  try {
    // Bytes that are not UTF-8 are not JSON.
    return { text, isJson: true, value: JSON.parse(new TextDecoder("utf8", { fatal: true }).decode(bytes)) };
  } catch {
    return { text, isJson: false, value: undefined };
  }
}

function requireObject(body: Body): Readonly<Record<string, unknown>> {
  if (!body.isJson) throw new Refusal(60003, "the request's body is not JSON");
  if (typeof body.value !== "object" || body.value === null || Array.isArray(body.value)) {
    throw new Refusal(60003, "the request's body is not a JSON object");
  }
  return body.value as Readonly<Record<string, unknown>>;
}

const MAX_ABOUT_CHARACTERS = 200;

/** What a body names, topics before communities, in a line: the first id, and how many there are beside it. */
function aboutOf(value: unknown): string {
  const body = Object(value) as Readonly<Record<string, unknown>>;
  const named = body.TopicIdList ?? body.TopicId ?? body.GroupIdList ?? body.GroupId;
  const [first, ...others] = (Array.isArray(named) ? named : [named]).filter((id) => typeof id === "string");
  if (first === undefined) return "";
  return first.slice(0, MAX_ABOUT_CHARACTERS) + (others.length > 0 ? ` and ${others.length} more` : "");
}

function sdkAppIdForLog(query: URLSearchParams): number | null {
  const text = query.get("sdkappid") ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
