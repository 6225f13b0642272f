/** A community and its topics: one declaration for every environment (stack), each of which is an app of its own. */
import { ChatCommunity, ChatTopicSet } from "pulumi-tencent-chat";
import { topics } from "./topics";

const players = new ChatCommunity("players", {
  name: "Players",
  introduction: "Everybody who plays",
});

const set = new ChatTopicSet("topics", { groupId: players.groupId, topics });

export const groupId = players.groupId;
export const topicIds = set.topicIds;
export const fingerprint = set.fingerprint;
