/** May the account that signs call the REST API? */
import { isAbout } from "../../../chat/errors/index.js";
import type { Check } from "../check.js";
import { failedWith, notChecked, ok } from "../check-result.js";

export const administrator: Check = {
  name: "administrator",
  needs: ["host"],
  async run({ settings, reply }) {
    const { error } = await reply();
    if (isAbout(error, "administrator")) return failedWith(error, await settings());
    if (error !== undefined) return notChecked("“app” failed");
    return ok(`“${(await settings()).adminAccount}” may call the REST API`);
  },
};
