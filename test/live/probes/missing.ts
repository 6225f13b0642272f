/** What is not there: how the service shows it. */
import { topicIdOf } from "../../../provider/chat/topic-id.js";
import { oneOf, type Probe, rule, verdictOf } from "./probe.js";

export const missingTopic: Probe = {
  question: "How does get_topic show a topic that does not exist?",
  how: "get_topic of one that exists and one that does not",
  ask: async (app) => {
    const groupId = await app.makeCommunity("no-topic");
    const there = await app.makeTopic(groupId, "there");
    const answer = await app.call("get_topic", {
      GroupId: groupId,
      From_Account: app.settings.adminAccount,
      TopicIdList: [there, topicIdOf(groupId, "missing")],
    });
    if (!Array.isArray(answer.TopicAndSelfInfo)) return { answer: `the whole call is ${verdictOf(answer)}` };
    const failed = answer.TopicAndSelfInfo.find((item) => item.TopicInfo?.TopicId !== there);
    if (failed === undefined) return { answer: "it is left out", rules: { missingTopic: "omitted" } };
    const named = failed.TopicInfo?.TopicId !== undefined;
    const form = oneOf(["110003", "10010"] as const, String(failed.ErrorCode));
    return {
      answer: `its item has ${failed.ErrorCode}${named ? " and names it" : " and does not name it"}`,
      rules: { ...(form ? { missingTopic: form } : {}), failedItems: named ? "identified" : "bare" },
    };
  },
};

export const missingGroup: Probe = {
  question: "How does get_group_info show a community that does not exist?",
  how: "get_group_info of one that exists and one that does not",
  ask: async (app) => {
    const there = await app.makeCommunity("there");
    const items = await app.groupItems([there, app.reserve("missing")]);
    const failed = items.find((item) => item.GroupId !== there);
    if (failed === undefined) return { answer: "it is left out", rules: { missingGroup: "omitted" } };
    const named = failed.GroupId !== undefined && failed.GroupId !== "";
    const form = oneOf(["10010", "10015"] as const, String(failed.ErrorCode));
    return {
      answer: `its item has ${failed.ErrorCode}${named ? " and names it" : " and does not name it"}`,
      rules: { ...(form ? { missingGroup: form } : {}), failedItems: named ? "identified" : "bare" },
    };
  },
};

export const emptyIdList: Probe = {
  question: "What does an empty TopicIdList mean to get_topic?",
  how: "get_topic with one, in a community with one topic",
  ask: async (app) => {
    const groupId = await app.makeCommunity("no-ids");
    await app.makeTopic(groupId, "t");
    const { adminAccount } = app.settings;
    const answer = await app.call("get_topic", { GroupId: groupId, From_Account: adminAccount, TopicIdList: [] });
    const shown = Array.isArray(answer.TopicAndSelfInfo) ? answer.TopicAndSelfInfo.length : undefined;
    if (shown === undefined) return { answer: verdictOf(answer), ...rule("emptyTopicIdList", "refused") };
    if (shown === 0) return { answer: "no topic" };
    return { answer: "all topics", ...rule("emptyTopicIdList", "all") };
  },
};
