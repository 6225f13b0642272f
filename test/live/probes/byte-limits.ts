import type { Command } from "../../../provider/chat/commands.js";
import { BYTE_LIMITS, type LimitedText } from "../../../provider/chat/limits.js";
import type { LiveApp } from "../live-app.js";
import type { Probe } from "./probe.js";

/** The field of each text; `community…` ones are of the community itself. */
const FIELDS: Readonly<Record<LimitedText, string>> = {
  topicName: "TopicName",
  introduction: "Introduction",
  notification: "Notification",
  faceUrl: "FaceUrl",
  customString: "CustomString",
  communityName: "Name",
  communityIntroduction: "Introduction",
  communityNotification: "Notification",
  communityFaceUrl: "FaceUrl",
};
/** Longer texts are not tried. */
const LONGEST = 12_000;

/** Of each text: the documented limit and one byte more; where that is accepted, the real limit is looked for. */
export const byteLimits: readonly Probe[] = (Object.keys(FIELDS) as LimitedText[]).map((name) => ({
  question: `What is the byte limit of ${name}?`,
  how: `${commandFor(name)} with ${BYTE_LIMITS[name]} and ${BYTE_LIMITS[name] + 1} bytes, and more where that is accepted`,
  ask: async (app) => {
    const attempt = await attemptsOf(app, name);
    const documented = BYTE_LIMITS[name];
    const atLimit = await attempt(documented);
    if (atLimit !== 0) return { answer: `${documented} bytes, as documented, are refused with ${atLimit}` };
    const above = await attempt(documented + 1);
    if (above !== 0) {
      return { answer: `${documented}, as documented; ${documented + 1} are refused with ${above}`, rules: {} };
    }
    const limit = await largest(documented + 1, LONGEST, async (bytes) => (await attempt(bytes)) === 0);
    return {
      answer: limit === LONGEST ? `at least ${LONGEST}` : `${limit}, where the pages say ${documented}`,
      rules: { byteLimits: { [name]: limit } },
    };
  },
}));

function commandFor(name: LimitedText): Command {
  return name.startsWith("community") ? "modify_group_base_info" : "modify_topic";
}

/** Gives the code of an attempt to set a text of so many bytes. */
async function attemptsOf(app: LiveApp, name: LimitedText): Promise<(bytes: number) => Promise<number>> {
  const groupId = await app.makeCommunity(`b-${Object.keys(FIELDS).indexOf(name)}`);
  const topicId = commandFor(name) === "modify_topic" ? await app.makeTopic(groupId, "t") : undefined;
  const start = FIELDS[name] === "FaceUrl" ? "https://example.com/" : "";
  return async (bytes) => {
    const text = start + "x".repeat(bytes - start.length);
    const answer = await app.call(commandFor(name), { GroupId: groupId, TopicId: topicId, [FIELDS[name]]: text });
    return answer.ErrorCode;
  };
}

/** The largest number that is accepted, where `accepted` is and all numbers up to some point are. */
export async function largest(
  accepted: number,
  most: number,
  accepts: (value: number) => Promise<boolean>,
): Promise<number> {
  if (await accepts(most)) return most;
  let low = accepted;
  let high = most;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await accepts(middle)) low = middle;
    else high = middle;
  }
  return low;
}
