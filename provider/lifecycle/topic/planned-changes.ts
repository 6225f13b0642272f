/** What one `modify_topic` has to change between two states of a topic. */
import { type PlannedChanges, planChanges } from "../planned-changes.js";
import { type DeclaredTexts, TEXT_FIELDS } from "./fields.js";

export function plannedChanges(from: DeclaredTexts, to: DeclaredTexts): PlannedChanges<(typeof TEXT_FIELDS)[number]> {
  return planChanges(TEXT_FIELDS, from, to);
}
