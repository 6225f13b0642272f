/** What is changed of a topic, within the byte limits of the API; a field that is left out stays. */
export interface TopicEdit {
  /** The topic's name. */
  readonly topicName?: string | undefined;
  /** An empty text clears it. */
  readonly introduction?: string | undefined;
  /** An empty text clears it. */
  readonly notification?: string | undefined;
  /** An empty text clears it. */
  readonly faceUrl?: string | undefined;
  /** An empty text clears it. */
  readonly customString?: string | undefined;
  /** `true`: members cannot write. */
  readonly muteAllMember?: boolean | undefined;
}
