/** What is changed of a topic; a field that is left out stays. */
export interface TopicEdit {
  readonly topicName?: string | undefined;
  readonly introduction?: string | undefined;
  readonly notification?: string | undefined;
  readonly faceUrl?: string | undefined;
  readonly customString?: string | undefined;
  readonly muteAllMember?: boolean | undefined;
}
