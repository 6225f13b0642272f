/**
 * The text of an answer: the envelope that every command shares, then the command's own fields.
 * Source: https://www.tencentcloud.com/document/product/1047/34620; the 1 MB limit …/34348 (10018).
 */

import { randomUUID } from "node:crypto";
import type { AnswerFields } from "./commands/command-call.js";
import { Refusal } from "./refusal.js";
import type { Rules } from "./rules.js";

/** An answer's code, and the answer as JSON text. */
export interface Answer {
  readonly code: number;
  readonly text: string;
  /** Why it is a refusal; empty when it is none. */
  readonly reason: string;
}

/** The answer to a call that was done; over the size limit it becomes a refusal. */
export function successAnswer(fields: AnswerFields, rules: Rules): Answer {
  const text = JSON.stringify({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, ...requestId(rules), ...fields });
  if (Buffer.byteLength(text, "utf8") > rules.maxAnswerBytes) return refusalAnswer(new Refusal(10018), rules);
  return { code: 0, text, reason: "" };
}

/** The answer to a call that was refused. */
export function refusalAnswer(refusal: Refusal, rules: Rules): Answer {
  const { code, message } = refusal;
  const text = JSON.stringify({ ActionStatus: "FAIL", ErrorInfo: message, ErrorCode: code, ...requestId(rules) });
  return { code, text, reason: message };
}

function requestId(rules: Rules): AnswerFields {
  return rules.requestId ? { RequestId: randomUUID() } : {};
}
