/** The program of most engine tests: declares the resources that the file `declared.json` beside it lists. */
const { readFileSync } = require("node:fs");
const { ChatCommunity, ChatTopic, ChatTopicSet } = require("pulumi-tencent-chat");

const { communities = [], topics = [], sets = [] } = JSON.parse(readFileSync("declared.json", "utf8"));
const optionsOf = (formerName) => (formerName ? { aliases: [{ name: formerName }] } : {});
const made = {};

for (const { name, args } of communities) made[name] = new ChatCommunity(name, args);
for (const { name, get, formerName, ...args } of topics) {
  const topic = get ? ChatTopic.get(name, get) : new ChatTopic(name, args, optionsOf(formerName));
  exports[name] = { id: topic.topicId, topicName: topic.topicName };
}
// `of` and `deletedWith` name a community.
for (const { name, formerName, of, deletedWith, ...args } of sets) {
  const options = { ...optionsOf(formerName), ...(deletedWith && { deletedWith: made[deletedWith] }) };
  const set = new ChatTopicSet(name, { ...args, ...(of && { groupId: made[of].groupId }) }, options);
  exports[name] = { topicIds: set.topicIds, fingerprint: set.fingerprint };
}
