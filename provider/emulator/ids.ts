/**
 * The vendor's rules for community and topic ids, as the emulator enforces them.
 * Source: https://www.tencentcloud.com/document/product/1047/33529.
 */

import { ID_RULES } from "../chat/limits.js";

const { communityPrefix, assignedGroupIdStart, topicSeparator, reservedKeyStart, maxTopicIdBytes, characters } =
  ID_RULES;

/** What is wrong with a community's id, or undefined. */
export function groupIdIssue(groupId: string, maxBytes: number = ID_RULES.maxGroupIdBytes): string | undefined {
  if (!groupId.startsWith(communityPrefix)) return `does not start with ${communityPrefix}`;
  if (groupId.length === communityPrefix.length) return `has nothing after ${communityPrefix}`;
  if (!characters.test(groupId)) return "has characters that are not printable ASCII";
  if (groupId.length > maxBytes) return `is ${groupId.length} bytes, the limit is ${maxBytes}`;
  return undefined;
}

/** What is wrong with the id of an existing topic of this community, or undefined. */
export function topicIdIssue(groupId: string, topicId: string): string | undefined {
  const start = groupId + topicSeparator;
  if (!topicId.startsWith(start)) return `does not start with ${start}`;
  if (topicId.length === start.length) return `has nothing after ${topicSeparator}`;
  if (!characters.test(topicId)) return "has characters that are not printable ASCII";
  if (topicId.length > maxTopicIdBytes) return `is ${topicId.length} bytes, the limit is ${maxTopicIdBytes}`;
  if (topicId.slice(start.length).includes(communityPrefix)) return `has ${communityPrefix} in its custom part`;
  return undefined;
}

/** What is wrong with a topic id that a caller chose, or undefined: the form of assigned ids is reserved. */
export function chosenTopicIdIssue(groupId: string, topicId: string): string | undefined {
  const reserved = topicSeparator + reservedKeyStart;
  if (topicId.slice(groupId.length).includes(reserved)) return `has the reserved ${reserved}`;
  return topicIdIssue(groupId, topicId);
}

/** Whether a community's id has the form that the service assigns. */
export function isAssignedGroupId(groupId: string): boolean {
  return groupId.startsWith(communityPrefix + assignedGroupIdStart);
}

/** An id in the form that the service assigns, `<GroupId>@TOPIC#_@TOPIC#c…`. `random` is in 0 … 1, as Math.random. */
export function assignedTopicId(groupId: string, random: () => number): string {
  return `${groupId}${topicSeparator}${reservedKeyStart}c${assignedTail(random)}`;
}

/** An id in the form that the service assigns to communities, `@TGS#_@TGS#c…`. `random` is in 0 … 1, as Math.random. */
export function assignedGroupId(random: () => number): string {
  return `${communityPrefix}${assignedGroupIdStart}c${assignedTail(random)}`;
}

function assignedTail(random: () => number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return Array.from({ length: 11 }, () => letters[Math.floor(random() * letters.length)]).join("");
}
