/** The topics of the community: the same in every environment. Edit them, and run `npm start` again. */
import type { ChatTopicSetTopic } from "pulumi-tencent-chat";

/** By topic key, the last part of a topic's id. */
export const topics: Record<string, ChatTopicSetTopic> = {
  announcements: {
    topicName: "Announcements",
    introduction: "News from the team. Only administrators write here.",
    muteAllMember: true,
  },
  rules: { topicName: "Rules", introduction: "Be kind, stay on topic, no spoilers.", muteAllMember: true },
  general: { topicName: "General", introduction: "Everything that fits nowhere else" },
  introductions: { topicName: "Introductions", notification: "Say hello: who are you, what do you play?" },
  // 10 characters, 30 bytes of UTF-8: exactly what a topic name may hold.
  beginners: { topicName: "新手入门与常见问题集", introduction: "新玩家的第一站:教程、攻略和常见问题。" },
  strategy: { topicName: "Strategy", customString: JSON.stringify({ category: "play" }) },
  "looking-for-group": { topicName: "Looking for group", customString: JSON.stringify({ category: "play" }) },
  tournaments: { topicName: "Tournaments", notification: "Sign-up closes every Friday at 18:00 UTC" },
  "bug-reports": { topicName: "Bug reports", introduction: "What happened, what did you expect, which version?" },
  ideas: { topicName: "Ideas", introduction: "What should the next season bring?" },
  "fan-art": { topicName: "Fan art 🎨", faceUrl: "https://example.com/topics/fan-art.png" },
  "off-topic": { topicName: "Off topic" },
};
