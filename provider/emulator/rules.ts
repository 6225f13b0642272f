/**
 * The switches of the emulator. Where the vendor's pages disagree, or say nothing, the emulator cannot know what the
 * service does: each such point is a rule, whose default is the reading that asks most of a client. A rule is one entry
 * of this table. Its type, its check, its input on the page and its row in the README are all made from the entry.
 */

// Types apart from values: the published declarations keep these imports, and TypeScript 3.8 has to read them.
import type { Command } from "../chat/commands.js";
import { COMMANDS, MAX_ANSWER_BYTES, MAX_TOPIC_IDS_PER_CALL } from "../chat/commands.js";
import type { LimitedText } from "../chat/limits.js";
import {
  BYTE_LIMITS,
  DEFAULT_MAX_MEMBER_COUNT,
  ID_RULES,
  MAX_MEMBERS_PER_COMMUNITY,
  MAX_TOPICS_PER_COMMUNITY,
} from "../chat/limits.js";
import { amount, count, countOrCounts, counts, flag, oneOf, type RuleKind, words } from "./rule-kinds.js";

/** What there is to say about one rule. */
export interface RuleFacts<Value> {
  /** The value in force unless another one is asked for. */
  readonly default: Value;
  /** What the rule decides, in one sentence. */
  readonly meaning: string;
  /** The page that the default follows and what contradicts it, or that the pages are silent. */
  readonly source: string;
  /** @internal The values it can take. Internal keeps zod out of the published declarations. */
  readonly kind: RuleKind<Value>;
}

const PAGE = "https://www.tencentcloud.com/document/product/1047/";
const CODES = `${PAGE}34348`;

/**
 * Every rule of the emulator with its default, its meaning and its source. The README has them as a table, under
 * "Differences from the service"; here are the types of their values.
 *
 * @example
 * ```ts
 * import { RULES } from "pulumi-tencent-chat/emulator";
 *
 * for (const [name, rule] of Object.entries(RULES)) {
 *   console.log(name, JSON.stringify(rule.default), rule.meaning);
 * }
 * ```
 */
