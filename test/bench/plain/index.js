/** One resource a topic, by the plain class provider. */
const communities = require("./declared.json");
const { PlainTopic } = require("./plain-topic.js");

for (const { groupId, topics } of communities) {
  for (const [topicKey, topic] of Object.entries(topics)) new PlainTopic(topicKey, { groupId, topicKey, ...topic });
}
