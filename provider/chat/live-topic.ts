/** A topic in the app. Apart from the schemas of answers, which a preview need not load. */

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
