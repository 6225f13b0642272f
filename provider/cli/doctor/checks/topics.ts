/** Are topics switched on, for the app and for the community? */
import { ChatError } from "../../../chat/errors/index.js";
import { openApp } from "../../../chat/open-app.js";
import type { Check } from "../check.js";
import { failedWith, notChecked, ok } from "../check-result.js";

export const topics: Check = {
  name: "topics",
  needs: ["community"],
  async run({ options, settings }) {
    const { groupId } = options;
    if (groupId === undefined) return notChecked("no community is named (--group-id)");
    const { communities, close } = openApp(await settings());
    try {
      return ok(`switched on, topics: ${await communities.countTopics(groupId)}`);
    } catch (error) {
      if (error instanceof ChatError) return failedWith(error, await settings());
      throw error;
    } finally {
      await close();
    }
  },
};
