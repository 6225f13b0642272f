/**
 * Every error code that the endpoints used here document, with what it means, how a caller should take it, and what
 * the user can do. The retry policy, the error texts and the emulator read this table; nothing else knows a code.
 *
 * Sources of the meanings: PUBLIC https://www.tencentcloud.com/document/product/1047/34348 (general error codes),
 * TOPIC the five topic pages (…/53448, …/49471, …/49469, …/49468, …/49470), the group pages (…/34967, …/34895, …/34961,
 * …/34962, …/34966, …/34896), NEWER https://trtc.io/document/34348.
 * The class of a code is our reading: the vendor says "try again" for some, nothing for most.
 */

import type { Command } from "./commands.js";

/**
 * - `throttled`: over a call frequency; slow down and try again.
 * - `transient`: an accident inside the service; try again, with the same effect.
 * - `auth`: the signature is not valid any more; sign anew once.
 * - `gone`: the object is not there.
 * - `exists`: the id is taken.
 * - `final`: trying again cannot help.
 */
export type ErrorClass = "throttled" | "transient" | "auth" | "gone" | "exists" | "final";

/**
 * What a code is about, which tells who else would meet it:
 *
 * - `call`: the call as a whole; every other call like it would fail the same way.
 * - `community`: the community, and with it every topic in it.
 * - `item`: one topic or community of the call, by its id or its fields.
 * - `content`: the texts and accounts of one topic or community.
 * - `credentials`: the key or the signature.
 * - `administrator`: the account that signs.
 * - `clock`: the signature, which a wrong clock on this machine explains as well.
 */
export type ErrorScope = "call" | "community" | "item" | "content" | "credentials" | "administrator" | "clock";

