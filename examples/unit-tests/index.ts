/** What is tested: topics for every language that the game speaks, and a playground that production does without. */
import * as pulumi from "@pulumi/pulumi";
import { ChatCommunity, ChatTopic, ChatTopicSet } from "pulumi-tencent-chat";

const LANGUAGES = { en: "English", de: "Deutsch", zh: "中文" };

const players = new ChatCommunity("players", { name: "Players" });

const topics = Object.fromEntries(
  Object.entries(LANGUAGES).map(([code, name]) => [`general-${code}`, { topicName: `General (${name})` }]),
);
const set = new ChatTopicSet("topics", { groupId: players.groupId, topics });

new ChatTopic("announcements", {
  groupId: players.groupId,
  topicName: "Announcements",
  muteAllMember: true,
  onRemove: "retain",
});

if (pulumi.getStack() !== "prod") {
  new ChatTopic("playground", { groupId: players.groupId, topicName: "Playground", onRemove: "destroy" });
}

export const topicIds = set.topicIds;
