/**
 * The only place where a result code becomes data or a typed error. HTTP is 200 even for failures and the verdict
 * stands in the body (https://www.tencentcloud.com/document/product/1047/34620); some commands give one for each item.
 */
import { z } from "zod";
import type { Command } from "./commands.js";
import { errorCodeFacts, isAboutCredentials } from "./error-codes.js";
import { type ServiceError, serviceError, UnexpectedAnswerError } from "./errors/index.js";
import type { HttpAnswer } from "./transport.js";

/** Which call an answer belongs to. */
export interface CallContext {
  readonly command: Command;
  /** What it is about, for messages: `"general" in @TGS#_players`. */
  readonly subject: string;
  readonly host: string;
}

/** A text that the service may leave out. */
export const textOrEmpty = z.string().default("");

const envelope = z.looseObject({
  ActionStatus: z.string(),
  ErrorCode: z.int(),
  ErrorInfo: textOrEmpty,
  RequestId: z.string().optional(),
});

/** The verdict of an item of a list. */
export const itemVerdict = { ErrorCode: z.int().default(0), ErrorInfo: textOrEmpty };

/** Checks the verdict of a command that gives one for the whole call. */
export function readVerdict(answer: HttpAnswer, call: CallContext): Record<string, unknown> {
  const body = readBody(answer, call);
  if (body.ErrorCode !== 0) throw topLevelError(body, answer, call);
  if (body.ActionStatus !== "OK") throw wrongShape(call, `ActionStatus is “${body.ActionStatus}” without an ErrorCode`);
  return body;
}

/**
 * The id that the service gave to what was imported.
 *
 * @param askedFor The one that it must be, where the program chose it.
 */
export function readImportedId(
  answer: HttpAnswer,
  call: CallContext,
  name: string,
  askedFor: string | undefined,
): string {
  const id = readVerdict(answer, call)[name];
  if (typeof id !== "string" || id === "") throw wrongShape(call, `it names no ${name}`);
  if (askedFor !== undefined && id !== askedFor) throw wrongShape(call, `it names the id “${id}”`);
  return id;
}

/** Reads an answer whose list `name` has a verdict per item; the one for the call then carries no meaning. */
export function readItems<S extends z.ZodType>(
  answer: HttpAnswer,
  call: CallContext,
  name: string,
  shape: S,
): z.infer<S> {
  const body = readBody(answer, call);
  const list = body[name];
  // Where no item has a verdict of its own, the one for the call is all there is.
  if (body.ErrorCode !== 0 && !(Array.isArray(list) && list.length > 0)) throw topLevelError(body, answer, call);
  const { data, error } = shape.safeParse(body);
  // An answer without the list is never taken for an empty one: a refresh would then forget everything.
  if (error) throw wrongShape(call, z.prettifyError(error).replaceAll("\n", " "));
  return data;
}

function readBody(answer: HttpAnswer, call: CallContext): z.infer<typeof envelope> {
  if (answer.status !== 200) throw httpFailure(answer, call);
  let json: unknown;
  try {
    json = JSON.parse(answer.text);
  } catch {
    throw wrongShape(call, answer.text === "" ? "it is empty" : "it is not JSON, or cut off");
  }
  const { data, error } = envelope.safeParse(json);
  if (error) throw wrongShape(call, z.prettifyError(error).replaceAll("\n", " "));
  return data;
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-503-service-unavailable and https://www.rfc-editor.org/rfc/rfc6585#section-4 */
const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
const REQUEST_TIMEOUT = 408;

/** An HTTP error status in place of an answer of the API: the gateway is too busy, has failed, or knows no such path. */
function httpFailure({ status, retryAfterMs = 0 }: HttpAnswer, call: CallContext): UnexpectedAnswerError {
  const isBusy = status === TOO_MANY_REQUESTS || status === UNAVAILABLE;
  const isRetriable = status >= 500 || status === REQUEST_TIMEOUT || isBusy;
  return new UnexpectedAnswerError({
    call: describeCall(call),
    host: call.host,
    reason: `HTTP status ${status}`,
    maxRetries: isRetriable ? undefined : 0,
    busyMs: isBusy ? retryAfterMs : undefined,
    outcomeUnknown: status !== TOO_MANY_REQUESTS,
  });
}

/** An answer of another shape may be an accident on the way: tried again, but not for long. */
const WRONG_SHAPE_RETRIES = 3;

export function wrongShape(call: CallContext, reason: string): UnexpectedAnswerError {
  return new UnexpectedAnswerError({
    call: describeCall(call),
    host: call.host,
    reason,
    maxRetries: WRONG_SHAPE_RETRIES,
  });
}

function describeCall({ command, subject }: CallContext): string {
  return `${command} ${subject}`;
}

/** The error of an item; `subject` where it says what it is about. */
export function errorOfItem(
  item: { readonly ErrorCode: number; readonly ErrorInfo: string },
  subject: string | undefined,
  call: CallContext,
): ServiceError {
  return serviceError({
    command: call.command,
    subject: subject ?? call.subject,
    serviceCode: item.ErrorCode,
    vendorText: item.ErrorInfo,
  });
}

/** Clocks further apart than this can make a signature invalid, in seconds; below it they are no explanation. */
export const CLOCK_TOLERANCE_SECONDS = 60;

function topLevelError(body: z.infer<typeof envelope>, answer: HttpAnswer, call: CallContext): ServiceError {
  return serviceError({
    command: call.command,
    subject: call.subject,
    serviceCode: body.ErrorCode,
    vendorText: body.ErrorInfo,
    requestId: body.RequestId,
    clock: isAboutCredentials(errorCodeFacts(body.ErrorCode)) ? describeClock(answer) : undefined,
  });
}

function describeClock({ serverTime }: HttpAnswer): string | undefined {
  const seconds = serverTime === undefined ? 0 : Math.round((Date.now() - serverTime) / 1000);
  if (Math.abs(seconds) < CLOCK_TOLERANCE_SECONDS) return undefined;
  return `This machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} the server's: set it right.`;
}
