/**
 * Every error code that the endpoints used here document, with what it means, how a caller should take it, and what
 * the user can do. The retry policy, the error texts and the emulator read this table; nothing else knows a code.
 *
 * Sources of the meanings: PUBLIC https://www.tencentcloud.com/document/product/1047/34348 (general error codes),
 * TOPIC the five topic pages (…/53448, …/49471, …/49469, …/49468, …/49470), the group pages (…/34967, …/34895, …/34961,
 * …/34962, …/34966, …/34896), NEWER https://trtc.io/document/34348.
 * The class of a code is our reading: the vendor says "try again" for some, nothing for most.
 */

/**
 * - `throttled`: over a call frequency; slow down and try again.
 * - `transient`: an accident inside the service; try again, with the same effect.
 * - `auth`: the signature is not valid any more; sign anew once.
 * - `gone`: the object is not there.
 * - `exists`: the id is taken.
 * - `final`: trying again cannot help.
 */
export type ErrorClass = "throttled" | "transient" | "auth" | "gone" | "exists" | "final";

export interface ErrorCodeFacts {
  readonly class: ErrorClass;
  /** What the code says, in our words. */
  readonly meaning: string;
  /** What the user can do about it. */
  readonly remedy: string;
  /** How often it may be tried again, where that is fewer than the deadline allows. */
  readonly maxRetries?: number;
  readonly source: string;
}

const PUBLIC = "https://www.tencentcloud.com/document/product/1047/34348";
const NEWER = "https://trtc.io/document/34348";
const IMPORT = "https://www.tencentcloud.com/document/product/1047/53448";
const CREATE = "https://www.tencentcloud.com/document/product/1047/49471";
const GET = "https://www.tencentcloud.com/document/product/1047/49469";
const MODIFY = "https://www.tencentcloud.com/document/product/1047/49468";
const DESTROY = "https://www.tencentcloud.com/document/product/1047/49470";

const SLOW_DOWN = "lower `callsPerSecond`, or let other users of this app's API finish first";
const LATER = "run the command again; if it persists, ask Tencent's support with the time and the RequestId";
const CHECK_REQUEST = "compare the value that the text names with the limits in the README";
const CHECK_KEY = "check `secretKey`: it must belong to this `sdkAppId` (console → application → basic information)";
const CHECK_REGION =
  "check `sdkAppId`, and that `region` (or `endpoint`) is the data centre in which the application was created";
const CHECK_ADMIN =
  "check `adminAccount`: it must be an app administrator (console → application → account management)";
const BUG = "this is a fault of this package or of a proxy in between; please report it";