export interface ErrorCodeFacts {
  readonly class: ErrorClass;
  readonly scope: ErrorScope;
  /** What the code says, in our words. */
  readonly meaning: string;
  /** What the user can do about it. */
  readonly remedy: string;
  /** How often it may be tried again, where that is fewer than the deadline allows. */
  readonly maxRetries?: number;
  /** What the code means for single commands, as a sentence, where that is more than `meaning`. */
  readonly notes?: Partial<Readonly<Record<Command, string>>>;
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
/** https://www.tencentcloud.com/document/product/1047/34966 */
const OWNER_IS_MEMBER = {
  change_group_owner:
    "The new owner has to be a member of the community already (REST `add_group_member`, or `import_group_member`).",
} as const;
const BUG = "this is a bug of this package, or of a proxy in between; please report it";

// biome-ignore format: a table reads best with a row on a line or two.
export const ERROR_CODES: Readonly<Record<number, ErrorCodeFacts>> = {
  // Group service
  10002: row("transient", "call", IMPORT, "internal error of the service", LATER),
  10003: row("final", "call", IMPORT, "the service does not know this command",
    "if the command is import_topic, try the other value of `importService`"),
  10004: row("final", "item", IMPORT, "a parameter is not valid", CHECK_REQUEST, { notes: OWNER_IS_MEMBER }),
  10005: row("final", "call", PUBLIC, "too many accounts in one request", BUG),
  10006: row("throttled", "call", CREATE, "the group service's frequency limit", SLOW_DOWN),
  10007: row("final", "call", IMPORT, "the operation is not permitted",
    "check that the group is a Community with topics on, and that the admin account may change it", { notes: OWNER_IS_MEMBER }),
  10008: row("transient", "call", CREATE, "the request could not be verified", CHECK_KEY, { maxRetries: 1 }),
  10010: row("gone", "community", IMPORT, "the community, or the topic, does not exist or was deleted",
    "check `groupId`; create the community first (a `ChatCommunity`, or the console)"),
  10011: row("final", "call", PUBLIC, "the request's JSON is not valid", BUG),
  10012: row("final", "call", PUBLIC, "the account in the request is not valid", CHECK_ADMIN),
  10015: row("final", "community", IMPORT, "the group id is not valid or not known",
    "check `groupId` (a community's id starts with @TGS#_), and that this app holds the community"),
  10016: row("final", "content", MODIFY, "your app's own webhook refused the operation",
    "look at the webhook that is configured for topics in the console"),
  10018: row("final", "call", PUBLIC, "the answer would be over 1 MB", BUG),
  10019: row("final", "content", PUBLIC, "an account that the request names does not exist",
    "check `ownerAccount`, `fromAccount` and `adminAccount`: an account has to be imported into the app first (console → application → account management)"),
  10021: row("exists", "item", IMPORT, "the id is already in use",
    "choose another topic key or group id, or see `adopt`"),
  10025: row("exists", "item", CREATE, "the id is already in use by the same owner",
    "choose another topic key or group id, or see `adopt`"),
  10026: row("final", "call", PUBLIC, "the command is disabled for this app", "ask Tencent's support to enable it"),
  10036: row("final", "call", CREATE, "a quota of the app's edition is used up",
    "delete what is not needed, or extend the edition in the console"),
  // https://www.tencentcloud.com/document/product/1047/34895; the pages of topics speak of their number.
  10037: row("final", "call", IMPORT, "the number of topics that the app or community may have is used up",
    "destroy topics that are not needed, use a second community, or extend the edition in the console", { notes: { import_group: "For a community the code means that its owner is in too many groups already." } }),
  10038: row("final", "call", PUBLIC, "the number of groups that an account may join is used up",
    "use another owner account"),
  10058: row("final", "call", PUBLIC, "the trial edition's number of groups is used up",
    "destroy groups that are not needed, or upgrade the edition in the console"),
  10059: row("final", "call", PUBLIC, "the app's edition does not have this feature, or it is not switched on",
    "console → group features → community: switch communities and topics on (needs a paid edition)"),
  11000: row("final", "call", IMPORT, "the app's edition has no topics, or they are not switched on, or the community was created without them",
    "console → group features → community: switch communities and topics on, and use a community created with SupportTopic 1"),
  80001: row("final", "content", IMPORT, "a text was refused by the content check",
    "change the topic's texts (or the community's), or the content check's word list in the console"),
  80005: row("transient", "content", IMPORT, "the content check timed out; or, by a newer page, the app's service is stopped (expired or in arrears)",
    "run the command again; if it persists, look at the app's status and bills in the console", { maxRetries: 2 }),
  110002: row("final", "item", DESTROY, "the topic could not be deleted", LATER),
  110003: row("gone", "item", GET, "the topic is already deleted", "run `pulumi refresh`, then `pulumi up`"),
  110013: row("final", "item", NEWER, "the topic id is not valid", CHECK_REQUEST),
  // Public REST codes
  60002: row("final", "call", PUBLIC, "the request's URL could not be parsed", BUG),
  60003: row("final", "call", PUBLIC, "the request's JSON could not be parsed", BUG),
  60004: row("final", "credentials", PUBLIC, "account or signature in the URL is wrong", CHECK_KEY),
  60005: row("final", "credentials", PUBLIC, "account or signature in the URL is wrong", CHECK_KEY),
  60006: row("final", "call", PUBLIC, "the SDKAppID is not valid", CHECK_REGION),
  60007: row("throttled", "call", PUBLIC, "over the REST call frequency", SLOW_DOWN),
  60008: row("transient", "call", PUBLIC, "the service timed out, or could not read the request",
    LATER, { maxRetries: 3 }),
  60009: row("final", "call", PUBLIC, "the URL names no known service or command",
    "if the command is import_topic, try the other value of `importService`; else check `endpoint`"),
  60010: row("final", "administrator", PUBLIC, "the account is not an app administrator", CHECK_ADMIN),
  60011: row("throttled", "call", PUBLIC, "over the SDKAppID's call frequency", SLOW_DOWN),
  60012: row("final", "call", PUBLIC, "the SDKAppID is missing", CHECK_REGION),
  60013: row("transient", "call", PUBLIC, "the gateway could not read the backend's answer", LATER, { maxRetries: 3 }),
  60014: row("transient", "call", PUBLIC, "the account exchange timed out", LATER),
  60015: row("final", "call", PUBLIC, "an account in the body is not a string", BUG),
  60016: row("final", "call", PUBLIC, "the SDKAppID is disabled", "look at the app's status in the console"),
  60017: row("final", "call", PUBLIC, "requests are disabled", "look at the app's status in the console"),
  60018: row("throttled", "call", PUBLIC, "too many requests", SLOW_DOWN),
  60019: row("throttled", "call", PUBLIC, "too many requests", SLOW_DOWN),
  60020: row("final", "call", PUBLIC, "the app's edition has expired or its package is not bought",
    "look at the app's edition in the console"),
  60021: row("final", "call", PUBLIC, "this machine's IP address is not allowed",
    "add it to the allowed addresses in the console"),
  60025: row("final", "call", NEWER, "a URL parameter is not valid", BUG),
  60026: row("final", "call", NEWER, "the domain or the SDKAppID does not belong to this data centre", CHECK_REGION),
  60027: row("final", "call", NEWER, "the product is not allowed for this app",
    "look at the app's edition in the console"),
  60028: row("final", "call", NEWER, "the trial edition's quota for 24 hours is used up",
    "wait, or upgrade the edition in the console"),
  // Accounts and signatures
  70001: row("auth", "clock", PUBLIC, "the UserSig has expired",
    "check this machine's clock; a `userSig` given ready-made must be made anew"),
  70002: row("final", "credentials", PUBLIC, "the UserSig is empty", CHECK_KEY),
  70003: row("final", "clock", PUBLIC, "the UserSig is not valid", CHECK_KEY),
  70005: row("final", "credentials", PUBLIC, "the UserSig is cut off", CHECK_KEY),
  70009: row("final", "credentials", PUBLIC, "the UserSig does not verify, usually because the key is another app's",
    CHECK_KEY),
  70013: row("final", "credentials", PUBLIC, "the UserSig was made for another account",
    "make `userSig` for the account that `adminAccount` names"),
  70014: row("final", "credentials", PUBLIC, "the UserSig was made for another SDKAppID",
    "make `userSig` for the app that `sdkAppId` names"),
  70016: row("final", "credentials", PUBLIC, "no key found for the SDKAppID", CHECK_REGION),
  70020: row("final", "credentials", PUBLIC, "the SDKAppID is not known here", CHECK_REGION),
  70050: row("final", "credentials", PUBLIC, "too many failed verifications", `wait a minute, and ${CHECK_KEY}`),
  70051: row("final", "administrator", PUBLIC, "the account is blocked", CHECK_ADMIN),
  70107: row("final", "administrator", PUBLIC, "the account does not exist", CHECK_ADMIN),
  70169: row("transient", "call", PUBLIC, "the account service timed out", LATER),
  70202: row("transient", "call", PUBLIC, "the account service timed out", LATER),
  70402: row("final", "call", PUBLIC, "a parameter is not valid", CHECK_REQUEST),
  70403: row("final", "administrator", PUBLIC, "the account is not an app administrator", CHECK_ADMIN),
  70500: row("transient", "call", PUBLIC, "internal error of the account service", LATER),
};

function row(
  errorClass: ErrorClass,
  scope: ErrorScope,
  source: string,
  meaning: string,
  remedy: string,
  more: Pick<ErrorCodeFacts, "maxRetries" | "notes"> = {},
): ErrorCodeFacts {
  return { class: errorClass, scope, source, meaning, remedy, ...more };
}

/** "The group id is not valid, or not known": a community is gone only once a read confirms it. */
export const GROUP_ID_UNKNOWN = 10015;
/** The number of topics that the app or the community may have is used up. */
export const TOPIC_QUOTA_USED_UP = 10037;
/** The answer would be over 1 MB: it has to be asked for in parts. */
export const ANSWER_TOO_LARGE = 10018;
/** The community was created without topics, or the app has none. */
export const NO_TOPICS = 11000;

/** The facts of a code; one that no page lists is final, since trying again might do harm. */
export function errorCodeFacts(code: number): ErrorCodeFacts {
  return (
    ERROR_CODES[code] ?? {
      class: "final",
      // The range of the account service, https://www.tencentcloud.com/document/product/1047/34348.
      scope: code >= 70000 && code < 71000 ? "credentials" : "call",
      meaning: "a code that the vendor's pages do not list",
      remedy: LATER,
      source: PUBLIC,
    }
  );
}

/** Does the code speak of the key, the signature or the account that signs? */
export function isAboutCredentials({ scope }: ErrorCodeFacts): boolean {
  return scope === "credentials" || scope === "administrator" || scope === "clock";
}
