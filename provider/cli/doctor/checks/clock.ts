/** Do this machine and the service agree about the time? A signature holds the time at which it was made. */
import { isAbout } from "../../../chat/errors/index.js";
import { LIFETIME_SECONDS } from "../../../chat/user-sig.js";
import { CLOCK_TOLERANCE_SECONDS } from "../../../chat/verdicts.js";
import type { Exchange } from "../ask-app.js";
import type { Check } from "../check.js";
import { failed, notChecked, ok, warning } from "../check-result.js";

/** Clocks that differ by this much, in seconds, count as equal: an answer shows no smaller difference for certain. */
const PRECISION_SECONDS = 1;

const TOLERANCE =
  `A signature fails where this machine is ${LIFETIME_SECONDS / 3600} h behind, or too far ahead; how far is not ` +
  "documented.";
const REMEDY = "set this machine's clock right (NTP)";

export const clock: Check = {
  name: "clock",
  needs: ["host"],
  async run({ reply }) {
    const { error, exchange } = await reply();
    if (exchange === undefined) return notChecked("no answer came");
    const ahead = secondsAhead(exchange);
    if (ahead === undefined) return notChecked("the answer does not tell the time (no Date header)");
    const difference = Math.abs(ahead);
    if (difference <= PRECISION_SECONDS) return ok(`agrees with the service's. ${TOLERANCE}`);
    const text = `${difference} s ${ahead > 0 ? "ahead of" : "behind"} the service's. ${TOLERANCE}`;
    if (isAbout(error, "clock") || -ahead >= LIFETIME_SECONDS) return failed(text, REMEDY);
    return difference < CLOCK_TOLERANCE_SECONDS ? ok(text) : warning(text, REMEDY);
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
