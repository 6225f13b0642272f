import { errorCodeFacts } from "../../../provider/chat/error-codes.js";
import { type Probe, rule, verdictOf } from "./probe.js";

/** The rarest command of all: the limit is met without a burst that other users of the app would feel. */
const CALLS = 4;

export const throttleCode: Probe = {
  question: "Which code has a call over the call frequency?",
  how: `${CALLS} get_appid_group_list at once, of which the API allows 1 a second (other commands may have another code)`,
  ask: async (app) => {
    const body = { GroupType: "Community", Limit: 1, Next: 0 };
    const call = () => app.call("get_appid_group_list", body, { takeAccidents: true });
    const answers = await Promise.all(Array.from({ length: CALLS }, call));
    const refused = answers.find(({ ErrorCode }) => ErrorCode !== 0);
    if (refused === undefined) return { answer: `none: ${CALLS} at once are answered` };
    const isThrottling = errorCodeFacts(refused.ErrorCode).class === "throttled";
    return { answer: verdictOf(refused), ...rule("throttleCode", isThrottling ? refused.ErrorCode : undefined) };
  },
};
