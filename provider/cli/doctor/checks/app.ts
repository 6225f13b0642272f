/** Does the app take the signature, and how long does that last? */

import { isAbout } from "../../../chat/errors/index.js";
import { LIFETIME_SECONDS } from "../../../chat/user-sig.js";
import { describeOrigin } from "../../../settings/setting-origin.js";
import type { Check } from "../check.js";
import { failedWith, notChecked, ok, warning } from "../check-result.js";

/** A run may take this long, in seconds: a signature that ends before is a warning. */
const SHORT_SECONDS = 15 * 60;

export const app: Check = {
  name: "app",
  needs: ["host"],
  async run({ settings, reply }) {
    const { error } = await reply();
    if (isAbout(error, "administrator")) return notChecked("the service refused the account, and says no more");
    if (error !== undefined) return failedWith(error, await settings());
    const { sdkAppId, credentials, credentialsOrigin } = await settings();
    const origin = describeOrigin(credentialsOrigin);
    const accepted = `${sdkAppId} takes the signature`;
    if (credentials.kind === "secretKey") {
      return ok(`${accepted} made with the key from ${origin}; each run makes one, for ${LIFETIME_SECONDS / 3600} h`);
    }
    const text = `${accepted} from ${origin}, which ends at ${new Date(credentials.endsAt * 1000).toISOString()}`;
    const left = credentials.endsAt - Date.now() / 1000;
    return left < SHORT_SECONDS ? warning(text, "make a new `userSig` before a run that may outlast it") : ok(text);
  },
};
