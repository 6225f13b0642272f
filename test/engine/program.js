/** The program of most engine tests: declares the topics that the file `topics.json` beside it lists. */
const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const { ChatTopic, CHAT_TOPIC_TYPE } = require("pulumi-tencent-chat");

const { topics } = JSON.parse(readFileSync("topics.json", "utf8"));
for (const { name, get, formerName, dependsOn, ...args } of topics) {
  const options = formerName ? { aliases: [{ name: formerName }] } : {};
  const topic = get ? ChatTopic.get(name, get) : new ChatTopic(name, args, options);
  exports[name] = { id: topic.topicId, topicName: topic.topicName };
}
exports.type = CHAT_TOPIC_TYPE;
exports.project = pulumi.getProject();
