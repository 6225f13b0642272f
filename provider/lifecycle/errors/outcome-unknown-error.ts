import { ChatError } from "../../chat/errors/index.js";

/** The answer to an import without an id of ours was lost: nobody can tell whether there is a topic now. */
export class OutcomeUnknownError extends ChatError {
  readonly code = "OUTCOME_UNKNOWN";

  constructor(topicName: string, groupId: string, cause: ChatError) {
    super(
      `The topic "${topicName}" in ${groupId} may or may not exist now: the answer to its import was lost, and with ` +
        "`serverAssignedId` the import is not repeated, since that could make a second topic. What to do: look for a " +
        `topic of this name in ${groupId} (console, or REST get_topic). If it is there, give its id as \`topicId\` in ` +
        `place of \`serverAssignedId\`, and run \`pulumi up\`; if not, just run \`pulumi up\`. The cause: ${cause.message}`,
    );
  }
}
