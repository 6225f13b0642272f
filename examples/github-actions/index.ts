/** A community and its topics, the same in every environment. A pull request that edits this file shows what it changes. */
import { ChatCommunity, ChatTopicSet } from "pulumi-tencent-chat";

const players = new ChatCommunity("players", { name: "Players", introduction: "Everybody who plays" });

const set = new ChatTopicSet("topics", {
  groupId: players.groupId,
  topics: {
    announcements: { topicName: "Announcements", introduction: "News from the team", muteAllMember: true },
    general: { topicName: "General", introduction: "Everything that fits nowhere else" },
    rules: { topicName: "Rules", introduction: "Be kind, stay on topic, no spoilers.", muteAllMember: true },
  },
});

export const { topicIds, fingerprint } = set;
