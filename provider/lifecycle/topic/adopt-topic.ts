/** Adoption: what becomes of a create whose id exists already. */
import { isUsed, type LiveTopic } from "../../chat/answers.js";
import type { AlreadyExistsError } from "../../chat/errors/index.js";
import { describeTopic } from "../../chat/topic-id.js";
import { AdoptionRefusedError } from "../errors/index.js";
import { type AdoptPolicy, type DeclaredTexts, TEXT_FIELDS } from "./fields.js";

/** The texts that are declared and live differently. `muteAllMember`, which an import cannot set, is no difference. */
export function differingTexts(declared: DeclaredTexts, live: LiveTopic): (typeof TEXT_FIELDS)[number][] {
  return TEXT_FIELDS.filter((name) => declared[name] !== undefined && declared[name] !== live[name]);
}

/** How the messages of a topic show, for texts that count them as a reason. */
export function describeMessages(live: LiveTopic): string {
  const last = live.lastMsgTime > 0 ? `, the last at ${new Date(live.lastMsgTime * 1000).toISOString()}` : "";
  return `the next one gets number ${live.nextMsgSeq}${last}`;
}

/** @throws {AdoptionRefusedError} with the reasons, and the value of `adopt` that would allow it. */
export function refuseAdoption(topicId: string, declared: DeclaredTexts, live: LiveTopic, policy: AdoptPolicy): void {
  if (policy === "any") return;
  const different = differingTexts(declared, live);
  const used = isUsed(live);
  const reasons: string[] = [];
  if (policy === "none") reasons.push("it takes over nothing");
  for (const name of different) {
    reasons.push(`\`${name}\` is “${shorten(live[name])}” there and “${shorten(declared[name] ?? "")}” here`);
  }
  if (used && policy !== "matching") reasons.push(`it has messages (${describeMessages(live)})`);
  if (reasons.length === 0) return;
  const allowedBy = different.length > 0 ? "any" : used ? "matching" : "unused";
  throw new AdoptionRefusedError(describeTopic(topicId), policy, reasons, allowedBy);
}

/**
 * The policy that holds for an id that turned out to be taken. After a lost answer of our own import the taker is most
 * likely ours, so even "none" takes it over where nothing speaks against it.
 */
export function policyAfter(error: AlreadyExistsError | undefined, adopt: AdoptPolicy = "unused"): AdoptPolicy {
  return error?.afterLostAnswer && adopt === "none" ? "unused" : adopt;
}

const SHOWN_CHARACTERS = 60;

function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join("")}…` : text;
}
