/** One resource a community. */
const { ChatTopicSet } = require("pulumi-tencent-chat");
const communities = require("./declared.json");

for (const { groupId, topics } of communities) new ChatTopicSet(groupId, { groupId, topics });
