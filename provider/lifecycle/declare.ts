/** The declaring of topics and communities, and what speaks against it. */
import type { ChatError } from "../chat/errors/index.js";
import { describeTopic, splitTopicId } from "../chat/topic-id.js";
import { type Declarations, describeResource } from "./declarations.js";
import { DeclaredTwiceError, HandoverRefusedError } from "./errors/index.js";

/**
 * Notes that `urn` declares these topics or communities, and no others. Gives an error for each that another resource
 * declares already, and for each that another one is about to let go of by destroying it.
 */
export function declare(declarations: Declarations, ids: readonly string[], urn: string): ChatError[] {
  const twice = declarations.declare(ids, urn).map(({ id, other }) => new DeclaredTwiceError(nameOfId(id), other, urn));
  const leaving = ids.flatMap((id) => {
    const from = declarations.leavingFrom(id);
    if (from === undefined || from === urn) return [];
    return [new HandoverRefusedError(nameOfId(id), describeResource(from), describeResource(urn))];
  });
  return [...twice, ...leaving];
}

/** How a topic or a community is called at the start of a sentence. */
function nameOfId(id: string): string {
  return splitTopicId(id) ? `Topic ${describeTopic(id)}` : `Community ${id}`;
}
