/**
 * What the API accepts: lengths in bytes of UTF-8 (a Chinese character is 3), id rules, quotas. Plain data, shared
 * with the emulator; the rules that read it are elsewhere.
 *
 * The REST pages say 30, 240, 300, 100 and 3,000 bytes; the vendor's newer client SDKs name larger limits for the same
 * texts. What the service enforces for an app can therefore be higher, and the setting `byteLimits` raises single ones.
 */

/** A text whose length in bytes is limited, by the name that the setting `byteLimits` uses. */
export type LimitedText =
  | "topicName"
  | "introduction"
  | "notification"
  | "faceUrl"
  | "customString"
  | "communityName"
  | "communityIntroduction"
  | "communityNotification"
  | "communityFaceUrl";

/** The longest texts, in bytes of UTF-8. */
export type ByteLimits = Readonly<Record<LimitedText, number>>;

/**
 * Topics: https://www.tencentcloud.com/document/product/1047/53448 (import) and …/49468 (modify).
 * Communities: https://www.tencentcloud.com/document/product/1047/34895 and …/34381.
 */
export const BYTE_LIMITS: ByteLimits = {
  topicName: 30,
  introduction: 240,
  notification: 300,
  faceUrl: 100,
  customString: 3000,
  communityName: 30,
  communityIntroduction: 240,
  communityNotification: 300,
  communityFaceUrl: 100,
};

/** Topic and group ids, https://www.tencentcloud.com/document/product/1047/33529. */
export const ID_RULES = {
  /** A community's id starts with this. */
  communityPrefix: "@TGS#_",
  /** Stands between a community's id and the topic key. */
  topicSeparator: "@TOPIC#_",
  /** With the separator before it, the form that the service reserves for the ids it assigns. */
  reservedKeyStart: "@TOPIC#",
  /** Longest community id, in bytes. The English page says "less than 48", the Chinese one "at most 48". */
  maxGroupIdBytes: 48,
  /** Longest topic id, the community's id included, in bytes. */
  maxTopicIdBytes: 96,
  /** With the prefix of communities before it, the form of the group ids that the service assigns. */
  assignedGroupIdStart: "@TGS#",
  /** All characters of an id are printable ASCII; the space belongs to them. */
  characters: /^[\x20-\x7e]*$/,
} as const;

/** Topics in one community, https://www.tencentcloud.com/document/product/1047/34381 (2023; newer value unknown). */
export const MAX_TOPICS_PER_COMMUNITY = 200;

/**
 * Members that one community may have: 100,000, and on request up to 1,000,000 in the largest edition
 * (https://www.tencentcloud.com/document/product/1047/34967 and https://cloud.tencent.com/document/product/269/9346).
 */
export const MAX_MEMBERS_PER_COMMUNITY = { documented: 100_000, onRequest: 1_000_000 } as const;

/** The most members of a group imported without `MaxMemberCount`, https://www.tencentcloud.com/document/product/1047/34967. */
export const DEFAULT_MAX_MEMBER_COUNT = 2_000;
