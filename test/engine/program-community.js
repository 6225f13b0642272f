/** The program of the engine tests of communities: declares those of `declared.json` beside it, and topics in them. */
const { readFileSync } = require("node:fs");
const { ChatCommunity, ChatTopic } = require("pulumi-tencent-chat");

const { communities = [], topics = [] } = JSON.parse(readFileSync("declared.json", "utf8"));
const made = {};

/** `of` and `deletedWith` name a community. */
function declareTopic({ resource, of, deletedWith, ...args }) {
  const options = deletedWith ? { deletedWith: made[deletedWith] } : {};
  made[resource] = new ChatTopic(resource, { ...(of && { groupId: made[of].groupId }), ...args }, options);
  exports[resource] = { topicId: made[resource].topicId };
}

for (const topic of topics) if (!topic.of) declareTopic(topic);
// `resource` and not `name`, which is an argument of a community.
for (const { resource, get, formerName, introductionOf, ...args } of communities) {
  const options = formerName ? { aliases: [{ name: formerName }] } : {};
  // A value that is not known before that topic exists.
  if (introductionOf) args.introduction = made[introductionOf].topicId;
  made[resource] = get ? ChatCommunity.get(resource, get) : new ChatCommunity(resource, args, options);
  exports[resource] = {
    groupId: made[resource].groupId,
    name: made[resource].name,
    owner: made[resource].ownerAccount,
  };
}
for (const topic of topics) if (topic.of) declareTopic(topic);
