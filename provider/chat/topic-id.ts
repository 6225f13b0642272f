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

/** What is wrong with a community's id; empty where nothing is. */
export function groupIdFaults(groupId: string): string[] {
  const faults: string[] = [];
  if (!groupId.startsWith(ID_RULES.communityPrefix)) {
    faults.push(`must start with ${ID_RULES.communityPrefix}, as every community's id does; got “${groupId}”`);
  }
  if (groupId === ID_RULES.communityPrefix) faults.push(`has nothing after ${ID_RULES.communityPrefix}`);
  const bytes = utf8Bytes(groupId);
  if (bytes > ID_RULES.maxGroupIdBytes) {
    faults.push(`is ${bytes} bytes, ${bytes - ID_RULES.maxGroupIdBytes} over the limit of ${ID_RULES.maxGroupIdBytes}`);
  }
  if (!ID_RULES.characters.test(groupId)) faults.push(foreignCharacter(groupId));
  if (groupId.includes(ID_RULES.topicSeparator)) {
    faults.push(`holds ${ID_RULES.topicSeparator}: this is a topic's id; give the part before it`);
  }
  return faults;
}

/** What is wrong with a topic key of ours under a community (undefined: not known yet); empty where nothing is. */
export function topicKeyFaults(topicKey: string, groupId: string | undefined): string[] {
  const faults: string[] = [];
  if (topicKey === "") faults.push("must not be empty");
  if (!ID_RULES.characters.test(topicKey)) faults.push(foreignCharacter(topicKey));
  for (const part of [ID_RULES.communityPrefix, ID_RULES.topicSeparator]) {
    if (topicKey.includes(part)) {
      faults.push(`must not contain ${part}; give only the part after it, or the full id as \`topicId\``);
    }
  }
  if (topicKey.startsWith(ID_RULES.reservedKeyStart) && !topicKey.startsWith(ID_RULES.topicSeparator)) {
    faults.push(`must not start with ${ID_RULES.reservedKeyStart}, which the service keeps for ids it assigns`);
  }
  if (groupId !== undefined) faults.push(...topicIdLengthFaults(groupId, topicKey));
  return faults;
}

/** What is wrong with a full topic id under a community (undefined: not known yet); empty where nothing is. */
export function topicIdFaults(topicId: string, groupId: string | undefined): string[] {
  const parts = splitTopicId(topicId);
  if (parts === undefined) {
    return [`must be a full id, <groupId>${ID_RULES.topicSeparator}<topic key>; got “${topicId}”`];
  }
  const faults: string[] = [];
  if (groupId !== undefined && parts.groupId !== groupId) {
    faults.push(`is of the community “${parts.groupId}”, not of \`groupId\` “${groupId}”`);
  }
  if (parts.topicKey === "") faults.push(`has nothing after ${ID_RULES.topicSeparator}`);
  if (parts.topicKey.includes(ID_RULES.communityPrefix)) {
    faults.push(`must not hold ${ID_RULES.communityPrefix} after ${ID_RULES.topicSeparator}`);
  }
  if (!ID_RULES.characters.test(topicId)) faults.push(foreignCharacter(topicId));
  faults.push(...topicIdLengthFaults(parts.groupId, parts.topicKey));
  return faults;
}

function topicIdLengthFaults(groupId: string, topicKey: string): string[] {
  const bytes = utf8Bytes(topicIdOf(groupId, topicKey));
  const over = bytes - ID_RULES.maxTopicIdBytes;
  if (over <= 0) return [];
  const room = Math.max(0, utf8Bytes(topicKey) - over);
  return [
    `makes a topic id of ${bytes} bytes, ${over} over the limit of ${ID_RULES.maxTopicIdBytes}; ` +
      `in this community a key has room for ${room} bytes`,
  ];
}

function foreignCharacter(text: string): string {
  const found = Array.from(text).find((character) => !ID_RULES.characters.test(character)) ?? "";
  const codePoint = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `may only hold printable ASCII characters (0x20 to 0x7E); found U+${codePoint}`;
}
