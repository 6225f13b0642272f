/** The fields of a topic that two environments are compared by: what a user of the community meets. */
export const COMPARED_FIELDS = [
  "topicName",
  "introduction",
  "notification",
  "faceUrl",
  "customString",
  "muteAllMember",
] as const;
