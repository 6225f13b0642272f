/**
 * What a test can ask to go wrong.
 */

import type { Command } from "../chat/commands.js";

/**
 * How calls go wrong.
 *
 * - `throttle`: refused for its frequency, with `code` or the rule `throttleCode`.
 * - `error`: refused with `code`; with `perItem` the call goes through and each of its items carries the code.
 * - `http`: the HTTP status `status` (with `body`, or a short text) in place of an answer.
 * - `drop-before`: the connection closes, nothing was done.
 * - `drop-after`: the command is done, then the connection closes.
 * - `delay`: the command is done at once, its answer comes `delayMs` later.
 * - `garbage`: `body` (default: a page of HTML) in place of the answer; with `truncated` the command is done, and the
 *   connection closes in the middle of its real answer.
 *
 * @example
 * ```ts
 * import type { Fault } from "pulumi-tencent-chat/emulator";
 *
 * export const lostAnswer: Fault = { kind: "drop-after", command: "import_topic" };
 * export const busyService: Fault = { kind: "error", code: 10002, times: 3 };
 * export const slowAnswers: Fault = { kind: "delay", delayMs: 2_000, times: 10 };
 * ```
 */
export interface Fault {
  /** What goes wrong, see above. */
  readonly kind: "throttle" | "error" | "http" | "drop-before" | "drop-after" | "delay" | "garbage";
  /** The command whose calls go wrong. Default: any. */
  readonly command?: Command;
  /** How many calls go wrong. Default: 1. */
  readonly times?: number;
  /** The `ErrorCode`; required by `error`. */
  readonly code?: number;
  /** The HTTP status, 300 … 599; required by `http`. */
  readonly status?: number;
  /** Milliseconds; required by `delay`. */
  readonly delayMs?: number;
  /** With `error` on `get_topic`, `destroy_topic` or `get_group_info`: the code stands in each item, and nothing is destroyed. */
  readonly perItem?: boolean;
  /** What is sent in place of an answer, with `http` and `garbage`. */
  readonly body?: string;
  /** With `garbage`: cut the real answer in half. */
  readonly truncated?: boolean;
  /** With `http` and `garbage`: the command is done before its answer is lost. Default: false. */
  readonly done?: boolean;
}