export const RULES = {
  importService: rule(oneOf("group_open_http_svc", "million_group_open_http_svc", "both"), {
    meaning: "the service that answers import_topic",
    source: `${PAGE}53448; the China page https://cloud.tencent.com/document/product/269/85313 (2025-12-15) says million_group_open_http_svc`,
  }),
  unknownCommandCode: rule(oneOf(60009, 10003), {
    meaning: "the code of a call to an unknown service or command",
    source: `${CODES} lists 60009 for a wrong URL and 10003 for an unknown command, without saying which the service uses`,
  }),
  unknownFields: rule(oneOf("refused", "ignored"), {
    meaning: "a body field, or a name in ResponseFilter, that the command's page does not list: 10004, or ignored",
    source: "silent",
  }),
  topicName: rule(oneOf("required", "optional"), {
    meaning: "whether import_topic and create_topic need TopicName",
    source: `${PAGE}53448: the field table says required, a comment in the English sample says optional`,
  }),
  numericAccounts: rule(oneOf("refused", "accepted"), {
    meaning: "an account given as a JSON number: 60015, or taken as a string",
    source: `${CODES} (60015) and every sample want a string; the field tables say "uint64"`,
  }),
  unknownAccounts: rule(oneOf("refused", "accepted"), {
    meaning: "an account in a body that the app does not know (neither `accounts` nor `admins`): 10019, or accepted",
    source: `${PAGE}34895 wants an owner to be an imported account, the other pages are silent; 10019 from ${CODES}`,
  }),
  byteLimits: rule(counts(Object.keys(BYTE_LIMITS) as LimitedText[]), {
    meaning: "byte limits that differ from the documented 30, 240, 300, 100 and 3,000",
    source: `${PAGE}53448 and ${PAGE}49468, for communities ${PAGE}34967 and ${PAGE}34962; the client SDKs name more, their V2TIMCommunity.h 150, 400, 400 and 500`,
  }),
  // No page has more than 48, and a longer id would not be accepted in a seed.
  maxGroupIdBytes: rule(count(ID_RULES.maxGroupIdBytes, { max: ID_RULES.maxGroupIdBytes }), {
    meaning: "the longest community id, in bytes",
    source: `${PAGE}33529: the Chinese text says "at most 48", the English one "less than 48"`,
  }),
  invalidTopicIdCode: rule(oneOf(10004, 110013), {
    meaning: "the code of import_topic, create_topic and modify_topic for a topic id that breaks the id rules",
    source: `${PAGE}53448 lists 10004; https://trtc.io/document/34348 has a newer 110013`,
  }),
  maxCreateTime: rule(count(4_294_967_295), {
    meaning: "the highest CreateTime in Unix seconds (milliseconds are above it): 10004",
    source: `silent; ${PAGE}53448 has seconds in its sample`,
  }),
  refusedWords: rule(words(), {
    meaning: "words that the content check refuses with 80001",
    source: `${PAGE}53448 lists 80001; the word list belongs to the app`,
  }),
  createDuplicateCode: rule(oneOf(10025, 10021), {
    meaning: "the code of create_topic and create_group for an id that is in use (the imports: 10021)",
    source: `${PAGE}49471 lists 10025 and not 10021; ${PAGE}34895 lists both`,
  }),
  reuseDestroyedIds: rule(flag(true), {
    meaning: "whether the id of a destroyed topic or community may be used again (false: 10021 or 10025)",
    source: "silent; for group ids https://github.com/zhaoyang21cn/suixinbo_doc/issues/18 saw 10021 after a deletion",
  }),
  emptyStringClears: rule(flag(true), {
    meaning: "whether an empty text in modify_topic or modify_group_base_info clears the field (false: it stays)",
    source: `silent; ${PAGE}49468 only shows that fields left out stay, ${PAGE}34962 clears no field but AppDefinedData so`,
  }),
  missingTopic: rule(oneOf("110003", "10010", "omitted"), {
    meaning: "how get_topic answers for an id that is not there: its item carries this code, or there is no item",
    source: `${PAGE}49469 lists both codes`,
  }),
  failedItems: rule(oneOf("identified", "bare"), {
    meaning:
      "whether a failed item still says what it is about: GroupID and TopicId in the TopicInfo of get_topic, GroupId in get_group_info",
    source: `silent; ${PAGE}49469 and ${PAGE}34961 show no failed item`,
  }),
  muteField: rule(oneOf("MuteAllMember", "ShutUpAllFlag"), {
    meaning: 'the mute flag in get_topic: MuteAllMember "On"/"Off", or ShutUpAllFlag 0/1',
    source: `${PAGE}49469 since 2023-03; its copy of 2022-09 has ShutUpAllFlag`,
  }),
  emptyTexts: rule(oneOf("present", "omitted"), {
    meaning: "whether get_topic and get_group_info show texts that are empty",
    source: "silent",
  }),
  topicOrder: rule(oneOf("created", "reversed"), {
    meaning: "the order of get_topic without TopicIdList",
    source: "silent",
  }),
  emptyTopicIdList: rule(oneOf("refused", "all"), {
    meaning: "an empty TopicIdList in get_topic: 10004, or all topics",
    source: "silent",
  }),
  destroyFailures: rule(oneOf("item", "top"), {
    meaning: "where destroy_topic reports 110003: in the topic's item, or at the top of an answer without items",
    source: `${PAGE}49470 lists the code without saying where`,
  }),
  maxTopicIdsPerCall: rule(count(MAX_TOPIC_IDS_PER_CALL), {
    meaning: "the most ids in one TopicIdList: more are 10004",
    source: "silent; 50 for permission groups, https://cloud.tencent.com/document/product/269/103966",
  }),
  maxTopicsPerCommunity: rule(count(MAX_TOPICS_PER_COMMUNITY), {
    meaning: "the most topics in one community: one more is 10037",
    source: `${PAGE}34381 (2023); apps can be granted more`,
  }),
  assignedGroupIds: rule(oneOf("refused", "accepted"), {
    meaning: "a GroupId that starts with @TGS#_@TGS# in import_group and create_group: 10004, or accepted",
    source: `silent; ${PAGE}33529 keeps @TGS# for assigned ids and wants @TGS#_ before those of communities`,
  }),
  missingGroup: rule(oneOf("10010", "10015", "omitted"), {
    meaning: "how get_group_info answers for an id that is not there: its item carries this code, or there is no item",
    source: `${PAGE}34961 lists both codes`,
  }),
  destroyWithTopics: rule(oneOf("destroyed", "refused"), {
    meaning: "what destroy_group does with a community that has topics: destroys both, or refuses with 10007",
    source: `silent; ${PAGE}34896 does not speak of topics`,
  }),
  nonMemberOwnerCode: rule(oneOf(10007, 10004), {
    meaning: "the code of change_group_owner for an account that is no member of the community",
    source: `${PAGE}34966 wants a member and lists 10004 and 10007`,
  }),
  sameOwner: rule(oneOf("refused", "accepted"), {
    meaning: "a change_group_owner to the present owner: 10004, or accepted",
    source: "silent",
  }),
  defaultMaxMemberCount: rule(count(DEFAULT_MAX_MEMBER_COUNT), {
    meaning: "the most members of a community that is made without MaxMemberCount",
    source: `${PAGE}34967; ${PAGE}34895 says the upper limit of the package`,
  }),
  maxMembersPerCommunity: rule(count(MAX_MEMBERS_PER_COMMUNITY.documented), {
    meaning: "the highest MaxMemberCount and MaxMemberNum: more are 10004",
    source: `${PAGE}34967; up to 1,000,000 on request, https://cloud.tencent.com/document/product/269/9346`,
  }),
  maxAnswerBytes: rule(count(MAX_ANSWER_BYTES), {
    meaning: "the longest answer in bytes; a longer one becomes 10018",
    source: CODES,
  }),
  enforceFrequency: rule(flag(true), {
    meaning: "whether calls over the frequency are refused",
    source: `${PAGE}53448 and the other command pages`,
  }),
  callsPerSecond: rule(countOrCounts(Object.keys(COMMANDS) as Command[]), {
    meaning: "calls in any one second per app and command that differ from the documented 200",
    source: `${PAGE}53448 and the other command pages; how the service counts (window, scope) is not said`,
  }),
  throttleCode: rule(count(60007), {
    meaning: "the code of a call over the frequency; 60011, 60018, 60019 and 10006 are the others that fit",
    source: `${CODES}: several codes speak of frequency, none is tied to these commands`,
  }),
  futureSignatures: rule(oneOf("refused", "accepted"), {
    meaning: "a UserSig whose TLS.time is still to come: 70003, or accepted",
    source: `silent; ${PAGE}34385 names no tolerance for clocks`,
  }),
  // About 31 years: the clock stays within the times of the service, unsigned 32-bit seconds.
  clockOffsetSeconds: rule(amount({ min: -1_000_000_000, max: 1_000_000_000 }), {
    meaning: "seconds by which the emulator's clock (signatures, CreateTime, Date header) is ahead of the machine's",
    source: "not of the service: rehearses a machine whose clock is wrong",
  }),
  requestId: rule(flag(false), {
    meaning: "whether answers carry RequestId",
    source: "silent for Chat; a sibling on the same gateway has it, https://trtc.io/document/68926",
  }),
  latencyMs: rule(amount({ min: 0, max: 600_000 }), {
    meaning: "milliseconds that pass before every answer of the REST API",
    source: "not of the service: makes timings realistic",
  }),
} as const;

/**
 * A value for each rule, by its name. Which values it can have is in `RULES`; what it means, and where the doubt comes
 * from, is there too and in the README, under "Differences from the service".
 */
export type Rules = { readonly [Name in keyof typeof RULES]: (typeof RULES)[Name]["default"] };

function rule<Value>(
  kind: RuleKind<Value>,
  text: { readonly meaning: string; readonly source: string },
): RuleFacts<Value> {
  return { default: kind.default, ...text, kind };
}
