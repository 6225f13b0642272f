/**
 * The one seam at which an answer becomes data or a typed error. HTTP is 200 even for failures and the verdict stands
 * in the body (https://www.tencentcloud.com/document/product/1047/34620); `get_topic` and `destroy_topic` give one
 * verdict per topic, and there the top-level one carries no meaning (…/49469).
 */
import { z } from "zod";
import { type ServiceError, serviceError, UnexpectedAnswerError } from "./errors/index.js";
import { describeTopic } from "./topic-id.js";
import type { HttpAnswer } from "./transport.js";

export interface Call {
  readonly command: string;
  /** What it is about, for messages: `"general" in @TGS#_players`. */
  readonly subject: string;
  readonly host: string;
  /** Where the credentials came from, for errors about them. */
  readonly credentials: string;
}

const text = z.string().default("");

const envelope = z.looseObject({
  ActionStatus: z.string(),
  ErrorCode: z.int(),
  ErrorInfo: text,
  RequestId: z.string().optional(),
});

const importedTopic = z.object({ TopicId: z.string().min(1) });

const itemVerdict = { ErrorCode: z.int().default(0), ErrorInfo: text };

const topicInfo = z.object({
  TopicId: z.string().min(1),
  TopicName: text,
  Introduction: text,
  Notification: text,
  FaceUrl: text,
  CustomString: text,
  CreateTime: z.number().optional(),
  NextMsgSeq: z.number().default(0),
  LastMsgTime: z.number().default(0),
  MuteAllMember: z.enum(["On", "Off"]).optional(),
  // The name in the pages of 2022 and in one SDK (…/49469, revision of 2022-09).
  ShutUpAllFlag: z.number().optional(),
});

const gotTopics = z.object({
  TopicAndSelfInfo: z.array(z.object({ ...itemVerdict, TopicInfo: topicInfo.partial({ TopicId: true }).optional() })),
});

const destroyedTopics = z.object({
  DestroyResultItem: z.array(z.object({ ...itemVerdict, TopicId: z.string().min(1) })),
});

/** A topic as the service has it. Texts that it does not mention are empty. */
export interface LiveTopic {
  readonly topicId: string;
  readonly topicName: string;
  readonly introduction: string;
  readonly notification: string;
  readonly faceUrl: string;
  readonly customString: string;
  /** Unix seconds. */
  readonly createTime: number | undefined;
  readonly muteAllMember: boolean;
  /** The sequence number that the next message gets; 1 in a topic without messages. */
  readonly nextMsgSeq: number;
  /** Unix seconds; 0 in a topic without messages. */
  readonly lastMsgTime: number;
}

/** Were messages sent in it? */
export function isUsed(topic: LiveTopic): boolean {
  return topic.nextMsgSeq > 1 || topic.lastMsgTime > 0;
}

/** Checks the verdict of a command that gives one for the whole call. */
export function readVerdict(answer: HttpAnswer, call: Call): Record<string, unknown> {
  const body = readBody(answer, call);
  if (body.ErrorCode !== 0) throw topLevelError(body, answer, call);
  if (body.ActionStatus !== "OK") throw wrongShape(call, `ActionStatus is “${body.ActionStatus}” without an ErrorCode`);
  return body;
}

/** The id of the imported topic, which must be the one that was asked for, where one was. */
export function readImportedTopicId(answer: HttpAnswer, call: Call, askedFor: string | undefined): string {
  const { data, error } = importedTopic.safeParse(readVerdict(answer, call));
  if (error) throw wrongShape(call, "it names no TopicId");
  if (askedFor !== undefined && data.TopicId !== askedFor) throw wrongShape(call, `it names the id “${data.TopicId}”`);
  return data.TopicId;
}

/** The topics of a `get_topic` answer by id; those that are gone are left out. */
export function readTopics(answer: HttpAnswer, call: Call): Map<string, LiveTopic> {
  const body = readBody(answer, call);
  if (!("TopicAndSelfInfo" in body) && body.ErrorCode !== 0) throw topLevelError(body, answer, call);
  const { data, error } = gotTopics.safeParse(body);
  // An answer without the list is never taken for "there are no topics": a refresh would then forget them all.
  if (error) throw wrongShape(call, z.prettifyError(error).replaceAll("\n", " "));

  const topics = new Map<string, LiveTopic>();
  for (const item of data.TopicAndSelfInfo) {
    if (item.ErrorCode !== 0) {
      const itemError = errorOfItem(item, item.TopicInfo?.TopicId, call);
      if (itemError.code === "NOT_FOUND") continue;
      throw itemError;
    }
    const info = item.TopicInfo;
    if (info?.TopicId === undefined) throw wrongShape(call, "an item has neither an error nor a TopicId");
    topics.set(info.TopicId, {
      topicId: info.TopicId,
      topicName: info.TopicName,
      introduction: info.Introduction,
      notification: info.Notification,
      faceUrl: info.FaceUrl,
      customString: info.CustomString,
      createTime: info.CreateTime,
      muteAllMember: info.MuteAllMember === "On" || info.ShutUpAllFlag === 1,
      nextMsgSeq: info.NextMsgSeq,
      lastMsgTime: info.LastMsgTime,
    });
  }
  return topics;
}

/** What became of each id of a `destroy_topic`: undefined for destroyed. */
export function readDestroyed(answer: HttpAnswer, call: Call): Map<string, ServiceError | undefined> {
  const body = readBody(answer, call);
  if (!("DestroyResultItem" in body) && body.ErrorCode !== 0) throw topLevelError(body, answer, call);
  const { data, error } = destroyedTopics.safeParse(body);
  if (error) throw wrongShape(call, z.prettifyError(error).replaceAll("\n", " "));
  return new Map(
    data.DestroyResultItem.map((item) => [
      item.TopicId,
      item.ErrorCode === 0 ? undefined : errorOfItem(item, item.TopicId, call),
    ]),
  );
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

function wrongShape(call: Call, reason: string): UnexpectedAnswerError {
  return new UnexpectedAnswerError(describe(call), call.host, reason, WRONG_SHAPE_RETRIES);
}

function describe(call: Call): string {
  return `${call.command} ${call.subject}`;
}

function errorOfItem(item: { ErrorCode: number; ErrorInfo: string }, id: string | undefined, call: Call): ServiceError {
  const subject = id === undefined ? call.subject : describeTopic(id);
  return serviceError({ command: call.command, subject, serviceCode: item.ErrorCode, vendorText: item.ErrorInfo });
}

/** Clocks further apart than this can make a signature invalid, in seconds; below it they are no explanation. */
const CLOCK_TOLERANCE_SECONDS = 60;

function topLevelError(body: z.infer<typeof envelope>, answer: HttpAnswer, call: Call): ServiceError {
  return serviceError({
    command: call.command,
    subject: call.subject,
    serviceCode: body.ErrorCode,
    vendorText: body.ErrorInfo,
    requestId: body.RequestId,
    hint: isAboutCredentials(body.ErrorCode) ? credentialsHint(answer, call) : undefined,
  });
}

function isAboutCredentials(code: number): boolean {
  return (code >= 70000 && code < 71000) || code === 60004 || code === 60005 || code === 60010;
}

function credentialsHint(answer: HttpAnswer, call: Call): string {
  const seconds = answer.serverTime === undefined ? 0 : Math.round((Date.now() - answer.serverTime) / 1000);
  const clock = `This machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} the server's: set it right.`;
  return `${call.credentials}.${Math.abs(seconds) < CLOCK_TOLERANCE_SECONDS ? "" : ` ${clock}`}`;
}
