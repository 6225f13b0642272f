/** The program of most engine tests: declares the resources that the file `declared.json` beside it lists. */
const { readFileSync } = require("node:fs");
const { ChatCommunity, ChatTopic, ChatTopicSet } = require("pulumi-tencent-chat");

const { communities = [], topics = [], sets = [] } = JSON.parse(readFileSync("declared.json", "utf8"));
const optionsOf = (formerName) => (formerName ? { aliases: [{ name: formerName }] } : {});

for (const { name, args } of communities) new ChatCommunity(name, args);
for (const { name, get, formerName, ...args } of topics) {
  const topic = get ? ChatTopic.get(name, get) : new ChatTopic(name, args, optionsOf(formerName));
  exports[name] = { id: topic.topicId, topicName: topic.topicName };
}
for (const { name, formerName, ...args } of sets) {
  const { topicIds, fingerprint } = new ChatTopicSet(name, args, optionsOf(formerName));
  exports[name] = { topicIds, fingerprint };
}
