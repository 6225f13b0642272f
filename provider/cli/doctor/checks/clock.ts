/** Do this machine and the service agree about the time? A signature holds the time at which it was made. */
import { ServiceError } from "../../../chat/errors/index.js";
import { LIFETIME_SECONDS } from "../../../chat/user-sig.js";
import { CLOCK_TOLERANCE_SECONDS } from "../../../chat/verdicts.js";
import type { Exchange } from "../ask-app.js";
import type { Check } from "../check.js";
import { failed, notChecked, ok, warning } from "../outcome.js";

/** The verdicts on a signature that a wrong clock explains: expired, and not valid. */
const CLOCK_VERDICTS: readonly number[] = [70001, 70003];
/** Within this, clocks are as equal as an answer can show, in seconds. */
const UNSEEN_SECONDS = 1;

const LIMITS =
  `A signature fails where this machine is ${LIFETIME_SECONDS / 3600} h behind, or too far ahead; how far is not ` +
  "documented.";
const SET_RIGHT = "set this machine's clock right (NTP)";

export const clock: Check = {
  name: "clock",
  needs: ["host"],
  async run({ reply }) {
    const { error, exchange } = await reply();
    if (exchange === undefined) return notChecked("no answer came");
    const ahead = secondsAhead(exchange);
    if (ahead === undefined) return notChecked("the answer does not tell the time (no Date header)");
    const difference = Math.abs(ahead);
    if (difference <= UNSEEN_SECONDS) return ok(`agrees with the service's. ${LIMITS}`);
    const text = `${difference} s ${ahead > 0 ? "ahead of" : "behind"} the service's. ${LIMITS}`;
    const refused = error instanceof ServiceError && CLOCK_VERDICTS.includes(error.serviceCode);
    if (refused || -ahead >= LIFETIME_SECONDS) return failed(text, SET_RIGHT);
    return difference < CLOCK_TOLERANCE_SECONDS ? ok(text) : warning(text, SET_RIGHT);
  },
};

/** How far this machine is at least ahead of the server, in seconds; negative where it is behind. */
function secondsAhead({ sentAt, answeredAt, serverTime }: Exchange): number | undefined {
  if (serverTime === undefined) return undefined;
  // The server's clock was read between the two moments of ours, and tells whole seconds only.
  const latest = serverTime + 999;
  if (sentAt > latest) return Math.round((sentAt - latest) / 1000);
  return serverTime > answeredAt ? -Math.round((serverTime - answeredAt) / 1000) : 0;
}
