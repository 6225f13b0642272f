/** What one `modify_topic` has to change between two states of a topic. */
import { type DeclaredTexts, TEXT_FIELDS } from "./fields.js";

export interface PlannedChanges {
  readonly changes: DeclaredTexts;
  /** Those of them that are cleared, since the program no longer declares them. */
  readonly cleared: readonly (typeof TEXT_FIELDS)[number][];
}

export function plannedChanges(from: DeclaredTexts, to: DeclaredTexts): PlannedChanges {
  const changes: { -readonly [name in keyof DeclaredTexts]: DeclaredTexts[name] } = {};
  const cleared = TEXT_FIELDS.filter((name) => from[name] !== undefined && to[name] === undefined);
  for (const name of cleared) changes[name] = "";
  for (const name of TEXT_FIELDS) {
    const text = to[name];
    if (text !== undefined && text !== from[name]) changes[name] = text;
  }
  const mute = to.muteAllMember ?? (from.muteAllMember === true ? false : undefined);
  if (mute !== undefined && mute !== from.muteAllMember) changes.muteAllMember = mute;
  return { changes, cleared };
}
