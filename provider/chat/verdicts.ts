/**
 * The one seam at which an answer's verdict becomes data or a typed error. HTTP is 200 even for failures and the verdict
 * stands in the body (https://www.tencentcloud.com/document/product/1047/34620); some commands give one for each item.
 */
import { z } from "zod";
import { isAboutCredentials } from "./error-codes.js";
import { type ServiceError, serviceError, UnexpectedAnswerError } from "./errors/index.js";
import type { HttpAnswer } from "./transport.js";

export interface Call {
  readonly command: string;
  /** What it is about, for messages: `"general" in @TGS#_players`. */
  readonly subject: string;
  readonly host: string;
  /** Where the credentials came from, for errors about them. */
  readonly credentials: string;
  /** By code: a fact that only this call knows and that explains its refusal. */
  readonly hints?: Readonly<Record<number, string>> | undefined;
}

/** A text that the service may leave out. */
export const text = z.string().default("");

const envelope = z.looseObject({
  ActionStatus: z.string(),
  ErrorCode: z.int(),
  ErrorInfo: text,
  RequestId: z.string().optional(),
});

/** The verdict of an item of a list. */
export const itemVerdict = { ErrorCode: z.int().default(0), ErrorInfo: text };

/** Checks the verdict of a command that gives one for the whole call. */
export function readVerdict(answer: HttpAnswer, call: Call): Record<string, unknown> {
  const body = readBody(answer, call);
  if (body.ErrorCode !== 0) throw topLevelError(body, answer, call);
  if (body.ActionStatus !== "OK") throw wrongShape(call, `ActionStatus is “${body.ActionStatus}” without an ErrorCode`);
  return body;
}

/** Reads an answer whose list `name` has a verdict per item; the one for the call then carries no meaning. */
export function readItems<S extends z.ZodType>(answer: HttpAnswer, call: Call, name: string, shape: S): z.infer<S> {
  const body = readBody(answer, call);
  const list = body[name];
  // Where no item has a verdict of its own, the one for the call is all there is.
  if (body.ErrorCode !== 0 && !(Array.isArray(list) && list.length > 0)) throw topLevelError(body, answer, call);
  const { data, error } = shape.safeParse(body);
  // An answer without the list is never taken for an empty one: a refresh would then forget everything.
  if (error) throw wrongShape(call, z.prettifyError(error).replaceAll("\n", " "));
  return data;
}

function readBody(answer: HttpAnswer, call: Call): z.infer<typeof envelope> {
  if (answer.status !== 200) {
    const retriable = answer.status >= 500 || answer.status === 408 || answer.status === 429;
    throw new UnexpectedAnswerError(
      describe(call),
      call.host,
      `HTTP status ${answer.status}`,
      retriable ? Number.POSITIVE_INFINITY : 0,
    );
  }
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

/** An answer of another shape may be an accident on the way: tried again, but not for long. */
const WRONG_SHAPE_RETRIES = 3;

export function wrongShape(call: Call, reason: string): UnexpectedAnswerError {
  return new UnexpectedAnswerError(describe(call), call.host, reason, WRONG_SHAPE_RETRIES);
}

function describe(call: Call): string {
  return `${call.command} ${call.subject}`;
}

/** The error of an item; `subject` where it says what it is about. */
export function errorOfItem(
  item: { readonly ErrorCode: number; readonly ErrorInfo: string },
  subject: string | undefined,
  call: Call,
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

function topLevelError(body: z.infer<typeof envelope>, answer: HttpAnswer, call: Call): ServiceError {
  return serviceError({
    command: call.command,
    subject: call.subject,
    serviceCode: body.ErrorCode,
    vendorText: body.ErrorInfo,
    requestId: body.RequestId,
    hint: isAboutCredentials(body.ErrorCode) ? credentialsHint(answer, call) : call.hints?.[body.ErrorCode],
  });
}

function credentialsHint(answer: HttpAnswer, call: Call): string {
  const seconds = answer.serverTime === undefined ? 0 : Math.round((Date.now() - answer.serverTime) / 1000);
  const clock = `This machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} the server's: set it right.`;
  return `${call.credentials}.${Math.abs(seconds) < CLOCK_TOLERANCE_SECONDS ? "" : ` ${clock}`}`;
}
