/** The program of most engine tests: declares the resources that the file `declared.json` beside it lists. */
const { readFileSync } = require("node:fs");
const { ComponentResource } = require("@pulumi/pulumi");
const { ChatApp, ChatCommunity, ChatTopic, ChatTopicSet } = require("pulumi-tencent-chat");

const { apps = [], communities = [], topics = [], sets = [] } = JSON.parse(readFileSync("declared.json", "utf8"));
const made = {};
const optionsOf = ({ formerName, app, deletedWith, component }) => ({
  ...(formerName && { aliases: [{ name: formerName }] }),
  ...(app && { provider: made[app] }),
  ...(deletedWith && { deletedWith: made[deletedWith] }),
  ...(component && { parent: new ComponentResource(component, "component") }),
});

for (const { name, keyVariable, args, ...options } of apps) {
  made[name] = new ChatApp(name, { secretKey: process.env[keyVariable], ...args }, optionsOf(options));
}
for (const { name, args, ...options } of communities) made[name] = new ChatCommunity(name, args, optionsOf(options));
for (const { name, get, formerName, app, deletedWith, ...args } of topics) {
  const options = optionsOf({ formerName, app, deletedWith });
  const topic = get ? ChatTopic.get(name, get, options) : new ChatTopic(name, args, options);
  exports[name] = { id: topic.topicId, topicName: topic.topicName };
}
// `of` and `deletedWith` name a community; `component` is the type of the component that the set is in.
for (const { name, formerName, app, of, deletedWith, component, ...given } of sets) {
  const args = { ...given, ...(of && { groupId: made[of].groupId }) };
  const { topicIds, fingerprint } = new ChatTopicSet(
    name,
    args,
    optionsOf({ formerName, app, deletedWith, component }),
  );
  exports[name] = { topicIds, fingerprint };
}
