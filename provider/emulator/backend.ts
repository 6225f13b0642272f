/**
 * The emulator without HTTP: it answers calls of the REST API, with faults where a test asked for them, and has all that
 * one emulator keeps in memory.
 */

import { type Answer, refusalAnswer, successAnswer } from "./answer.js";
import { commandFor } from "./commands/dispatch.js";
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
export interface IncomingCall {
  readonly method: string;
  readonly service: string;
  readonly command: string;
  readonly query: URLSearchParams;
  /** The body's bytes. */
  readonly body: Uint8Array;
}

/** How HTTP answers a call. */
export interface HttpReply {
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
  /** Called after every change of the stored data. */
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

  /** How many changes of the stored data there were: who saw another number before has something new to read. */
  get revision(): number {
    return this.changes;
  }

  /** To be called after every change of the stored data. */
  changed(): void {
    this.changes += 1;
    this.options.changed();
  }

  /** Replaces all stored data; log, faults and the counted calls are cleared. */
  reset(seed: Seed): void {
    this.store = new Store(seed, this.nowSeconds());
    this.faults.clear();
    this.log.clear();
    this.frequency.clear();
    this.changed();
  }

  /** Answers a call of the REST API, and logs it. */
  handle(call: IncomingCall): HttpReply {
    const time = this.now();
    const body = parseBody(call.body);
    const fault = this.faults.take(call.command);
    const answer = this.answerWithFault(fault, call, body);
    const reply = this.reply(fault, answer);
    this.log.add({
      time,
      app: sdkAppIdForLog(call.query),
      command: call.command,
      bodyJson: bodyForLog(body.text, body.isJson),
      code: answer?.code ?? null,
      status: reply.status,
      about: aboutOf(body.value),
      reason: answer?.reason ?? "",
    });
    return reply;
  }

  /** What the command answers; undefined where the fault stops the call before the command. */
  private answerWithFault(fault: Fault | undefined, call: IncomingCall, body: Body): Answer | undefined {
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

  private answer(call: IncomingCall, body: Body, itemCode?: number): Answer {
    const { rules } = this;
    try {
      const command = commandFor(call.service, call.command, rules);
      if (command === undefined) throw new Refusal(rules.unknownCommandCode);
      if (call.method !== "POST") throw new Refusal(60008, "the HTTP method is not POST");
      const now = this.nowSeconds();
      const app = authenticate(call.query, this.store, rules, now);
      const callsPerSecond = callsPerSecondOf(call.command, rules);
      if (rules.enforceFrequency && !this.frequency.admit(app.sdkAppId, call.command, callsPerSecond)) {
        throw new Refusal(rules.throttleCode, `over ${callsPerSecond} calls of ${call.command} a second`);
      }
      const { random } = this.options;
      try {
        return successAnswer(command.run({ app, body: requireObject(body), rules, now, random, itemCode }), rules);
      } finally {
        if (command.writes) this.changed();
      }
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, rules);
      throw error;
    }
  }

  private reply(fault: Fault | undefined, answer: Answer | undefined): HttpReply {
    const normal = { status: 200, contentType: JSON_TYPE, truncated: false, delayMs: this.rules.latencyMs };
    switch (fault?.kind) {
      case "drop-before":
      case "drop-after":
        return { ...normal, status: 0, text: "" };
      case "http":
        return { ...normal, status: fault.status ?? 502, contentType: "text/plain", text: fault.body ?? "a fault\n" };
      case "garbage":
        if (fault.truncated) return { ...normal, truncated: true, text: answer?.text ?? "" };
        return fault.body === undefined
          ? { ...normal, contentType: "text/html", text: GARBAGE }
          : { ...normal, text: fault.body };
      case "delay":
        return { ...normal, delayMs: normal.delayMs + (fault.delayMs ?? 0), text: answer?.text ?? "" };
      default:
        return { ...normal, text: answer?.text ?? "" };
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

/** The topic ids, or else the community ids, in a body, for one line: the first one, and how many more there are. */
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
