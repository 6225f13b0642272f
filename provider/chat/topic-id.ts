/**
 * Topic ids: `<group id>@TOPIC#_<topic key>`, always split at the first `@TOPIC#_`.
 * https://www.tencentcloud.com/document/product/1047/33529
 */
import { ID_RULES } from "./limits.js";
import { utf8Bytes } from "./utf8.js";

export interface TopicIdParts {
  readonly groupId: string;
  readonly topicKey: string;
}

export function topicIdOf(groupId: string, topicKey: string): string {
  return groupId + ID_RULES.topicSeparator + topicKey;
}

/** The parts of a topic id, or undefined where there is no separator in it. */
export function splitTopicId(topicId: string): TopicIdParts | undefined {
  const at = topicId.indexOf(ID_RULES.topicSeparator);
  if (at < 0) return undefined;
  return { groupId: topicId.slice(0, at), topicKey: topicId.slice(at + ID_RULES.topicSeparator.length) };
}

/** Has the id the form that the service assigns? It takes no such id from a caller. */
export function isAssignedId(topicId: string): boolean {
  return splitTopicId(topicId)?.topicKey.startsWith(ID_RULES.reservedKeyStart) ?? false;
}

/** Has a community's id the form that the service assigns? */
export function isAssignedGroupId(groupId: string): boolean {
  return groupId.startsWith(ID_RULES.communityPrefix + ID_RULES.assignedGroupIdStart);
}

/** How a topic is called in messages: `"general" in @TGS#_players`. */
export function describeTopic(topicId: string): string {
  const parts = splitTopicId(topicId);
  return parts ? `"${parts.topicKey}" in ${parts.groupId}` : `"${topicId}"`;
}

/** What is wrong with an id. */
export interface IdIssue {
  /** The rest of a sentence that starts with the id. */
  readonly problem: string;
  /** The same without what is special about this id, and that: for telling many ids together. */
  readonly rule: string;
  readonly detail?: string;
}

function issue(rule: string, detail?: string): IdIssue {
  return detail === undefined ? { problem: rule, rule } : { problem: `${rule}; got ${detail}`, rule, detail };
}

/** What is wrong with a community's id; empty where nothing is. */
export function groupIdIssues(groupId: string): IdIssue[] {
  const issues: IdIssue[] = [];
  const { communityPrefix, maxGroupIdBytes, topicSeparator } = ID_RULES;
  if (!groupId.startsWith(communityPrefix)) {
    issues.push(issue(`must start with ${communityPrefix}, as every community's id does`, `“${groupId}”`));
  }
  if (groupId === communityPrefix) issues.push(issue(`has nothing after ${communityPrefix}`));
  const bytes = utf8Bytes(groupId);
  if (bytes > maxGroupIdBytes) {
    const problem = `is ${bytes} bytes, ${bytes - maxGroupIdBytes} over the limit of ${maxGroupIdBytes}`;
    issues.push({ problem, rule: `is longer than the limit of ${maxGroupIdBytes} bytes`, detail: `${bytes} bytes` });
  }
  issues.push(...characterIssues(groupId));
  if (groupId.includes(topicSeparator)) {
    issues.push(issue(`holds ${topicSeparator}: this is a topic's id; give the part before it`));
  }
  return issues;
}

/** What is wrong with a topic key of ours under a community (undefined: not known yet); empty where nothing is. */
export function topicKeyIssues(topicKey: string, groupId: string | undefined): IdIssue[] {
  const issues: IdIssue[] = [];
  const { communityPrefix, topicSeparator, reservedKeyStart } = ID_RULES;
  if (topicKey === "") issues.push(issue("must not be empty"));
  issues.push(...characterIssues(topicKey));
  for (const part of [communityPrefix, topicSeparator]) {
    if (topicKey.includes(part)) {
      issues.push(issue(`must not contain ${part}; give only the part after it, or the full id as \`topicId\``));
    }
  }
  if (topicKey.startsWith(reservedKeyStart) && !topicKey.startsWith(topicSeparator)) {
    issues.push(issue(`must not start with ${reservedKeyStart}, which the service keeps for ids it assigns`));
  }
  if (groupId !== undefined) issues.push(...topicIdLengthIssues(groupId, topicKey));
  return issues;
}

/** What is wrong with a full topic id under a community (undefined: not known yet); empty where nothing is. */
export function topicIdIssues(topicId: string, groupId: string | undefined): IdIssue[] {
  const parts = splitTopicId(topicId);
  const { communityPrefix, topicSeparator } = ID_RULES;
  if (parts === undefined) {
    return [issue(`must be a full id, <groupId>${topicSeparator}<topic key>`, `“${topicId}”`)];
  }
  const issues: IdIssue[] = [];
  if (groupId !== undefined && parts.groupId !== groupId) {
    issues.push({
      problem: `is of the community “${parts.groupId}”, not of \`groupId\` “${groupId}”`,
      rule: `is of another community than \`groupId\` “${groupId}”`,
      detail: `of “${parts.groupId}”`,
    });
  }
  if (parts.topicKey === "") issues.push(issue(`has nothing after ${topicSeparator}`));
  if (parts.topicKey.includes(communityPrefix)) {
    issues.push(issue(`must not hold ${communityPrefix} after ${topicSeparator}`));
  }
  return [...issues, ...characterIssues(topicId), ...topicIdLengthIssues(parts.groupId, parts.topicKey)];
}

function topicIdLengthIssues(groupId: string, topicKey: string): IdIssue[] {
  const bytes = utf8Bytes(topicIdOf(groupId, topicKey));
  const over = bytes - ID_RULES.maxTopicIdBytes;
  if (over <= 0) return [];
  const room = Math.max(0, utf8Bytes(topicKey) - over);
  const remedy = `in this community a key has room for ${room} bytes`;
  const problem = `makes a topic id of ${bytes} bytes, ${over} over the limit of ${ID_RULES.maxTopicIdBytes}; ${remedy}`;
  const rule = `makes a topic id that is longer than the limit of ${ID_RULES.maxTopicIdBytes} bytes; ${remedy}`;
  return [{ problem, rule, detail: `${bytes} bytes` }];
}

function characterIssues(text: string): IdIssue[] {
  const found = Array.from(text).find((character) => !ID_RULES.characters.test(character));
  if (found === undefined) return [];
  const codePoint = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const rule = "may only hold printable ASCII characters (0x20 to 0x7E)";
  return [{ problem: `${rule}; found U+${codePoint}`, rule, detail: `U+${codePoint}` }];
}
