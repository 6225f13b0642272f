/** Topics as they are given to the API, and as they are in the app. In a file without zod, which a preview need not load for them. */

/** What a topic is made with. */
export interface TopicFields {
  readonly topicName: string;
  readonly introduction?: string | undefined;
  readonly notification?: string | undefined;
  readonly faceUrl?: string | undefined;
  readonly customString?: string | undefined;
  readonly muteAllMember?: boolean | undefined;
  /** Unix seconds. */
  readonly createTime?: number | undefined;
  readonly fromAccount?: string | undefined;
}

/** The fields that can be changed later. */
export type TopicChanges = Partial<Omit<TopicFields, "createTime" | "fromAccount">>;

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
