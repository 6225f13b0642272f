import { ChatError } from "../../chat/errors/index.js";

/** A community holds topics or members, and must not be destroyed with them. */
export class CommunityInUseError extends ChatError {
  readonly code = "COMMUNITY_IN_USE";

  /**
   * @param reason "it still has 3 topics"
   * @param remedy What to do, without a full stop.
   */
  constructor(groupId: string, reason: string, remedy: string) {
    super({
      subject: `Community ${groupId}`,
      problem: ` was not destroyed: ${reason}, and nothing could be brought back`,
      remedy: `${remedy}. To forget it at once and leave it in the app, use \`pulumi state delete\``,
    });
  }
}