export const ERROR_CODES: Readonly<Record<number, ErrorCodeFacts>> = {
  // Group service
  10002: { class: "transient", meaning: "internal error of the service", remedy: LATER, source: IMPORT },
  10003: {
    class: "final",
    meaning: "the service does not know this command",
    remedy: "if the command is import_topic, try the other value of `importService`",
    source: IMPORT,
  },
  10004: { class: "final", meaning: "a parameter is not valid", remedy: CHECK_REQUEST, source: IMPORT },
  10005: { class: "final", meaning: "too many accounts in one request", remedy: BUG, source: PUBLIC },
  10006: { class: "throttled", meaning: "the group service's frequency limit", remedy: SLOW_DOWN, source: CREATE },
  10007: {
    class: "final",
    meaning: "the operation is not permitted",
    remedy: "check that the group is a Community with topics on, and that the admin account may change it",
    source: IMPORT,
  },
  10008: {
    class: "transient",
    maxRetries: 1,
    meaning: "the request could not be verified",
    remedy: CHECK_KEY,
    source: CREATE,
  },
  10010: {
    class: "gone",
    meaning: "the community, or the topic, does not exist or was deleted",
    remedy: "check `groupId`; create the community first (a `ChatCommunity`, or the console)",
    source: IMPORT,
  },
  10011: { class: "final", meaning: "the request's JSON is not valid", remedy: BUG, source: PUBLIC },
  10012: { class: "final", meaning: "the account in the request is not valid", remedy: CHECK_ADMIN, source: PUBLIC },
  10015: {
    class: "final",
    meaning: "the group id is not valid or not known",
    remedy: "check `groupId` (a community's id starts with @TGS#_), and that this app holds the community",
    source: IMPORT,
  },
  10016: {
    class: "final",
    meaning: "your app's own webhook refused the operation",
    remedy: "look at the webhook that is configured for topics in the console",
    source: MODIFY,
  },
  10018: { class: "final", meaning: "the answer would be over 1 MB", remedy: BUG, source: PUBLIC },
  10019: {
    class: "final",
    meaning: "an account that the request names does not exist",
    remedy:
      "check `ownerAccount`, `fromAccount` and `adminAccount`: an account has to be imported into the app first (console → application → account management)",
    source: PUBLIC,
  },
  10021: {
    class: "exists",
    meaning: "the id is already in use",
    remedy: "choose another topic key or group id, or see `adopt`",
    source: IMPORT,
  },
  10025: {
    class: "exists",
    meaning: "the id is already in use by the same owner",
    remedy: "choose another topic key or group id, or see `adopt`",
    source: CREATE,
  },
  10026: {
    class: "final",
    meaning: "the command is disabled for this app",
    remedy: "ask Tencent's support to enable it",
    source: PUBLIC,
  },
  10036: {
    class: "final",
    meaning: "a quota of the app's edition is used up",
    remedy: "delete what is not needed, or extend the edition in the console",
    source: CREATE,
  },
  10037: {
    class: "final",
    meaning: "the number of topics that the app or community may have is used up",
    remedy: "destroy topics that are not needed, use a second community, or extend the edition in the console",
    source: IMPORT,
  },
  10038: {
    class: "final",
    meaning: "the number of groups that an account may join is used up",
    remedy: "use another owner account",
    source: PUBLIC,
  },
  10058: {
    class: "final",
    meaning: "the trial edition's number of groups is used up",
    remedy: "destroy groups that are not needed, or upgrade the edition in the console",
    source: PUBLIC,
  },
  10059: {
    class: "final",
    meaning: "the app's edition does not have this feature, or it is not switched on",
    remedy: "console → group features → community: switch communities and topics on (needs a paid edition)",
    source: PUBLIC,
  },
  11000: {
    class: "final",
    meaning: "the app's edition has no topics, or they are not switched on, or the community was created without them",
    remedy:
      "console → group features → community: switch communities and topics on, and use a community created with SupportTopic 1",
    source: IMPORT,
  },
  80001: {
    class: "final",
    meaning: "a text was refused by the content check",
    remedy: "change the topic's texts (or the community's), or the content check's word list in the console",
    source: IMPORT,
  },
  80005: {
    class: "transient",
    maxRetries: 2,
    meaning: "the content check timed out; or, by a newer page, the app's service is stopped (expired or in arrears)",
    remedy: "run the command again; if it persists, look at the app's status and bills in the console",
    source: IMPORT,
  },
  110002: { class: "final", meaning: "the topic could not be deleted", remedy: LATER, source: DESTROY },
  110003: {
    class: "gone",
    meaning: "the topic is already deleted",
    remedy: "run `pulumi refresh`, then `pulumi up`",
    source: GET,
  },
  110013: { class: "final", meaning: "the topic id is not valid", remedy: CHECK_REQUEST, source: NEWER },

  // Public REST codes
  60002: { class: "final", meaning: "the request's URL could not be parsed", remedy: BUG, source: PUBLIC },
  60003: { class: "final", meaning: "the request's JSON could not be parsed", remedy: BUG, source: PUBLIC },
  60004: { class: "final", meaning: "account or signature in the URL is wrong", remedy: CHECK_KEY, source: PUBLIC },
  60005: { class: "final", meaning: "account or signature in the URL is wrong", remedy: CHECK_KEY, source: PUBLIC },
  60006: { class: "final", meaning: "the SDKAppID is not valid", remedy: CHECK_REGION, source: PUBLIC },
  60007: { class: "throttled", meaning: "over the REST call frequency", remedy: SLOW_DOWN, source: PUBLIC },
  60008: {
    class: "transient",
    maxRetries: 3,
    meaning: "the service timed out, or could not read the request",
    remedy: LATER,
    source: PUBLIC,
  },
  60009: {
    class: "final",
    meaning: "the URL names no known service or command",
    remedy: "if the command is import_topic, try the other value of `importService`; else check `endpoint`",
    source: PUBLIC,
  },
  60010: { class: "final", meaning: "the account is not an app administrator", remedy: CHECK_ADMIN, source: PUBLIC },
  60011: { class: "throttled", meaning: "over the SDKAppID's call frequency", remedy: SLOW_DOWN, source: PUBLIC },
  60012: { class: "final", meaning: "the SDKAppID is missing", remedy: CHECK_REGION, source: PUBLIC },
  60013: {
    class: "transient",
    maxRetries: 3,
    meaning: "the gateway could not read the backend's answer",
    remedy: LATER,
    source: PUBLIC,
  },
  60014: { class: "transient", meaning: "the account exchange timed out", remedy: LATER, source: PUBLIC },
  60015: {
    class: "final",
    meaning: "an account in the body is not a string",
    remedy: BUG,
    source: PUBLIC,
  },
  60016: {
    class: "final",
    meaning: "the SDKAppID is disabled",
    remedy: "look at the app's status in the console",
    source: PUBLIC,
  },
  60017: {
    class: "final",
    meaning: "requests are disabled",
    remedy: "look at the app's status in the console",
    source: PUBLIC,
  },
  60018: { class: "throttled", meaning: "too many requests", remedy: SLOW_DOWN, source: PUBLIC },
  60019: { class: "throttled", meaning: "too many requests", remedy: SLOW_DOWN, source: PUBLIC },
  60020: {
    class: "final",
    meaning: "the app's edition has expired or its package is not bought",
    remedy: "look at the app's edition in the console",
    source: PUBLIC,
  },
  60021: {
    class: "final",
    meaning: "this machine's IP address is not allowed",
    remedy: "add it to the allowed addresses in the console",
    source: PUBLIC,
  },
  60025: { class: "final", meaning: "a URL parameter is not valid", remedy: BUG, source: NEWER },
  60026: {
    class: "final",
    meaning: "the domain or the SDKAppID does not belong to this data centre",
    remedy: CHECK_REGION,
    source: NEWER,
  },
  60027: {
    class: "final",
    meaning: "the product is not allowed for this app",
    remedy: "look at the app's edition in the console",
    source: NEWER,
  },
  60028: {
    class: "final",
    meaning: "the trial edition's quota for 24 hours is used up",
    remedy: "wait, or upgrade the edition in the console",
    source: NEWER,
  },

  // Accounts and signatures
  70001: {
    class: "auth",
    meaning: "the UserSig has expired",
    remedy: "check this machine's clock; a `userSig` given ready-made must be made anew",
    source: PUBLIC,
  },
  70002: { class: "final", meaning: "the UserSig is empty", remedy: CHECK_KEY, source: PUBLIC },
  70003: { class: "final", meaning: "the UserSig is not valid", remedy: CHECK_KEY, source: PUBLIC },
  70005: { class: "final", meaning: "the UserSig is cut off", remedy: CHECK_KEY, source: PUBLIC },
  70009: {
    class: "final",
    meaning: "the UserSig does not verify, usually because the key is another app's",
    remedy: CHECK_KEY,
    source: PUBLIC,
  },
  70013: {
    class: "final",
    meaning: "the UserSig was made for another account",
    remedy: "make `userSig` for the account that `adminAccount` names",
    source: PUBLIC,
  },
  70014: {
    class: "final",
    meaning: "the UserSig was made for another SDKAppID",
    remedy: "make `userSig` for the app that `sdkAppId` names",
    source: PUBLIC,
  },
  70016: { class: "final", meaning: "no key found for the SDKAppID", remedy: CHECK_REGION, source: PUBLIC },
  70020: { class: "final", meaning: "the SDKAppID is not known here", remedy: CHECK_REGION, source: PUBLIC },
  70050: {
    class: "final",
    meaning: "too many failed verifications",
    remedy: `wait a minute, and ${CHECK_KEY}`,
    source: PUBLIC,
  },
  70051: { class: "final", meaning: "the account is blocked", remedy: CHECK_ADMIN, source: PUBLIC },
  70107: { class: "final", meaning: "the account does not exist", remedy: CHECK_ADMIN, source: PUBLIC },
  70169: { class: "transient", meaning: "the account service timed out", remedy: LATER, source: PUBLIC },
  70202: { class: "transient", meaning: "the account service timed out", remedy: LATER, source: PUBLIC },
  70402: { class: "final", meaning: "a parameter is not valid", remedy: CHECK_REQUEST, source: PUBLIC },
  70403: { class: "final", meaning: "the account is not an app administrator", remedy: CHECK_ADMIN, source: PUBLIC },
  70500: { class: "transient", meaning: "internal error of the account service", remedy: LATER, source: PUBLIC },
};

/** The facts of a code; one that no page lists is final, since trying again might do harm. */
export function errorCodeFacts(code: number): ErrorCodeFacts {
  return (
    ERROR_CODES[code] ?? {
      class: "final",
      meaning: "a code that the vendor's pages do not list",
      remedy: LATER,
      source: PUBLIC,
    }
  );
}

/** Do such errors speak of the key, the signature or the account that signs? */
export function isAboutCredentials(code: number): boolean {
  return (code >= 70000 && code < 71000) || code === 60004 || code === 60005 || code === 60010;
}
