/** Does the group of --group-id exist, and is it a community? */
import type { Check } from "../check.js";
import { failed, notChecked, ok } from "../check-result.js";

export const community: Check = {
  name: "community",
  needs: ["administrator"],
  async run({ options, settings, reply }) {
    const { groupId } = options;
    if (groupId === undefined) return notChecked("no community is named (--group-id)");
    const { group } = await reply();
    if (group === undefined) {
      return failed(
        `${groupId} does not exist in app ${(await settings()).sdkAppId}`,
        "check the id (it starts with @TGS#_) and the app; or create it, as a `ChatCommunity` or in the console",
      );
    }
    if (group.Type !== "Community") {
      return failed(
        `${groupId} is a group of type ${group.Type}`,
        "use a group of type Community: only these have topics",
      );
    }
    return ok(`${groupId} “${group.Name}”, members: ${group.MemberNum}`);
  },
};
