import { ChatError } from "../../chat/errors/index.js";

/** The answer to an import without an id of ours was lost: nobody can tell whether there is a topic now. */
export class OutcomeUnknownError extends ChatError {
  readonly code = "OUTCOME_UNKNOWN";

  constructor(topicName: string, groupId: string, cause: ChatError) {
    // Without the cause's own advice, which is to run the command again: here that must not be done unseen.
    const [whatHappened] = cause.message.split(" What to do:");
    super(
      `The topic "${topicName}" in ${groupId} may or may not exist now: the answer to its import was lost, and with ` +
        "`serverAssignedId` the import is not repeated, since that could make a second topic. What to do: look for a " +
        `topic of this name in ${groupId} (console, or REST get_topic). If it is there, give its id as \`topicId\` in ` +
        `place of \`serverAssignedId\`, and run \`pulumi up\`; if not, just run \`pulumi up\`. The cause: ${whatHappened}`,
    );
  }
}
