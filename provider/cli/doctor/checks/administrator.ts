/** May the account that signs call the REST API? */
import { isAboutAdministrator } from "../administrator-codes.js";
import type { Check } from "../check.js";
import { failedWith, notChecked, ok } from "../check-result.js";

export const administrator: Check = {
  name: "administrator",
  needs: ["host"],
  async run({ settings, reply }) {
    const { error } = await reply();
    if (isAboutAdministrator(error)) return failedWith(error as Error);
    if (error !== undefined) return notChecked("“app” failed");
    return ok(`“${(await settings()).adminAccount}” may call the REST API`);
  },
};
