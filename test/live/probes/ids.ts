/** Ids: used again, too long, of a wrong form. */
import { ID_RULES } from "../../../provider/chat/limits.js";
import { groupIdOf } from "../names.js";
import { oneOf, type Probe, rule, verdictOf } from "./probe.js";

const TAKEN = [10021, 10025];

export const reusedIds: Probe = {
  question: "Can the id of a destroyed topic, and of a destroyed community, be used again?",
  how: "an import, a destruction, the same import",
  ask: async (app) => {
    const groupId = await app.makeCommunity("reuse");
    const topicId = await app.makeTopic(groupId, "t");
    await app.call("destroy_topic", { GroupId: groupId, TopicIdList: [topicId] });
    const topic = await app.importTopic(groupId, "t");
    const other = await app.makeCommunity("reuse-group");
    await app.call("destroy_group", { GroupId: other });
    const community = await app.importCommunity(other);
    const reused = [topic, community].map(({ ErrorCode }) =>
      ErrorCode === 0 ? true : TAKEN.includes(ErrorCode) ? false : undefined,
    );
    return {
      answer: `topic: ${verdictOf(topic)}; community: ${verdictOf(community)}`,
      ...rule("reuseDestroyedIds", reused[0] === reused[1] ? reused[0] : undefined),
    };
  },
};

export const invalidTopicId: Probe = {
  question: "Which code has a topic id that breaks the id rules?",
  how: `import_topic with ${ID_RULES.communityPrefix} in the custom part of the id`,
  ask: async (app) => {
    const groupId = await app.makeCommunity("invalid");
    const answer = await app.importTopic(groupId, `t${ID_RULES.communityPrefix}t`);
    return { answer: verdictOf(answer), ...rule("invalidTopicIdCode", oneOf([10004, 110013], answer.ErrorCode)) };
  },
};

export const longestGroupId: Probe = {
  question: "How long may a community's id be?",
  how: `import_group with an id of ${ID_RULES.maxGroupIdBytes} and of ${ID_RULES.maxGroupIdBytes - 1} bytes`,
  ask: async (app) => {
    const most = ID_RULES.maxGroupIdBytes;
    const room = most - groupIdOf(app.run, "l").length;
    const answer = await app.importCommunity(app.reserve("l".repeat(room + 1)));
    if (answer.ErrorCode === 0) return { answer: `${most} bytes`, ...rule("maxGroupIdBytes", most) };
    const second = await app.importCommunity(app.reserve("l".repeat(room)));
    const limit = second.ErrorCode === 0 ? most - 1 : undefined;
    return {
      answer: `${most} bytes are ${verdictOf(answer)}, ${most - 1} ${verdictOf(second)}`,
      ...rule("maxGroupIdBytes", limit),
    };
  },
};
