/** Destroying: what goes along, how a failure shows, and how many go in one call. */
import { MAX_TOPIC_IDS_PER_CALL } from "../../../provider/chat/commands.js";
import { topicIdOf } from "../../../provider/chat/topic-id.js";
import { largest } from "./byte-limits.js";
import { type Probe, rule, verdictOf } from "./probe.js";

export const destroyedTopics: Probe = {
  question: "Does destroy_group take the topics along?",
  how: "destroy_group of a community with a topic, then the same community anew and a look at its topics",
  ask: async (app) => {
    const groupId = await app.makeCommunity("along");
    await app.makeTopic(groupId, "t");
    const answer = await app.call("destroy_group", { GroupId: groupId });
    if (answer.ErrorCode !== 0) {
      return {
        answer: `the community is kept: ${verdictOf(answer)}`,
        ...rule("destroyWithTopics", answer.ErrorCode === 10007 ? "refused" : undefined),
      };
    }
    const again = await app.importCommunity(groupId);
    if (again.ErrorCode !== 0) {
      return {
        answer: `it is destroyed; its id is ${verdictOf(again)}, so no look`,
        rules: { destroyWithTopics: "destroyed" },
      };
    }
    const left = (await app.topicItems(groupId)).length;
    if (left > 0) return { answer: `no: ${left} of 1 is there again` };
    return { answer: "yes", ...rule("destroyWithTopics", "destroyed") };
  },
};

export const destroyFailure: Probe = {
  question: "Where does destroy_topic report a topic that is gone already?",
  how: "destroy_topic of one that exists and one that does not",
  ask: async (app) => {
    const groupId = await app.makeCommunity("gone");
    const there = await app.makeTopic(groupId, "there");
    const missing = topicIdOf(groupId, "missing");
    const answer = await app.call("destroy_topic", { GroupId: groupId, TopicIdList: [there, missing] });
    const items = answer.DestroyResultItem;
    if (!Array.isArray(items)) {
      return {
        answer: `at the top: ${verdictOf(answer)}`,
        ...rule("destroyFailures", answer.ErrorCode === 110003 ? "top" : undefined),
      };
    }
    const code = items.find(({ TopicId }) => TopicId === missing)?.ErrorCode;
    return {
      answer: `in its item: ${code}`,
      ...rule("destroyFailures", code === 110003 ? "item" : undefined),
    };
  },
};

/** More are not tried. */
const MOST_IDS = 500;

export const idsPerCall: Probe = {
  question: "How many ids does one destroy_topic take?",
  how: `destroy_topic of up to ${MOST_IDS} topics that do not exist`,
  ask: async (app) => {
    const groupId = await app.makeCommunity("ids");
    const accepts = async (count: number) => {
      const TopicIdList = Array.from({ length: count }, (_, index) => topicIdOf(groupId, `t${index}`));
      const answer = await app.call("destroy_topic", { GroupId: groupId, TopicIdList });
      return answer.ErrorCode !== 10004;
    };
    if (!(await accepts(MAX_TOPIC_IDS_PER_CALL))) return { answer: `fewer than ${MAX_TOPIC_IDS_PER_CALL}` };
    const most = await largest(MAX_TOPIC_IDS_PER_CALL, MOST_IDS, accepts);
    return {
      answer: most === MOST_IDS ? `at least ${MOST_IDS}` : `${most}`,
      ...rule("maxTopicIdsPerCall", most),
    };
  },
};
