/**
 * A call that the emulator refuses. Every check throws one; the backend makes the answer from it.
 */

import { ERROR_CODES } from "../chat/error-codes.js";

export class Refusal extends Error {
  /** The `ErrorCode` of the answer. */
  readonly code: number;

  /** `detail` says what is wrong with this call; without it the answer says what the code means. */
  constructor(code: number, detail?: string) {
    super(detail ?? codeText(code));
    this.code = code;
  }
}

/** What a code means, for an `ErrorInfo`. */
export function codeText(code: number): string {
  return ERROR_CODES[code]?.meaning ?? `error ${code}`;
}
