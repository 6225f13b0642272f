import { type CallError, ChatError, whatHappened } from "../../chat/errors/index.js";

/** The answer to an import without an id of ours was lost: nobody can tell whether there is a topic now. */
export class OutcomeUnknownError extends ChatError {
  readonly code = "OUTCOME_UNKNOWN";

  constructor(topicName: string, groupId: string, cause: CallError) {
    super({
      subject: `The topic "${topicName}" in ${groupId}`,
      problem:
        " may or may not exist now: the answer to its import was lost, and with `serverAssignedId` the import is not " +
        "repeated, since that could make a second topic",
      // Without the cause's own advice, which is to run the command again: here that must not be done unseen.
      explanation: `The cause: ${whatHappened(cause.facts)}`,
      remedy:
        `look for a topic of this name in ${groupId} (console, or REST get_topic). If it is there, give its id as ` +
        "`topicId` in place of `serverAssignedId`, and run `pulumi up`; if not, just run `pulumi up`",
      cause,
    });
  }
}
