/** All questions, in the order in which they are put. */
import { nonMemberOwner, numericAccount, readingAccount, sameOwner, textAccount, unknownAccount } from "./accounts.js";
import { memberLimit, muteFlag, order, requestId, unlistedField } from "./answers.js";
import { byteLimits } from "./byte-limits.js";
import { destroyedTopics, destroyFailure, idsPerCall } from "./destroying.js";
import { invalidTopicId, longestGroupId, reusedIds } from "./ids.js";
import { importService, unknownCommand } from "./import-service.js";
import { emptyIdList, missingGroup, missingTopic } from "./missing.js";
import type { Probe } from "./probe.js";
import { bytesOrCharacters, emptyText, emptyTextShown, missingName } from "./texts.js";
import { throttleCode } from "./throttling.js";

export const PROBES: readonly Probe[] = [
  importService,
  unknownCommand,
  throttleCode,
  emptyText,
  emptyTextShown,
  reusedIds,
  missingTopic,
  missingGroup,
  destroyedTopics,
  destroyFailure,
  idsPerCall,
  nonMemberOwner,
  sameOwner,
  readingAccount,
  textAccount,
  numericAccount,
  unknownAccount,
  muteFlag,
  invalidTopicId,
  longestGroupId,
  missingName,
  emptyIdList,
  unlistedField,
  order,
  memberLimit,
  bytesOrCharacters,
  ...byteLimits,
  requestId,
];
