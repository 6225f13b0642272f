/** Adoption of a topic: what speaks against taking it over. */
import { isUsed, type LiveTopic } from "../../chat/live-topic.js";
import { refuseAdoptionOf } from "../adoption.js";
import { differingTexts } from "../planned-changes.js";
import type { AdoptPolicy } from "../policies.js";
import { type DeclaredTexts, nameOfTopic, TEXT_FIELDS } from "./fields.js";

/** How the messages of a topic show, for texts that count them as a reason. */
export function describeMessages(live: LiveTopic): string {
  const last = live.lastMsgTime > 0 ? `, the last at ${new Date(live.lastMsgTime * 1000).toISOString()}` : "";
  return `the next one gets number ${live.nextMsgSeq}${last}`;
}

/**
 * `muteAllMember`, which an import cannot set, is no difference.
 *
 * @throws {AdoptionRefusedError} with the reasons, and the value of `adopt` that would allow it.
 */
export function refuseAdoption(topicId: string, declared: DeclaredTexts, live: LiveTopic, policy: AdoptPolicy): void {
  const different = differingTexts(TEXT_FIELDS, declared, live);
  refuseAdoptionOf(
    {
      what: nameOfTopic(topicId),
      differences: different.map((name) => ({ name, there: live[name], here: declared[name] })),
      uses: isUsed(live) ? [`it has messages (${describeMessages(live)})`] : [],
      otherId: "another topic key",
    },
    policy,
  );
}
