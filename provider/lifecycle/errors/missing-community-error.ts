import { ChatError } from "../../chat/errors/index.js";

/** A community that a program looks up, or whose id is said to be taken, is not there. */
export class MissingCommunityError extends ChatError {
  readonly code = "MISSING_COMMUNITY";

  constructor(groupId: string, sdkAppId: number, remedy: string) {
    super({ subject: `Community ${groupId}`, problem: ` does not exist in app ${sdkAppId}`, remedy });
  }
}
