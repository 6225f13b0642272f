/** Texts: whether an empty one clears, whether an empty one is shown, and in what they are measured. */
import { type Probe, rule, verdictOf } from "./probe.js";

export const emptyText: Probe = {
  question: "Does an empty text clear a field, of a topic and of a community?",
  how: 'an import with Introduction "text", a modification with "", a look',
  ask: async (app) => {
    const groupId = await app.makeCommunity("empty", { Introduction: "text" });
    const topicId = await app.makeTopic(groupId, "t", { Introduction: "text" });
    const ofTopic = await app.call("modify_topic", { GroupId: groupId, TopicId: topicId, Introduction: "" });
    const ofGroup = await app.call("modify_group_base_info", { GroupId: groupId, Introduction: "" });
    if (ofTopic.ErrorCode !== 0 || ofGroup.ErrorCode !== 0) {
      return { answer: `topic: ${verdictOf(ofTopic)}; community: ${verdictOf(ofGroup)}` };
    }
    const topicText = (await app.topicInfo(groupId, topicId)).Introduction;
    const groupText = (await app.groupItems([groupId]))[0]?.Introduction;
    const clears = [topicText, groupText].map((text) => text === undefined || text === "");
    const [topic, community] = clears.map((cleared) => (cleared ? "yes" : "no, it stays"));
    return {
      answer: topic === community ? String(topic) : `topic: ${topic}; community: ${community}`,
      ...rule("emptyStringClears", topic === community ? clears[0] : undefined),
    };
  },
};

export const emptyTextShown: Probe = {
  question: "Does get_topic show a text that is empty?",
  how: "get_topic of a topic that was imported without Introduction",
  ask: async (app) => {
    const groupId = await app.makeCommunity("shown");
    const info = await app.topicInfo(groupId, await app.makeTopic(groupId, "t"));
    const shown = "Introduction" in info;
    return {
      answer: shown ? `yes, as ${JSON.stringify(info.Introduction)}` : "no",
      ...rule("emptyTexts", shown ? "present" : "omitted"),
    };
  },
};

export const bytesOrCharacters: Probe = {
  question: "Is a text measured in bytes or in characters?",
  how: "import_topic with a name of 30 and of 33 bytes, 10 and 11 Chinese characters",
  ask: async (app) => {
    const groupId = await app.makeCommunity("bytes");
    const fits = await app.importTopic(groupId, "fits", { TopicName: "新".repeat(10) });
    const over = await app.importTopic(groupId, "over", { TopicName: "新".repeat(11) });
    if (fits.ErrorCode !== 0) return { answer: `30 bytes are ${verdictOf(fits)}` };
    return {
      answer: over.ErrorCode === 0 ? "not in 30 bytes: 33 are accepted" : `in bytes: 33 are ${verdictOf(over)}`,
    };
  },
};

export const missingName: Probe = {
  question: "Does import_topic need a TopicName?",
  how: "import_topic without one",
  ask: async (app) => {
    const groupId = await app.makeCommunity("unnamed");
    const answer = await app.importTopic(groupId, "t", { TopicName: undefined });
    return {
      answer: answer.ErrorCode === 0 ? "no" : `yes: ${verdictOf(answer)}`,
      ...rule("topicName", answer.ErrorCode === 0 ? "optional" : "required"),
    };
  },
};
