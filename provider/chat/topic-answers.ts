/**
 * Answers about topics as data or typed errors. `get_topic` and `destroy_topic` give one verdict per topic, and there the
 * top-level one carries no meaning (https://www.tencentcloud.com/document/product/1047/49469).
 */
import { z } from "zod";
import { NotFoundError, type ServiceError, ThrottledError, UnavailableError } from "./errors/index.js";
import type { LiveTopic } from "./topic.js";
import { describeTopic } from "./topic-id.js";
import type { HttpAnswer } from "./transport.js";
import {
  type CallContext,
  errorOfItem,
  itemVerdict,
  readImportedId,
  readItems,
  textOrEmpty,
  wrongShape,
} from "./verdicts.js";

const topicInfo = z.object({
  TopicId: z.string().min(1),
  TopicName: textOrEmpty,
  Introduction: textOrEmpty,
  Notification: textOrEmpty,
  FaceUrl: textOrEmpty,
  CustomString: textOrEmpty,
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

/** The id of the imported topic, which must be the one that was asked for, where one was. */
export function readImportedTopicId(answer: HttpAnswer, call: CallContext, askedFor: string | undefined): string {
  return readImportedId(answer, call, "TopicId", askedFor);
}

/** The topics of a `get_topic` answer by id; those that are gone are left out. */
export function readTopics(answer: HttpAnswer, call: CallContext): Map<string, LiveTopic> {
  const { TopicAndSelfInfo } = readItems(answer, call, "TopicAndSelfInfo", gotTopics);
  const topics = new Map<string, LiveTopic>();
  for (const item of TopicAndSelfInfo) {
    if (item.ErrorCode !== 0) {
      const itemError = errorOfItem(item, subjectOf(item.TopicInfo?.TopicId), call);
      if (itemError instanceof NotFoundError) continue;
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

/**
 * What became of each id of a `destroy_topic`: undefined for destroyed.
 *
 * @throws The verdict of a topic that failed for a moment only: the whole call is sent again then, and topics that it has
 * destroyed count as not found.
 */
export function readDestroyed(answer: HttpAnswer, call: CallContext): Map<string, ServiceError | undefined> {
  const { DestroyResultItem } = readItems(answer, call, "DestroyResultItem", destroyedTopics);
  const verdicts = DestroyResultItem.map((item) => {
    const error = item.ErrorCode === 0 ? undefined : errorOfItem(item, subjectOf(item.TopicId), call);
    if (error instanceof ThrottledError || error instanceof UnavailableError) throw error;
    return [item.TopicId, error] as const;
  });
  return new Map(verdicts);
}

function subjectOf(topicId: string | undefined): string | undefined {
  return topicId === undefined ? undefined : describeTopic(topicId);
}
