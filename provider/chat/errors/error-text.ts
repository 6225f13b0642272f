/** The facts of an error, and the one form in which they become a sentence. */

/** The attempts that a call took, all together. */
export interface Attempts {
  readonly count: number;
  /** May one of them have taken effect although it failed? */
  readonly outcomeUnknown: boolean;
}

export interface ErrorFacts {
  /** What it happened to, as a sentence starts with it: `Topic "general" in @TGS#_players`. */
  readonly subject: string;
  /** What happened, the rest of the sentence without its full stop: ` was not destroyed: it has messages`. */
  readonly problem: string;
  /** Whole sentences that explain it. */
  readonly explanation?: string | undefined;
  /** What the user can do, without a full stop. */
  readonly remedy?: string | undefined;
  /** The service's name for the request, for its support. */
  readonly requestId?: string | undefined;
  readonly attempts?: Attempts | undefined;
  readonly cause?: Error | undefined;
}

/** The error as one text: what happened, why, what to do. */
export function errorText(facts: ErrorFacts): string {
  const { remedy, requestId, attempts } = facts;
  const happened = whatHappened(facts);
  const parts = [
    ...(remedy === undefined ? [] : [`What to do: ${remedy}.`]),
    ...(requestId === undefined ? [] : [`[RequestId ${requestId}]`]),
    ...(attempts === undefined || attempts.count < 2 ? [] : [`(Tried ${attempts.count} times.)`]),
  ];
  return [happened, ...parts].join(happened.includes("\n") ? "\n" : " ");
}

/** The error without its remedy. */
export function whatHappened({ subject, problem, explanation }: ErrorFacts): string {
  return `${sentence(`${subject}${problem}`)}${explanation === undefined ? "" : ` ${explanation}`}`;
}

/** A problem may end in a sentence of somebody else's. */
function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
