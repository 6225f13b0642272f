/** One resource a topic. The resource's name is the topic key. */
const { ChatTopic } = require("pulumi-tencent-chat");
const communities = require("./declared.json");

for (const { groupId, topics } of communities) {
  for (const [topicKey, topic] of Object.entries(topics)) new ChatTopic(topicKey, { groupId, ...topic });
}
