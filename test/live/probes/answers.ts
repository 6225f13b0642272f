/** The form of answers. */
import { type Probe, rule, verdictOf } from "./probe.js";

export const muteFlag: Probe = {
  question: "Which field shows in get_topic that a topic is muted?",
  how: "modify_topic with MuteAllMember On, a look",
  ask: async (app) => {
    const groupId = await app.makeCommunity("mute");
    const topicId = await app.makeTopic(groupId, "t");
    const answer = await app.call("modify_topic", { GroupId: groupId, TopicId: topicId, MuteAllMember: "On" });
    if (answer.ErrorCode !== 0) return { answer: `muting is ${verdictOf(answer)}` };
    const info = await app.topicInfo(groupId, topicId);
    const names = (["MuteAllMember", "ShutUpAllFlag"] as const).filter((name) => name in info);
    return {
      answer: names.map((name) => `${name}: ${JSON.stringify(info[name])}`).join("; ") || "none",
      ...rule("muteField", names[0]),
    };
  },
};

export const unlistedField: Probe = {
  question: "What becomes of a field that the command's page does not list?",
  how: "import_topic with a field NoSuchField",
  ask: async (app) => {
    const groupId = await app.makeCommunity("field");
    const answer = await app.importTopic(groupId, "t", { NoSuchField: "x" });
    return {
      answer: answer.ErrorCode === 0 ? "ignored" : verdictOf(answer),
      ...rule("unknownFields", answer.ErrorCode === 0 ? "ignored" : answer.ErrorCode === 10004 ? "refused" : undefined),
    };
  },
};

export const order: Probe = {
  question: "In which order does get_topic list all topics?",
  how: "three imports one after the other, a look",
  ask: async (app) => {
    const groupId = await app.makeCommunity("order");
    const made: string[] = [];
    // Neither the order of the ids nor its reverse.
    for (const key of ["b", "c", "a"]) made.push(await app.makeTopic(groupId, key));
    const listed = (await app.topicItems(groupId)).map((item) => (item.TopicInfo as { TopicId?: string }).TopicId);
    const is = (ids: readonly string[]) => ids.join() === listed.join();
    if (is(made)) return { answer: "as they were made", ...rule("topicOrder", "created") };
    if (is(made.toReversed())) return { answer: "the newest first", ...rule("topicOrder", "reversed") };
    return { answer: is(made.toSorted()) ? "by id" : "another one" };
  },
};

export const memberLimit: Probe = {
  question: "How many members does a community take that was imported without MaxMemberCount?",
  how: "import_group without it, a look at MaxMemberNum",
  ask: async (app) => {
    const [item] = await app.groupItems([await app.makeCommunity("members")]);
    const limit = Number(item?.MaxMemberNum);
    if (!Number.isSafeInteger(limit) || limit < 1) return { answer: "it is not shown" };
    return { answer: `${limit}`, ...rule("defaultMaxMemberCount", limit) };
  },
};

/** Comes last: it looks at the answers that the others got. */
export const requestId: Probe = {
  question: "Do answers carry a RequestId?",
  how: "a look at all answers of this run",
  ask: async (app) => {
    const answers = app.exchanges.map(({ answer }) => answer);
    const carrying = answers.filter(({ RequestId }) => typeof RequestId === "string").length;
    const value = carrying === answers.length ? true : carrying === 0 ? false : undefined;
    return { answer: `${carrying} of ${answers.length} do`, ...rule("requestId", value) };
  },
};
